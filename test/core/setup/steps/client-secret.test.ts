import { expect, test } from 'vitest';
import { addClientSecret } from '../../../../src/core/setup/steps/add-client-secret.ts';
import { removeClientSecret } from '../../../../src/core/setup/steps/remove-client-secret.ts';
import { denied, graphAnswer, graphRefusal, lagging, serverError } from '../../../support/graph-answer.ts';
import { applicationId, healthy } from '../../../support/snapshot.ts';

const { record } = healthy().existing;
const add = {
  kind: 'add-client-secret',
  description: 'T&A',
  lifetimeDays: 180,
  expiresAt: '2027-05-22T22:00:00Z',
} as const;
const made = {
  keyId: '0b0c0d0e-0000-4000-a000-00000000000a',
  hint: 'can',
  displayName: 'T&A (ta-x)',
  endDateTime: '2027-05-22T22:00:00Z',
  secretText: 'canary8Q~0123456789',
};
const judge = (answer: ReturnType<typeof graphAnswer>) => addClientSecret.judge(add, answer, record, 0);

test('carries the operation in its name, and is never blindly asked twice', () => {
  expect(addClientSecret.requests(add, record, 'ta-x')).toEqual([
    {
      method: 'POST',
      path: `/applications/${applicationId}/addPassword`,
      replay: 'unsafe',
      body: { passwordCredential: { displayName: 'T&A (ta-x)', endDateTime: '2027-05-22T22:00:00Z' } },
    },
  ]);
});

test('hands the secret out beside the record, never in it', () => {
  const verdict = judge(graphAnswer(200, made));
  expect(verdict).toMatchObject({
    kind: 'done',
    record: {
      secret: { keyId: '0b0c0d0e-0000-4000-a000-00000000000a', hint: 'can', displayName: 'T&A (ta-x)' },
    },
  });
  expect(verdict.kind === 'done' && verdict.secret?.reveal()).toBe('canary8Q~0123456789');
  expect(JSON.stringify(verdict)).not.toContain('canary');
});

test('makes the hint itself where Graph gives none', () => {
  expect(judge(graphAnswer(200, { ...made, hint: null }))).toMatchObject({
    record: { secret: { hint: 'can' } },
  });
});

test.each([graphAnswer(200), graphAnswer(204), graphAnswer(200, { ...made, secretText: null }), serverError])(
  'is in doubt where the text did not arrive',
  (answer) => {
    expect(judge(answer)).toEqual({ kind: 'doubt' });
  },
);

test('waits for lag, and believes every refusal', () => {
  expect(judge(lagging).kind).toBe('lag');
  expect(judge(denied).kind).toBe('failed');
  expect(judge(graphRefusal(400, 'CredentialInvalidLifetimeAsPerAppPolicy')).kind).toBe('failed');
});

const remove = { kind: 'remove-client-secret', keyId: 'old', displayName: 'x (ta-old)' } as const;

test('removes by key id', () => {
  expect(removeClientSecret.requests(remove, record, 'ta-x')).toEqual([
    {
      method: 'POST',
      path: `/applications/${applicationId}/removePassword`,
      replay: 'safe',
      body: { keyId: 'old' },
    },
  ]);
});

test.each([
  [graphAnswer(204), 'done'],
  [graphRefusal(400, 'Request_BadRequest', "No password credential found with keyId 'old'."), 'done'],
  [lagging, 'done'],
  [denied, 'failed'],
  [serverError, 'failed'],
  // Good, but not what Graph documents.
  [graphAnswer(200), 'failed'],
])('a secret that is gone counts as removed', (answer, kind) => {
  expect(removeClientSecret.judge(remove, answer, record, 0).kind).toBe(kind);
});
