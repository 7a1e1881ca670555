import { expect, test } from 'vitest';
import { addServicePrincipal } from '../../../../src/core/setup/steps/add-service-principal.ts';
import { denied, graphAnswer, lagging, serverError } from '../../../support/graph-answer.ts';
import { expectFinished } from '../../../support/invariants.ts';
import { onboarding } from '../../../support/onboarding.ts';
import { clientId, healthy, servicePrincipalId, snapshot } from '../../../support/snapshot.ts';

const change = { kind: 'add-service-principal' } as const;
const { record } = healthy().existing;
const judge = (answer: ReturnType<typeof graphAnswer>) =>
  addServicePrincipal.judge(change, answer, record, 0);

test('upserts by client id, so that asking twice makes one', () => {
  expect(addServicePrincipal.requests(change, record, 'ta-x')).toMatchObject([
    {
      method: 'PATCH',
      path: `/servicePrincipals(appId='${clientId}')`,
      headers: { Prefer: 'create-if-missing' },
      replay: 'safe',
    },
  ]);
});

test('cannot come before the application', () => {
  expect(() => addServicePrincipal.requests(change, snapshot().existing.record, 'ta-x')).toThrow(
    'after the application',
  );
});

test('keeps the id of 201 and of what it read back', () => {
  for (const status of [200, 201])
    expect(judge(graphAnswer(status, { id: '0b0c0d0e-0000-4000-a000-00000000000a' }))).toMatchObject({
      record: { servicePrincipal: { objectId: '0b0c0d0e-0000-4000-a000-00000000000a' } },
    });
  expect(servicePrincipalId).not.toBe('0b0c0d0e-0000-4000-a000-00000000000a');
});

test.each([graphAnswer(204), graphAnswer(201, {})])('reads back what existed already', (answer) => {
  expect(judge(answer)).toEqual({
    kind: 'read back',
    request: { method: 'GET', path: `/servicePrincipals(appId='${clientId}')?$select=id`, replay: 'safe' },
  });
});

test('waits while the application is not known, and believes every other refusal', () => {
  expect(judge(lagging).kind).toBe('lag');
  expect(judge(denied).kind).toBe('failed');
  expect(judge(serverError).kind).toBe('failed');
});

test.each([400, 404, 405, 501])(
  'where a cloud takes no upsert (%i) it is created the old way',
  async (status) => {
    const refused = { status, body: { error: { code: 'BadRequest', message: 'Upsert is not supported.' } } };
    const story = await onboarding();
    story.state.faults.rules.push({
      method: 'PATCH',
      path: /\/servicePrincipals\(/,
      answer: { kind: 'status', ...refused },
    });
    expect((await story.run()).failure).toBeUndefined();
    expect(story.requests()).toContain('POST /v1.0/servicePrincipals');
    await expectFinished(story);
  },
);

test('one that exists already where a cloud takes no upsert is read back', async () => {
  const story = await onboarding();
  const conflict = { code: 'Request_MultipleObjectsWithSameKeyValue', message: 'It exists.' };
  story.state.faults.rules.push(
    { method: 'PATCH', path: /\/servicePrincipals\(/, answer: { kind: 'status', status: 400, body: {} } },
    { method: 'POST', path: /\/servicePrincipals$/, nth: 1, answer: { kind: 'reset-after' } },
    {
      method: 'POST',
      path: /\/servicePrincipals$/,
      nth: 2,
      answer: { kind: 'status', status: 409, body: { error: conflict } },
    },
  );
  expect((await story.run()).failure).toBeUndefined();
  await expectFinished(story);
});
