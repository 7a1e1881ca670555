import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { createApplication } from '../../../src/practice/graph/application-store.ts';
import { addGrant } from '../../../src/practice/graph/grants.ts';
import { createServicePrincipal } from '../../../src/practice/graph/service-principal-store.ts';
import { graphClientId } from '../../../src/practice/graph-permissions.ts';
import type { State } from '../../../src/practice/state.ts';
import { grantOnExchange } from '../../support/exchange-admin.ts';
import { appRoleId, personNamed } from '../../support/graph-caller.ts';
import { heldIn } from '../../support/invariants.ts';
import { type Onboarding, onboarding } from '../../support/onboarding.ts';
import { lastWeek, strange } from '../../support/planted-app.ts';
import { removal } from '../../support/removing.ts';

const writes = (story: Onboarding): string[] =>
  story.requests().filter((line) => !/^ *GET |^POST \/v1\.0\/\$batch$/.test(line));

async function setUp(): Promise<Onboarding> {
  const story = await onboarding();
  expect((await story.run({ signIn: story.signInOnce })).failure).toBeUndefined();
  story.clock.advance(60_000);
  story.requests();
  return story;
}

const carried: typeof strange = [
  ...strange,
  [
    'a permission',
    /the permission Directory\.ReadWrite\.All/,
    (state, { principal }) => grant(state, principal.id, 'Directory.ReadWrite.All'),
  ],
  [
    'a permission of another API',
    /the permission full_access_as_app on Office 365 Exchange Online/,
    (state) => grantOnExchange(state),
  ],
  [
    'a directory role',
    /the directory role Directory Readers/,
    (_state, { principal }) =>
      Object.assign(principal, {
        memberOf: [
          { '@odata.type': '#microsoft.graph.directoryRole', id: 'r', displayName: 'Directory Readers' },
        ],
      }),
  ],
  [
    'a membership',
    /its membership of Payroll servers/,
    (_state, { principal }) =>
      Object.assign(principal, {
        memberOf: [{ '@odata.type': '#microsoft.graph.group', id: 'g', displayName: 'Payroll servers' }],
      }),
  ],
  [
    'the assignment of another application',
    /the assignment of Payroll to it/,
    (state, { principal: { id: resourceId } }) => {
      const then = lastWeek(state);
      const other = createApplication(then, { displayName: 'Payroll' }, personNamed(state, 'uwe').id);
      const { id: principalId } = createServicePrincipal(then, other, {}, []);
      addGrant(then, { principalId, resourceId, appRoleId: '00000000-0000-0000-0000-000000000000' });
    },
  ],
  [
    'an address and a scope that others use',
    /the address api:\/\/payroll that others call it by; the scope read that it offers; the application 1-2 that calls it/,
    (_state, { application }) =>
      Object.assign(application.graph, {
        identifierUris: ['api://payroll'],
        api: {
          oauth2PermissionScopes: [{ id: 's', value: 'read' }],
          preAuthorizedApplications: [{ appId: '1-2', delegatedPermissionIds: ['s'] }],
        },
      }),
  ],
  [
    'a role that it offers',
    /the role Tasks\.Write that it offers/,
    (_state, { application }) =>
      Object.assign(application.graph, { appRoles: [{ id: 'a', value: 'Tasks.Write' }] }),
  ],
  [
    'a delegated permission',
    /the delegated permission User\.Read/,
    (state, { application }) => state.consents.set(application.appId, new Set(['User.Read'])),
  ],
  [
    'a request for another API',
    /the permissions that it requests of the API 00000002-0000-0ff1-ce00-000000000000/,
    (_state, { application }) => {
      const requests = application.graph.requiredResourceAccess;
      if (Array.isArray(requests))
        requests.push({ resourceAppId: '00000002-0000-0ff1-ce00-000000000000', resourceAccess: [] });
    },
  ],
];

test.each(carried)(
  'an application that carries %s is left alone, and so are its grants',
  async (_kind, listed, put) => {
    const story = await setUp();
    const { applications, servicePrincipals } = heldIn(story.state);
    const [application] = applications;
    const [principal] = servicePrincipals;
    if (!application || !principal) throw new Error('not set up');
    put(story.state, { application, principal });
    const { granted } = heldIn(story.state);
    const { failure } = await removal(story);
    expect(failure).toMatchObject({ code: 'TA-NOT-OURS', message: expect.stringMatching(listed) });
    expect(writes(story)).toEqual([]);
    expect(heldIn(story.state).granted).toEqual(granted);
  },
);

function grant(state: State, principalId: string, permission: string): void {
  const graph = state.servicePrincipals.find(({ appId }) => appId === graphClientId);
  const then = lastWeek(state);
  addGrant(then, { principalId, resourceId: graph?.id ?? '', appRoleId: appRoleId(permission) });
}

test.each([501, 403])('what answers %i is said not to be visible, and stops nothing', async (status) => {
  const story = await setUp();
  const answer = {
    kind: 'status',
    status,
    body: { error: { code: 'NotImplemented', message: 'no' } },
  } as const;
  story.state.faults.rules.push({ path: /\/memberOf/, answer });
  const { failure, done } = await removal(story);
  expect(failure).toBeUndefined();
  const said = done?.prepared.findings.map(({ what }) => String(what)).join('\n');
  expect(said).toContain('that name it, which groups and directory roles it is a member of.');
});

test('what is tied to the application while the name is entered ends the removal', async () => {
  const story = await setUp();
  const memberOf = [{ '@odata.type': '#microsoft.graph.group', id: 'g', displayName: 'Payroll servers' }];
  const askName = async () => {
    Object.assign(heldIn(story.state).servicePrincipals[0] ?? {}, { memberOf });
    return story.customer.name;
  };
  expect((await removal(story, {}, { askName })).failure).toMatchObject({ code: 'TA-ADOPT-CHANGED' });
  expect(writes(story)).toEqual([]);
});

test('the record of another customer of the same tenant, copied here, removes nothing of theirs', async () => {
  const story = await setUp();
  const text = await readFile(story.files.record, 'utf8');
  await writeFile(story.files.record, text.replace('"customer": "Contoso Ltd"', '"customer": "Fabrikam"'));
  const { failure } = await removal(story);
  const message = expect.saying('is of the customer "Fabrikam", not of "Contoso Ltd"');
  expect(failure).toMatchObject({ code: 'TA-NOT-OURS', message });
  expect(writes(story)).toEqual([]);
});
