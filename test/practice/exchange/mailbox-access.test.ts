import { expect, test } from 'vitest';
import { mailTenant, personOf } from '../../support/mail-tenant.ts';

const denied = 'ErrorAccessDenied: Access is denied. Check credentials and try again.';
const mailReadWrite = 'e2a3a72e-5f79-4c64-b1b1-878b674786c9';

test.each([
  ['Mail.ReadWrite', { read: 200, write: 201, send: 403 }],
  ['Mail.Read', { read: 200, write: 403, send: 403 }],
  ['Mail.Send', { read: 403, write: 403, send: 202 }],
  ['User.Read.All', { read: 403, write: 403, send: 403 }],
])('an app with %s may do just that', async (role, wanted) => {
  const tenant = mailTenant();
  tenant.signIn({ roles: [role] });
  const message = { toRecipients: [{ emailAddress: { address: 'robin@contoso.com' } }] };
  const answers = {
    read: await tenant.call('GET', '/users/ta@contoso.com/messages'),
    write: await tenant.call('POST', '/users/ta@contoso.com/messages', message),
    send: await tenant.call('POST', '/users/ta@contoso.com/sendMail', { message }),
  };
  expect({
    read: answers.read.status,
    write: answers.write.status,
    send: answers.send.status,
  }).toEqual(wanted);
  for (const answer of Object.values(answers)) {
    if (answer.status === 403) expect(answer.error).toBe(denied);
  }
});

test('a role that has not arrived at Exchange yet is refused though the token has it', async () => {
  const tenant = mailTenant();
  tenant.state.grants.push({
    id: 'g1',
    principalId: '0b0c0d0e-0000-4000-a000-000000000002',
    resourceId: tenant.state.servicePrincipals[0]?.id ?? '',
    appRoleId: mailReadWrite,
    madeAt: tenant.clock.now(),
    graph: {},
  });
  const early = await tenant.call('GET', '/users/ta@contoso.com/messages');
  expect([early.status, early.error]).toEqual([403, denied]);
  tenant.clock.advance(1500);
  expect((await tenant.call('GET', '/users/ta@contoso.com/messages')).status).toBe(200);
});

test.each([
  [
    'nobody@contoso.com',
    "Request_ResourceNotFound: Resource 'nobody@contoso.com' does not exist or one of its queried reference-property objects are not present.",
  ],
  [
    'nils@contoso.com',
    'MailboxNotEnabledForRESTAPI: The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
  ],
  ['all-staff@contoso.com', "ErrorInvalidUser: The requested user 'all-staff@contoso.com' is invalid."],
  [
    'gina_fabrikam.com#EXT#@contoso.onmicrosoft.com',
    "ErrorInvalidUser: The requested user 'gina_fabrikam.com#EXT#@contoso.onmicrosoft.com' is invalid.",
  ],
])('the mailbox of %s is not found', async (user, error) => {
  const answer = await mailTenant().call('GET', `/users/${encodeURIComponent(user)}/messages`);
  expect([answer.status, answer.error]).toEqual([404, error]);
});

test('a user is named by id or user principal name in any case, not by an alias', async () => {
  const tenant = mailTenant();
  const { id } = personOf(tenant.state, 'ta');
  for (const user of [id, id.toUpperCase(), 'TA@Contoso.com']) {
    expect((await tenant.call('GET', `/users/${user}/messages`)).status).toBe(200);
  }
  expect((await tenant.call('GET', '/users/time@contoso.com/messages')).status).toBe(404);
});

test('a signed-in person reaches the own mailbox alone', async () => {
  const tenant = mailTenant();
  tenant.signIn({ person: 'robin' });
  expect((await tenant.call('GET', '/me/messages')).status).toBe(200);
  expect((await tenant.call('GET', '/users/robin@contoso.com/messages')).status).toBe(200);
  const other = await tenant.call('GET', '/users/ta@contoso.com/messages');
  expect([other.status, other.error]).toEqual([403, denied]);
  tenant.signIn({ person: 'nils' });
  expect((await tenant.call('GET', '/me/messages')).error).toMatch(/^MailboxNotEnabledForRESTAPI/);
});

test('an app is nobody that "me" could name', async () => {
  const answer = await mailTenant().call('GET', '/me/messages');
  expect([answer.status, answer.error]).toEqual([
    400,
    'BadRequest: /me request is only valid with delegated authentication flow.',
  ]);
});
