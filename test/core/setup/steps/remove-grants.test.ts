import { expect, test } from 'vitest';
import { Customer } from '../../../../src/core/customer/customer.ts';
import { removeGrants } from '../../../../src/core/setup/steps/remove-grants.ts';
import { denied, graphAnswer, graphRefusal, serverError } from '../../../support/graph-answer.ts';
import { scopedCustomer } from '../../../support/scoped-customer.ts';
import { contoso, healthy, now, servicePrincipalId } from '../../../support/snapshot.ts';

const scoped = Customer.parse(scopedCustomer);
const [change] = removeGrants.plan(scoped, healthy().existing, now);
if (!change) throw new Error('tenant-wide grants have to go');
const { record } = healthy().existing;
const judge = (answer: ReturnType<typeof graphAnswer>, index = 0) =>
  removeGrants.judge(change, answer, record, index);

test('takes away what opens every mailbox, and leaves the rest', () => {
  expect(change.grants.map(({ permission }) => permission)).toEqual(['Mail.ReadWrite', 'Mail.Send']);
  expect(removeGrants.requests(change, record, 'ta-x')).toEqual([
    {
      method: 'DELETE',
      path: `/servicePrincipals/${servicePrincipalId}/appRoleAssignments/grant-Mail.ReadWrite`,
      replay: 'safe',
    },
    {
      method: 'DELETE',
      path: `/servicePrincipals/${servicePrincipalId}/appRoleAssignments/grant-Mail.Send`,
      replay: 'safe',
    },
  ]);
});

test('has nothing to do for the whole tenant, nor without such grants', () => {
  expect(removeGrants.plan(contoso, healthy().existing, now)).toEqual([]);
  const { existing } = healthy().withGrants('Directory.Read.All', 'User.Read.All');
  expect(removeGrants.plan(scoped, existing, now)).toEqual([]);
});

test('a grant of the same id of another API is not Microsoft Graph’s', () => {
  const grants = healthy().existing.snapshot.grants.map((grant) => ({ ...grant, resourceObjectId: 'other' }));
  expect(removeGrants.plan(scoped, healthy().tenant({ grants }).existing, now)).toEqual([]);
});

test('a grant on the Exchange Online API opens mailboxes as well, whatever its name', () => {
  const on = (appRoleId: string) => ({
    id: `exchange-${appRoleId}`,
    resourceObjectId: 'exchange',
    resourceName: 'Office 365 Exchange Online',
    appRoleId,
  });
  const grants = [on('dc890d15-9560-4a4c-9b7f-a736ec74ec40'), on('00000000-0000-4000-8000-000000000001')];
  const [found] = removeGrants.plan(scoped, healthy().tenant({ grants }).existing, now);
  expect(found?.grants.map(({ permission }) => permission)).toEqual([
    'full_access_as_app on Office 365 Exchange Online',
    '00000000-0000-4000-8000-000000000001 on Office 365 Exchange Online',
  ]);
  expect(removeGrants.plan(contoso, healthy().tenant({ grants }).existing, now)).toEqual([]);
});

test('notes which one is gone, also one that was gone already', () => {
  for (const answer of [graphAnswer(204), graphRefusal(404, 'Request_ResourceNotFound', 'gone')]) {
    const verdict = judge(answer, 1);
    const left = verdict.kind === 'done' ? verdict.record.grants.map(({ permission }) => permission) : [];
    expect(left).toEqual(['Directory.Read.All', 'Mail.ReadWrite', 'User.Read.All']);
  }
});

test('believes every other answer', () => {
  expect(judge(graphAnswer(200)).kind).toBe('failed');
  expect(judge(denied).kind).toBe('failed');
  expect(judge(serverError).kind).toBe('failed');
  expect(judge(graphAnswer(204), 2).kind).toBe('failed');
});
