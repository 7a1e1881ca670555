import { expect, test } from 'vitest';
import { coreSentences } from '../../scripts/said.ts';
import { sourceFiles } from '../support/source-imports.ts';

/** What is made plain without being put into a sentence: codes and words of a service, ids, log lines, papers for others. */
const byHand = [
  'src/core/advice/service-failure.ts',
  'src/core/cloud/log-policy.ts',
  'src/core/cloud/request-id.ts',
  'src/core/escrow/failures.ts',
  'src/core/hand-over/entry-sheet.ts',
  'src/core/hand-over/reminders.ts',
  'src/core/setup/consent-request.ts',
  'src/core/words/say.ts',
];

/** A pattern of its own making has no place among the strings for translators; these make one of what a tag said elsewhere. */
const ownPatterns = ['src/core/files/read-json.ts', 'src/core/hand-over/', 'src/core/words/say.ts'];

const core = sourceFiles('src/core');
const pathsWith = (text: RegExp): string[] =>
  core.filter((file) => text.test(file.text)).map(({ path }) => path);

test('values are cleaned by the tag, and nowhere else by hand', () => {
  expect(pathsWith(/\bplain\(/).filter((path) => !byHand.includes(path))).toEqual([]);
});

test('every sentence of core is made by the tag', () => {
  const made = pathsWith(/new Words\(/);
  expect(made.filter((path) => !ownPatterns.some((known) => path.startsWith(known)))).toEqual([]);
});

test('no sentence of core sounds translated', async () => {
  const foreign =
    /\b(shall|nobody|somebody|whoever|e-mail|rotat\w+|there is now|goes on|any more|any longer|anew)\b|(?:^|\. )Else\b/i;
  expect((await coreSentences()).filter((pattern) => foreign.test(pattern))).toEqual([]);
});
