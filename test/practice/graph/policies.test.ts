import { expect, test } from 'vitest';
import { createDirectory, outcomeOf } from '../../support/graph-caller.ts';

const path = '/policies/defaultAppManagementPolicy';
const invalid = (property: string) =>
  `400 Request_BadRequest: Invalid value specified for property '${property}' of resource 'TenantAppManagementPolicy'.`;

test('an untouched tenant answers an empty, disabled policy', async () => {
  const { call } = await createDirectory();
  expect((await call('GET', path)).body).toMatchObject({
    '@odata.context':
      'https://graph.microsoft.com/v1.0/$metadata#policies/defaultAppManagementPolicy/$entity',
    id: '00000000-0000-0000-0000-000000000000',
    isEnabled: false,
    applicationRestrictions: { passwordCredentials: [], keyCredentials: [] },
    servicePrincipalRestrictions: { passwordCredentials: [], keyCredentials: [] },
  });
});

test('a changed policy is answered changed', async () => {
  const { call } = await createDirectory();
  const passwordCredentials = [
    { restrictionType: 'passwordLifetime', state: 'enabled', maxLifetime: 'P90D' },
  ];
  await call('PATCH', path, { isEnabled: true, applicationRestrictions: { passwordCredentials } });
  expect((await call('GET', path)).body).toMatchObject({
    isEnabled: true,
    applicationRestrictions: { passwordCredentials },
  });
});

test.each([
  ['an unknown type', [{ restrictionType: 'everything' }]],
  ['a lifetime without its length', [{ restrictionType: 'passwordLifetime', maxLifetime: null }]],
  ['a length that is no duration', [{ restrictionType: 'passwordLifetime', maxLifetime: '90 days' }]],
  ['one type twice', [{ restrictionType: 'passwordAddition' }, { restrictionType: 'passwordAddition' }]],
])('a rule of %s is refused', async (_what, passwordCredentials) => {
  const { call } = await createDirectory();
  const answer = await call('PATCH', path, { applicationRestrictions: { passwordCredentials } });
  expect(outcomeOf(answer)).toBe(invalid('applicationRestrictions'));
});

test('the authorization policy says whether users may register applications', async () => {
  const { call, state } = await createDirectory();
  for (const allowed of [true, false]) {
    state.usersMayRegisterApplications = allowed;
    expect((await call('GET', '/policies/authorizationPolicy')).body).toMatchObject({
      id: 'authorizationPolicy',
      defaultUserRolePermissions: { allowedToCreateApps: allowed },
    });
  }
});
