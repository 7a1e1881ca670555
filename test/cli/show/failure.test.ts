import pc from 'picocolors';
import { expect, onTestFinished, test, vi } from 'vitest';
import { docsOf } from '../../../scripts/bundles.ts';
import { asFailure, failureDocument, failureText, placesOf } from '../../../src/cli/show/failure.ts';
import { usageFault } from '../../../src/cli/usage.ts';
import { checkRecipient } from '../../../src/core/preferences/age.ts';
import { errors } from '../../../src/core/words/errors.ts';
import { Failure, helpOn, row } from '../../../src/core/words/failure.ts';
import { say } from '../../../src/core/words/say.ts';
import { documentNamed } from '../../support/documents.ts';
import { errorFrom } from '../../support/error-from.ts';

const noAnswer = new Failure({
  code: 'TA-NO-ANSWER',
  message: say`No answer from ${'graph.microsoft.com'} after ${3} tries.`,
  doing: say`read the tenant`,
  advice: row(say`The connection broke.`, 'the network team', say`Run the same command again.`),
});

test('a failure is told in the frame: the sentence, its cause, who can act, what to do', () => {
  expect(failureText(noAnswer, { paint: pc.createColors(false) })).toBe(
    `
No answer from graph.microsoft.com after 3 tries.
  Cause       The connection broke.
  Action for  the network team
  What to do  Run the same command again.
  Code        TA-NO-ANSWER
  More in     ${helpOn('TA-NO-ANSWER')}`,
  );
});

test('a command of this program is printed as it was called, so that it runs as printed', async () => {
  vi.stubEnv('npm_lifecycle_event', 'cli');
  onTestFinished(() => void vi.unstubAllEnvs());
  const wrong = await errorFrom(checkRecipient('age1x'));
  if (!(wrong instanceof Failure)) throw wrong;
  const text = failureText(wrong, { paint: pc.createColors(false) });
  expect(text).toContain('run npm run cli -- key --out FILE.');
  expect(usageFault(['adopt', `AGE-SECRET-KEY-1${'Q'.repeat(58)}`])).toContain(
    '(npm run cli -- key --out FILE)',
  );
});

test('programs get the code, the pattern, the values and the page that explains it beside the text', () => {
  expect(JSON.parse(JSON.stringify(failureDocument(noAnswer)))).toEqual({
    error: {
      code: 'TA-NO-ANSWER',
      message: 'No answer from graph.microsoft.com after 3 tries.',
      pattern: 'No answer from {0} after {1} tries.',
      values: ['graph.microsoft.com', 3],
      doing: 'read the tenant',
      cause: 'The connection broke.',
      who: 'the network team',
      next: 'Run the same command again.',
      retry: 'no',
      help: expect.stringMatching(/docs\/errors\.md#ta-no-answer$/),
    },
  });
  expect(documentNamed('docs/errors.md')).toContain(
    '<a id="ta-no-answer"></a>[`TA-NO-ANSWER`](errors/ta-no-answer.md)',
  );
});

test.each([
  ['ta-exchange', 'docs'],
  ['contoso', 'https://github.com/contoso/setup/blob/main/docs'],
])('the pages of the repository of %s are linked as %s: a placeholder has none', (publisher, docs) => {
  expect(docsOf({ publisher, repository: { url: 'https://github.com/contoso/setup.git' } })).toBe(docs);
});

test('a failure made on purpose stays as it is', () => {
  const failure = errors.cancelled('');
  expect(asFailure(failure)).toBe(failure);
  expect(placesOf(failure)).toBe('');
});

test('an error that was not foreseen gets advice, and its words are not shown', () => {
  const error = new TypeError('secret abc8Q~x\n    is not iterable');
  const failure = asFailure(error);
  expect(failure).toMatchObject({ code: 'TA-UNEXPECTED', exitCode: 1 });
  expect(failure.message).toBe('Unexpected error (TypeError). This is a bug; please report it.');
  expect(placesOf(error)).toMatch(/^\s+at .*failure\.test\.ts/);
  expect(failure.message + JSON.stringify(failure.advice) + placesOf(error)).not.toContain('abc8Q~x');
});

test.each([['text'], [undefined], [7]])('even where %j was thrown', (thrown) => {
  expect(asFailure(thrown).code).toBe('TA-UNEXPECTED');
  expect(placesOf(thrown)).toBe('');
});
