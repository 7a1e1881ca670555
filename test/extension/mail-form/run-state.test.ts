import { expect, test } from 'vitest';
import type { RunView } from '../../../src/contract/run-view.ts';
import { mailFailures } from '../../../src/core/mail/mail-failures.ts';
import { errors } from '../../../src/core/words/errors.ts';
import { say } from '../../../src/core/words/say.ts';
import { verdictOf, withFailure, withStep } from '../../../src/extension/mail-form/run-state.ts';
import { blankRun } from '../../support/blank-run.ts';

const at = 1000;

function afterMail(...progress: Parameters<typeof mail>[0][]): RunView {
  return progress.reduce((run, each) => withStep(run, mail(each), at), blankRun());
}
function mail(progress: Extract<Parameters<typeof withStep>[1], { kind: 'mail' }>['progress']) {
  return { kind: 'mail' as const, progress };
}

test('each step gets a line, and the answer that ended it', () => {
  const run = afterMail(
    { step: 'token', state: 'started' },
    { step: 'token', state: 'done', status: 200, requestId: 'r1', ms: 40 },
    { step: 'draft', state: 'started' },
  );
  expect(run.steps).toMatchObject([
    { step: 'token', state: 'done', status: 200, requestId: 'r1', ms: 40 },
    { step: 'draft', state: 'running', startedAt: at },
  ]);
});

test('an attachment shows how many of its bytes are there, and at its end all', () => {
  const parts = [
    { step: 'attachment', state: 'started', name: 'a.bin', total: 10 },
    { step: 'attachment', state: 'progress', name: 'a.bin', sent: 4, total: 10 },
  ] as const;
  expect(afterMail(...parts).steps).toMatchObject([{ name: 'a.bin', sent: 4, total: 10, state: 'running' }]);
  const ended = { step: 'attachment', state: 'done', name: 'a.bin', total: 10, status: 201, ms: 5 } as const;
  expect(afterMail(...parts, ended).steps).toMatchObject([{ sent: 10, total: 10, state: 'done' }]);
});

test('a wait for the consent is shown and forgotten afterwards', () => {
  const parts = [
    { step: 'draft', state: 'started' },
    { step: 'draft', state: 'waiting', status: 403, ms: 4000 },
  ] as const;
  expect(afterMail(...parts).steps).toMatchObject([{ state: 'waiting', status: 403, waitMs: 4000 }]);
  const [step] = afterMail(...parts, { step: 'draft', state: 'done', status: 201, ms: 9 }).steps;
  expect(step).toMatchObject({ state: 'done', status: 201 });
  expect(step).not.toHaveProperty('waitMs');
});

test.each([
  [['inbox', 'inbox'], true, 'arrived'],
  [['inbox', 'ask the recipient'], true, 'ask the recipient'],
  [['ask the recipient', 'not seen'], true, 'not seen'],
  [['inbox', 'not seen'], false, 'sent'],
  [['not seen', 'bounced'], false, 'bounced'],
  [['junk', 'ask the recipient'], true, 'in junk'],
  [['junk', 'not seen'], true, 'not seen'],
] as const)('%j, waited: %s: the worst of them counts: %s', (outcomes, waited, verdict) => {
  const recipients = outcomes.map((outcome) => ({ address: 'a@contoso.com', outcome }));
  expect(verdictOf({ recipients }, waited)).toBe(verdict);
});

test('a failure ends the step that was under way and brings its advice', () => {
  const failure = errors.noAnswer(say`create the draft`, 'graph.microsoft.com', 'ECONNRESET', false);
  const run = withFailure(afterMail({ step: 'draft', state: 'started' }), failure, at + 30, String);
  expect(run.steps).toMatchObject([{ step: 'draft', state: 'failed', ms: 30 }]);
  expect(run).toMatchObject({
    verdict: 'not sent',
    failure: { code: 'TA-NO-ANSWER', who: failure.advice.who },
  });
});

test('a mail of which nobody knows is not called unsent', () => {
  const failure = mailFailures.maybeSent('ta@contoso.com', 'TA-7K3Q-9F', undefined);
  expect(withFailure(afterMail({ step: 'send', state: 'started' }), failure, at, String).verdict).toBe(
    'maybe sent',
  );
});

test('a stop before the sending says what became of the draft, a stop after it only that the mail was sent', () => {
  const stop = errors.cancelled(say`Its draft was deleted.`);
  const before = withFailure(afterMail({ step: 'draft', state: 'started' }), stop, at, String);
  expect(before).toMatchObject({ verdict: 'stopped', steps: [{ state: 'stopped' }] });
  expect(before.failure?.message).toContain('draft was deleted');
  const after = withFailure({ ...before, failure: undefined, messageId: '<1@x>' }, stop, at, String);
  expect(after).toMatchObject({ verdict: 'sent', failure: undefined });
});
