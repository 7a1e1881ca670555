import { expect, test } from 'vitest';
import { entraRoles } from '../../../src/practice/directory-roles.ts';
import {
  callAs,
  callAsApp,
  createDirectory,
  itemsOf,
  outcomeOf,
  personNamed,
} from '../../support/graph-caller.ts';

const eventual = { ConsistencyLevel: 'eventual' };
const castPath = '/me/transitiveMemberOf/microsoft.graph.directoryRole';
const globalAdministrator = {
  displayName: 'Global Administrator',
  roleTemplateId: entraRoles['Global Administrator'],
};

test('/me is who signed in, with the default properties alone', async () => {
  const { call, state } = await createDirectory();
  const { body } = await call('GET', '/me');
  expect(body.id).toBe(personNamed(state, 'grace').id);
  expect(Object.keys(body).sort()).toEqual(
    [
      '@odata.context',
      'businessPhones',
      'displayName',
      'givenName',
      'id',
      'jobTitle',
      'mail',
      'mobilePhone',
      'officeLocation',
      'preferredLanguage',
      'surname',
      'userPrincipalName',
    ].sort(),
  );
});

test('an application has no /me', async () => {
  const { tenant } = await createDirectory();
  const { call } = await callAsApp(tenant, ['Directory.Read.All']);
  expect(outcomeOf(await call('GET', '/me'))).toBe(
    '400 BadRequest: /me request is only valid with delegated authentication flow.',
  );
});

test.each(['/me/memberOf', '/me/transitiveMemberOf'])(
  '%s lists directory roles with their type',
  async (path) => {
    const { call } = await createDirectory();
    expect(itemsOf(await call('GET', path))).toMatchObject([
      { '@odata.type': '#microsoft.graph.directoryRole', ...globalAdministrator },
    ]);
  },
);

test('objects of several types tell theirs whatever is selected, and more of them may be selected than is played', async () => {
  const { call } = await createDirectory();
  expect(itemsOf(await call('GET', '/me/memberOf?$select=displayName'))).toEqual([
    { '@odata.type': '#microsoft.graph.directoryRole', displayName: 'Global Administrator' },
  ]);
  expect((await call('GET', '/me/memberOf?$select=mail')).status).toBe(501);
});

test('the cast to roles needs its header and $count', async () => {
  const { call } = await createDirectory();
  const refused = '400 Request_UnsupportedQuery: Unsupported Query.';
  expect(outcomeOf(await call('GET', castPath))).toBe(refused);
  expect(outcomeOf(await call('GET', castPath, undefined, eventual))).toBe(refused);
  expect(outcomeOf(await call('GET', `${castPath}?$count=true`))).toBe(refused);
  const path = `${castPath}?$count=true&$select=displayName,roleTemplateId`;
  const { body } = await call('GET', path, undefined, eventual);
  expect(body).toMatchObject({ '@odata.count': 1, value: [globalAdministrator] });
});

test('who has no role gets an empty list', async () => {
  const { tenant } = await createDirectory();
  const call = await callAs(tenant, 'uwe');
  const { body } = await call('GET', `${castPath}?$count=true`, undefined, eventual);
  expect(body).toMatchObject({ '@odata.count': 0, value: [] });
});
