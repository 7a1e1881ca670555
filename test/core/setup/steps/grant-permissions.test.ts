import { expect, test } from 'vitest';
import { grantPermissions, withGrants } from '../../../../src/core/setup/steps/grant-permissions.ts';
import { say } from '../../../../src/core/words/say.ts';
import { denied, graphAnswer, graphRefusal, lagging, serverError } from '../../../support/graph-answer.ts';
import { contoso, graphId, healthy, now, servicePrincipalId, snapshot } from '../../../support/snapshot.ts';

const [change] = grantPermissions.plan(contoso, snapshot().existing, now);
if (!change) throw new Error('a fresh tenant needs grants');
const record = { ...healthy().existing.record, grants: [] };
const judge = (answer: ReturnType<typeof graphAnswer>, index = 0) =>
  grantPermissions.judge(change, answer, record, index);

test('asks for each permission by itself', () => {
  const requests = grantPermissions.requests(change, record, 'ta-x');
  expect(requests).toHaveLength(4);
  expect(requests[3]).toEqual({
    method: 'POST',
    path: `/servicePrincipals/${graphId}/appRoleAssignedTo`,
    replay: 'safe',
    body: {
      principalId: servicePrincipalId,
      resourceId: graphId,
      appRoleId: 'b633e1c5-b582-4048-a93e-9f11b44c7e96',
    },
  });
});

test('notes which one was granted, once', () => {
  const first = judge(graphAnswer(201, {}), 3);
  const grant = { permission: 'Mail.Send', appRoleId: 'b633e1c5-b582-4048-a93e-9f11b44c7e96' };
  expect(first).toMatchObject({ kind: 'done', record: { grants: [grant] } });
  const again = first.kind === 'done' && grantPermissions.judge(change, graphAnswer(201), first.record, 3);
  expect(again).toMatchObject({ record: { grants: [grant] } });
});

test('notes them in one order, whatever the language of the computer', () => {
  const named = ['mail.Send', 'Mail.Send', 'Mail.ReadWrite', 'Ärger.Read', 'Zeit.Read'].map((value) => ({
    value,
    appRoleId: value,
    reason: say`-`,
  }));
  const order = withGrants(record, named).grants.map(({ permission }) => permission);
  expect(order).toEqual(['Mail.ReadWrite', 'Mail.Send', 'Zeit.Read', 'mail.Send', 'Ärger.Read']);
});

test('takes "already exists" for granted, and only with 400', () => {
  const text = 'Permission being assigned already exists on the object';
  expect(judge(graphRefusal(400, 'Request_BadRequest', text)).kind).toBe('done');
  expect(judge(graphRefusal(403, 'Request_BadRequest', text)).kind).toBe('failed');
});

test('waits for lag, and believes every other refusal', () => {
  expect(judge(lagging).kind).toBe('lag');
  expect(judge(graphRefusal(400, 'Request_BadRequest', 'Not a valid reference update')).kind).toBe('lag');
  expect(judge(denied).kind).toBe('failed');
  expect(judge(serverError).kind).toBe('failed');
  expect(judge(graphRefusal(400, 'Request_BadRequest', 'Permission being assigned was not found')).kind).toBe(
    'failed',
  );
});

test('takes an answer to something that it did not ask for a failure', () => {
  expect(judge(graphAnswer(201), 4).kind).toBe('failed');
});
