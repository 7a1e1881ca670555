import { expect, test } from 'vitest';
import { lookUp } from '../../../src/core/words/look-up.ts';

test.each([
  [
    'Access to OData is disabled: [RAOP] : Blocked by tenant configured AppOnly AccessPolicy settings.',
    'no',
    'Get-ApplicationAccessPolicy',
  ],
  ['Access to OData is disabled.', 'no', 'Get-OrganizationConfig | Format-List Ews*'],
  ['Access is denied. Check credentials and try again.', 'ours', 'Test-ServicePrincipalAuthorization'],
])('a refused access is told apart by its words: %s', (message, retry, next) => {
  const symptom = { service: 'exchange', status: 403, error: 'ErrorAccessDenied', message } as const;
  const { advice } = lookUp({ ...symptom, situation: 'mail' });
  expect(advice).toMatchObject({ retry, who: 'an Exchange administrator' });
  expect(String(advice.next)).toContain(next);
});

test.each([
  ['exchange', 404, 'OrganizationFromTenantGuidNotFound', /no Exchange Online/, "the customer's admin"],
  ['exchange', 401, 'OrganizationFromTenantGuidNotFound', /no Exchange Online/, "the customer's admin"],
  ['exchange', 412, 'ErrorIrresolvableConflict', /changed the draft/, 'you'],
  ['graph', 401, 'InvalidAuthenticationToken', /token of the app/, "the customer's admin"],
  ['graph', 404, 'Request_ResourceNotFound', /renamed or deleted/, 'you'],
  ['exchange', 413, 'RequestEntityTooLarge', /4 MB.*or the email/, 'you'],
  ['entra', 401, 'AADSTS53003', /workload identities/, "the customer's admin"],
] as const)('%s %i %s where an email is sent', (service, status, code, cause, who) => {
  const number = /^AADSTS(\d+)$/.exec(code)?.[1];
  const said = number === undefined ? { error: code } : { errorCodes: [Number(number)] };
  const { advice } = lookUp({ service, status, situation: 'mail', ...said });
  expect(String(advice.cause)).toMatch(cause);
  expect(advice.who).toBe(who);
});

test.each(['BadRequest', 'Request_BadRequest'])(
  '%s is the code of every refused value, so no cause is claimed and Microsoft is quoted',
  (error) => {
    const { advice } = lookUp({ service: 'graph', status: 400, error, message: 'Words of 2027.' });
    expect(String(advice.cause)).toContain('does not say which');
    expect(String(advice.next)).toMatch(/^Read Microsoft's words/);
  },
);

test('what a cloud does not have is no outage, and waiting does not bring it', () => {
  const { advice } = lookUp({ service: 'graph', status: 501, error: 'NotImplemented' });
  expect(String(advice.cause)).toContain('does not have this function');
  expect([advice.who, advice.retry]).toEqual(['you', 'no']);
});

test.each(['ErrorMessageSizeExceeded', 'RequestEntityTooLarge'])(
  '%s names the usual limit of a mailbox, and how it is raised',
  (error) => {
    const { advice } = lookUp({ service: 'graph', status: 413, error, situation: 'mail' });
    expect(String(advice.cause)).toContain('35 MB');
    expect(String(advice.next)).toContain('-MaxSendSize');
  },
);
