import { expect, test } from 'vitest';
import { entraRoles } from '../../../src/practice/directory-roles.ts';
import { type Attempt, attempts } from '../../support/graph-attempts.ts';
import {
  adminScopes,
  callAs,
  callAsApp,
  createDirectory,
  type Directory,
  outcomeOf,
  personNamed,
} from '../../support/graph-caller.ts';

const denied = '403 Authorization_RequestDenied: Insufficient privileges to complete the operation.';
const everyone = ['grace', 'petra', 'anton', 'clara', 'rita', 'sven', 'dora', 'uwe'];
const applicationAdmins = ['grace', 'anton', 'clara'];

/** The seeded people, one of each role; two of them get roles that nobody has from the seed. */
async function directoryWithAllRoles(): Promise<Directory> {
  const directory = await createDirectory();
  personNamed(directory.state, 'robin').roles = [entraRoles['Security Administrator']];
  personNamed(directory.state, 'payroll').roles = [entraRoles['Application Developer']];
  return directory;
}
const accounts: Record<string, string> = { sven: 'robin', dora: 'payroll' };

const byRole: [Attempt, string[]][] = [
  ['read applications', everyone],
  ['create application', [...applicationAdmins, 'dora']],
  ['create application where registration is open', everyone],
  ['change application', applicationAdmins],
  ['add a secret', applicationAdmins],
  ['delete application', applicationAdmins],
  ['create service principal', applicationAdmins],
  ['change service principal', applicationAdmins],
  ['restore application', applicationAdmins],
  ['purge application', ['grace', 'anton']],
  ['grant a role of Microsoft Graph', ['grace', 'petra']],
  ['take back a role of Microsoft Graph', ['grace', 'petra']],
  ['grant a role of another API', ['grace', 'petra', 'anton', 'clara']],
  ['read organization', everyone],
  ['read me', everyone],
  ['read users', everyone],
  ['read roles', everyone],
  ['read policies', everyone],
  ['read policy on secrets', [...applicationAdmins, 'rita', 'sven']],
  ['change policies', ['grace', 'sven']],
  ['read permission grants', everyone],
];

test.each(byRole)('with every scope, these directory roles may %s: %j', async (attempt, allowed) => {
  const directory = await directoryWithAllRoles();
  for (const name of everyone) {
    const call = await callAs(directory.tenant, accounts[name] ?? name);
    const outcome = outcomeOf(await attempts[attempt](call, directory));
    expect([name, outcome]).toEqual([
      name,
      allowed.includes(name) ? expect.stringMatching(/^20\d$/) : denied,
    ]);
  }
});

const byScope: [Attempt, string[][]][] = [
  ['read applications', [['Application.Read.All'], ['Application.ReadWrite.All'], ['Directory.Read.All']]],
  ['create application', [['Application.ReadWrite.All']]],
  ['create application where registration is open', [['Application.ReadWrite.All']]],
  ['change application', [['Application.ReadWrite.All']]],
  ['add a secret', [['Application.ReadWrite.All']]],
  ['delete application', [['Application.ReadWrite.All']]],
  ['create service principal', [['Application.ReadWrite.All']]],
  ['change service principal', [['Application.ReadWrite.All']]],
  ['restore application', [['Application.ReadWrite.All']]],
  ['purge application', [['Application.ReadWrite.All']]],
  [
    'grant a role of Microsoft Graph',
    [
      ['AppRoleAssignment.ReadWrite.All', 'Application.Read.All'],
      ['AppRoleAssignment.ReadWrite.All', 'Directory.Read.All'],
    ],
  ],
  ['take back a role of Microsoft Graph', [['AppRoleAssignment.ReadWrite.All', 'Application.Read.All']]],
  ['grant a role of another API', [['AppRoleAssignment.ReadWrite.All', 'Application.Read.All']]],
  ['read organization', [['User.Read'], ['Organization.Read.All'], ['Directory.Read.All']]],
  ['read me', [['User.Read'], ['User.ReadBasic.All'], ['User.Read.All'], ['Directory.Read.All']]],
  ['read users', [['User.ReadBasic.All'], ['User.Read.All'], ['Directory.Read.All']]],
  ['read roles', [['RoleManagement.Read.Directory'], ['Directory.Read.All']]],
  ['read policies', [['Policy.Read.All']]],
  ['read policy on secrets', [['Policy.Read.All']]],
  ['change policies', [['Policy.ReadWrite.ApplicationConfiguration']]],
  ['read permission grants', [['Directory.Read.All'], ['DelegatedPermissionGrant.ReadWrite.All']]],
];

test.each(byScope)(
  'a Global Administrator may %s by each of these scopes alone: %j',
  async (attempt, sets) => {
    const directory = await directoryWithAllRoles();
    for (const scopes of sets) {
      const call = await callAs(directory.tenant, 'grace', scopes);
      expect([scopes, outcomeOf(await attempts[attempt](call, directory))]).toEqual([
        scopes,
        expect.stringMatching(/^20\d$/),
      ]);
    }
    const named = new Set(sets.flat());
    const others = await callAs(directory.tenant, 'grace', [
      'Mail.Send',
      ...adminScopes.filter((scope) => !named.has(scope)),
    ]);
    expect(outcomeOf(await attempts[attempt](others, directory))).toBe(denied);
  },
);

test('granting needs a scope to read applications too', async () => {
  const directory = await createDirectory();
  const call = await callAs(directory.tenant, 'grace', ['AppRoleAssignment.ReadWrite.All']);
  expect(outcomeOf(await attempts['grant a role of Microsoft Graph'](call, directory))).toBe(denied);
});

test('who registers an application is its owner, and may change it without a role', async () => {
  const directory = await createDirectory();
  const call = await callAs(directory.tenant, 'uwe');
  const made = await call('POST', '/applications', { displayName: 'Own' });
  const path = `/applications/${made.body.id}`;
  expect((await call('PATCH', path, { notes: 'mine' })).status).toBe(204);
  expect((await call('POST', `${path}/addPassword`, {})).status).toBe(200);
  expect((await call('DELETE', path)).status).toBe(204);
  expect((await call('POST', `/directory/deletedItems/${made.body.id}/restore`)).status).toBe(200);
  const other = await callAs(directory.tenant, 'rita');
  expect(outcomeOf(await other('PATCH', path, { notes: 'mine' }))).toBe(denied);
});

test('an Application Developer may add the service principal of an application of their own, and of no other', async () => {
  const directory = await directoryWithAllRoles();
  const [dora, uwe] = [await callAs(directory.tenant, 'payroll'), await callAs(directory.tenant, 'uwe')];
  const own = await dora('POST', '/applications', { displayName: 'Own' });
  const theirs = await uwe('POST', '/applications', { displayName: 'Theirs' });
  directory.clock.advance(1000);
  const upsert = (call: typeof dora, appId: unknown) =>
    call('PATCH', `/servicePrincipals(appId='${appId}')`, {}, { Prefer: 'create-if-missing' });
  expect((await upsert(dora, own.body.appId)).status).toBe(201);
  expect(outcomeOf(await upsert(dora, theirs.body.appId))).toBe(denied);
  expect(outcomeOf(await upsert(uwe, theirs.body.appId))).toBe(denied);
});

test('a guest may not register applications, open or not', async () => {
  const directory = await createDirectory();
  const call = await callAs(directory.tenant, 'gina_fabrikam.com#EXT#');
  expect(outcomeOf(await call('POST', '/applications', { displayName: 'New' }))).toBe(denied);
});

const byAppRole: [Attempt, string[]][] = [
  [
    'read applications',
    [
      'Application.Read.All',
      'Application.ReadWrite.All',
      'Application.ReadWrite.OwnedBy',
      'Directory.Read.All',
    ],
  ],
  ['create application', ['Application.ReadWrite.All', 'Application.ReadWrite.OwnedBy']],
  ['change application', ['Application.ReadWrite.All']],
  ['add a secret', ['Application.ReadWrite.All']],
  ['purge application', ['Application.ReadWrite.All']],
  ['grant a role of Microsoft Graph', ['AppRoleAssignment.ReadWrite.All']],
  ['take back a role of Microsoft Graph', ['AppRoleAssignment.ReadWrite.All']],
  ['read organization', ['Organization.Read.All', 'Directory.Read.All']],
  ['read users', ['User.Read.All', 'User.ReadBasic.All', 'Directory.Read.All']],
  ['read policies', ['Policy.Read.All']],
  ['read policy on secrets', ['Policy.Read.All']],
  ['read permission grants', ['Directory.Read.All']],
];

test.each(byAppRole)(
  'an application may %s by each of these roles, and by no other: %j',
  async (attempt, roles) => {
    const directory = await createDirectory();
    const all = new Set(byAppRole.flatMap(([, each]) => each));
    for (const role of all) {
      const { call } = await callAsApp(directory.tenant, [role]);
      const outcome = outcomeOf(await attempts[attempt](call, directory));
      expect([role, outcome]).toEqual([
        role,
        roles.includes(role) ? expect.stringMatching(/^20\d$/) : denied,
      ]);
    }
  },
);

test('an application with OwnedBy changes what it made, and nothing else', async () => {
  const directory = await createDirectory();
  const { call } = await callAsApp(directory.tenant, ['Application.ReadWrite.OwnedBy']);
  const made = await call('POST', '/applications', { displayName: 'Own' });
  expect((await call('PATCH', `/applications/${made.body.id}`, { notes: 'x' })).status).toBe(204);
  expect(outcomeOf(await attempts['change application'](call, directory))).toBe(denied);
});

test('an application without roles reaches nothing', async () => {
  const directory = await createDirectory();
  const { call } = await callAsApp(directory.tenant, []);
  for (const attempt of ['read applications', 'read organization', 'read users'] as const) {
    expect(outcomeOf(await attempts[attempt](call, directory))).toBe(denied);
  }
});
