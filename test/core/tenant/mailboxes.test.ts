import { expect, test } from 'vitest';
import { type Sender, senderByName } from '../../../src/core/tenant/mailboxes.ts';

const ta = { id: '1', userPrincipalName: 'ta@contoso.com', displayName: 'T&A', userType: 'Member' };
const plan = (servicePlanId: string, capabilityStatus = 'Enabled') => ({
  ...{ service: 'exchange', capabilityStatus, servicePlanId },
});
const [planOne, foundation, lockbox] = [
  '9aaf7827-d63c-4b61-89c3-182f06f82e5c',
  '113feb6c-3fe4-4440-bddc-54d774bf0318',
  '9F431833-0334-42DE-A7DC-70AA40DB46DB',
];

function sender(user: object): Sender | undefined {
  const body = { ...ta, ...user };
  return senderByName('ta@contoso.com').read({
    status: 200,
    body,
    requestId: undefined,
    retryAfterMs: undefined,
  });
}

test.each([
  ['Exchange Online Plan 1', [plan(planOne)], null, 'yes'],
  ['a plan that no one here knows', [plan('0b0c0d0e-0000-4000-a000-000000000009')], null, 'yes'],
  ['Exchange Foundation, as Power BI brings it along', [plan(foundation)], null, 'no'],
  ['Customer Lockbox and a plan that has ended', [plan(lockbox), plan(planOne, 'Deleted')], null, 'no'],
  ['Foundation alone, and an address', [plan(foundation)], 'ta@contoso.com', 'likely'],
  ['Foundation beside a plan with a mailbox', [plan(foundation), plan(planOne)], null, 'yes'],
])('with %s a mailbox is told of as far as the licence tells', (_, assignedPlans, mail, mailbox) => {
  expect(sender({ assignedPlans, mail })?.mailbox).toBe(mailbox);
});

test.each([
  ['a guest', { userType: 'Guest' }, true],
  ['a guest by its name alone', { userPrincipalName: 'jo_fabrikam.com#EXT#@contoso.onmicrosoft.com' }, true],
  [
    'a guest of before 2014, whose type is not set',
    { userType: null, userPrincipalName: 'jo_x.com#ext#@contoso.com' },
    true,
  ],
  ['a user with a number sign', { userPrincipalName: 'a#ext@contoso.com' }, false],
])('%s is known by where its account is from', (_, user, guest) => {
  expect(sender(user)?.guest).toBe(guest);
});
