import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { coreSentences } from '../../scripts/said.ts';
import { sourceFiles } from '../support/source-imports.ts';

/** What is made plain without being put into a sentence: codes and words of a service, ids, log lines, papers for others. */
const byHand = [
  'src/core/words/service-failure.ts',
  'src/core/cloud/log-policy.ts',
  'src/core/cloud/headers.ts',
  'src/core/escrow/failures.ts',
  'src/core/hand-over/pack-files.ts',
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

test('HTML and XML are made by the tag that escapes, in core and in both faces', () => {
  const files = ['src/core', 'src/extension', 'src/cli'].flatMap((folder) => sourceFiles(folder));
  const byHand = files.filter(({ text }) => /(?<!markup)`\s*<[a-z!?/]/.test(text));
  expect(byHand.map(({ path }) => path)).toEqual([]);
});

/** A message fades, and what it says with it: it may mirror what a page, the status bar or the list keeps, or close an act that needs nothing more. */
const messages: Readonly<Record<string, string>> = {
  'src/extension/ask/ask-pick.ts': 'dialogs, which stay until they are answered',
  'src/extension/commands/copy-support-info.ts': 'it is in the clipboard',
  'src/extension/commands/practice.ts':
    'what PRACTICE in the status bar and on a page in sight shows, with its menu',
  'src/extension/commands/remove-all-data.ts': 'nothing is left that could tell it',
  'src/extension/commands/sign-in.ts': 'no one is signed in, as the list says',
  'src/extension/fleet/daily-check.ts': 'leads to the page of all customers',
  'src/extension/set-up/mirror.ts': "what the customer's page shows, and leads to it",
  'src/extension/set-up/resume-waits.ts': "what the customer's page shows, and leads to it",
  'src/extension/shell/show-error.ts': 'failures of no page, which do not fade',
  'src/extension/shell/unused-settings.ts': 'what the page of settings shows, and leads to it',
};

test('nothing is said by a message alone', () => {
  const told = sourceFiles('src/extension').filter(({ text }) =>
    /show(?:Information|Warning|Error)Message\(|tellUnlessSeen\(/.test(text),
  );
  expect(told.map(({ path }) => path).sort()).toEqual(Object.keys(messages));
});

/** A modal covers the page that tells what it is about, so it is for what cannot be undone. */
const modals: Readonly<Record<string, string>> = {
  'src/extension/commands/check-every-night.ts': 'what a person has changed in the files is lost',
  'src/extension/commands/forget-customer.ts':
    'the copy of a client secret that Microsoft shows once is lost',
  'src/extension/commands/practice.ts': 'all that is in the practice tenant is deleted',
  'src/extension/commands/remove-all-data.ts': 'the copies of client secrets and the age key are lost',
  'src/extension/set-up/job.ts': 'nothing brings back an application that is deleted permanently',
};

test('a modal asks about what cannot be undone, and about nothing else', () => {
  const files = sourceFiles('src/extension');
  const asking = files.flatMap(({ path, text }) =>
    (text.match(/(?<!function )askToAgree\(/g) ?? []).map(() => path),
  );
  expect(asking.sort()).toEqual(Object.keys(modals));
  const others = files.filter(({ text }) => /modal: true/.test(text));
  expect(others.map(({ path }) => path)).toEqual(['src/extension/ask/ask-pick.ts']);
});

/** `E-Mail-Komponente` is a label of T&A's screen in German. */
const foreign =
  /\b(shall|nobody|somebody|anybody|whoever|e-mails?(?!-)|test mails?|rotat\w+|there is now|goes on|any more|any longer|anew|this program)\b|(?:^|\. )Else\b/i;
/** Short for an administrator in titles only; elsewhere as Microsoft's own pages are called. */
const shortened = /(?<![./-])\badmins?\b(?!\.| (center|consent|role))/;
/** What VS Code calls *test email*, and an id that stands alone as a label: the portal and our papers have a Message ID. */
const otherwiseNamed = /\b[Vv]erifications?\b|^[A-Z]\w+ id( \{\d\})?$/;
const sounding = (sentences: readonly string[]): string[] => sentences.filter((one) => foreign.test(one));

test('no sentence of core sounds translated', async () => {
  const sentences = await coreSentences();
  expect(sounding(sentences)).toEqual([]);
  expect(sentences.filter((one) => shortened.test(one))).toEqual([]);
});

test('no sentence of VS Code sounds translated, nor one of its page and its manifest', async () => {
  const [bundle, manifest] = await Promise.all(
    ['l10n/bundle.l10n.json', 'package.nls.json'].map(
      async (path): Promise<Record<string, unknown>> => JSON.parse(await readFile(path, 'utf8')),
    ),
  );
  const sentences = [...Object.keys(bundle ?? {}), ...Object.values(manifest ?? {}).map(String)];
  expect(sounding(sentences)).toEqual([]);
  expect(sentences.filter((one) => shortened.test(one))).toEqual([]);
  expect(sentences.filter((one) => otherwiseNamed.test(one))).toEqual([]);
});

test('no sentence of the terminal, of a paper or of a script for an administrator sounds translated', () => {
  const literals = ['src/cli', 'src/core/hand-over', 'src/core/mailbox-scope', 'src/core/preferences']
    .flatMap((folder) => sourceFiles(folder))
    .flatMap(
      ({ text }) =>
        withoutComments(text).match(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g) ?? [],
    );
  expect(literals.length).toBeGreaterThan(800);
  expect(sounding(literals)).toEqual([]);
});

test('no document sounds translated', async () => {
  const paths = (await readdir('.')).concat((await readdir('docs')).map((name) => `docs/${name}`));
  const lines = paths
    .filter((path) => path.endsWith('.md') && path !== 'CHANGELOG.md')
    .map(async (path) => (await readFile(path, 'utf8')).split('\n').map((line) => `${path}: ${line}`));
  expect(sounding((await Promise.all(lines)).flat())).toEqual([]);
});

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
