import pc from 'picocolors';
import { expect, test } from 'vitest';
import { failureDocument, failureText } from '../../src/cli/failure-text.ts';
import { Failure } from '../../src/core/advice/failure.ts';
import { row } from '../../src/core/advice/row.ts';
import { say } from '../../src/core/words/say.ts';

const failure = new Failure({
  code: 'TA-NO-ANSWER',
  message: say`No answer from ${'graph.microsoft.com'} after ${3} tries.`,
  doing: say`read the tenant`,
  advice: row(say`The connection broke.`, 'the network team', say`Run the same command again.`),
});

test('a failure is told in the frame: the sentence, its cause, who can act, what to do', () => {
  expect(failureText(failure, { paint: pc.createColors(false) })).toBe(
    `
No answer from graph.microsoft.com after 3 tries.
  Cause       The connection broke.
  Action for  the network team
  What to do  Run the same command again.
  Code        TA-NO-ANSWER`,
  );
});

test('programs get the code, the pattern and the values beside the text', () => {
  expect(JSON.parse(JSON.stringify(failureDocument(failure)))).toEqual({
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
    },
  });
});
