import { expect, test } from 'vitest';
import type { Graph } from '../../../src/core/cloud/graph.ts';
import { type LookupKeys, look } from '../../../src/core/tenant/snapshot.ts';
import { createApplication } from '../../../src/practice/graph/application-store.ts';
import { findPerson } from '../../../src/practice/people.ts';
import { heldIn } from '../../support/invariants.ts';
import { type Onboarding, onboarding } from '../../support/onboarding.ts';
import { displayName } from '../../support/snapshot.ts';

const where: LookupKeys = {
  uniqueName: undefined,
  adopt: undefined,
  displayName,
  fromAddress: 'ta@contoso.com',
  otherMailbox: undefined,
  recorded: undefined,
  clientId: undefined,
};

/** A tenant after a whole run, some minutes later, and the Graph client of that run. */
async function settled(): Promise<{
  story: Onboarding;
  graph: Graph;
  clientId: string;
  uniqueName: string;
  trips: () => number;
}> {
  const story = await onboarding();
  const { done, failure } = await story.run();
  if (!done) throw failure;
  story.clock.advance(5 * 60_000);
  const { graph } = done.prepared;
  const before = graph.trips();
  return {
    story,
    graph,
    clientId: done.record.application?.clientId ?? '',
    uniqueName: done.record.application?.uniqueName ?? '',
    trips: () => graph.trips() - before,
  };
}

test('sees everything in one trip where the client id is known, in two where it is not', async () => {
  const { story, graph, clientId, uniqueName, trips } = await settled();
  story.requests();
  const known = await look(graph, { ...where, clientId }, undefined);
  expect(trips()).toBe(1);
  const unknown = await look(graph, { ...where, uniqueName }, undefined);
  expect(trips()).toBe(3);
  expect(unknown).toEqual(known);
  expect(story.requests().filter((line) => !/^ {2}GET|^POST \/v1\.0\/\$batch$/.test(line))).toEqual([]);
});

test('knows what is ours, with its secret and grants', async () => {
  const { story, graph, clientId, uniqueName } = await settled();
  const { liveSecrets, servicePrincipals } = heldIn(story.state);
  const found = await look(graph, { ...where, clientId }, undefined);
  expect(found).toMatchObject({
    organization: { id: story.state.organization.id, defaultDomain: 'contoso.com' },
    adminRoles: [{ displayName: 'Global Administrator' }],
    application: { clientId, uniqueName, displayName, signInAudience: 'AzureADMyOrg' },
    servicePrincipal: { objectId: servicePrincipals[0]?.id, enabled: true },
    sender: { userPrincipalName: 'ta@contoso.com', mailbox: 'likely', guest: false },
    registrationOpen: true,
    twins: [],
    deleted: undefined,
  });
  expect(found.application?.secrets).toMatchObject([
    { keyId: liveSecrets[0]?.keyId, hint: liveSecrets[0]?.hint },
  ]);
  expect(found.application?.requestedRoleIds).toHaveLength(4);
  expect(found.grants).toHaveLength(4);
});

test('shows twins, ours never among them', async () => {
  const { story, graph, uniqueName } = await settled();
  const twin = createApplication(story.state, { displayName }, undefined);
  story.clock.advance(60_000);
  expect(
    (await look(graph, { ...where, uniqueName }, undefined)).twins.map(({ clientId }) => clientId),
  ).toEqual([twin.appId]);
});

test.each(["O'Brien & Söhne #1?", '100 % "T&A"', "'; drop", '日本語/勤怠'])(
  'finds names such as %s by their very letters',
  async (name) => {
    const { story, graph } = await settled();
    const other = { displayName: name, uniqueName: `ta-${name}` };
    const made = createApplication(story.state, other, undefined);
    story.clock.advance(60_000);
    const found = await look(graph, { ...where, ...other }, undefined);
    expect(found.application?.clientId).toBe(made.appId);
    expect(found.servicePrincipal).toBeUndefined();
  },
);

test('keeps requests for other APIs apart from those for Microsoft Graph', async () => {
  const { story, graph, clientId } = await settled();
  const exchange = { resourceAppId: '00000002-0000-0ff1-ce00-000000000000', resourceAccess: [] };
  const [application] = heldIn(story.state).applications;
  const requested = application?.graph.requiredResourceAccess;
  if (application && Array.isArray(requested))
    application.graph.requiredResourceAccess = [...requested, exchange];
  const found = await look(graph, { ...where, clientId }, undefined);
  expect(found.application).toMatchObject({ otherRequests: [exchange] });
  expect(found.application?.requestedRoleIds).toHaveLength(4);
});

test('tells an address that is only an alias from one that is missing', async () => {
  const { graph } = await settled();
  const olga = await look(graph, { ...where, fromAddress: 'olga@contoso.com' }, undefined);
  expect(olga.sender).toBeUndefined();
  expect(olga.sendersByMail.map(({ userPrincipalName }) => userPrincipalName)).toEqual([
    'olga@contoso.onmicrosoft.com',
  ]);
  expect(await look(graph, { ...where, fromAddress: 'nobody@contoso.com' }, undefined)).toMatchObject({
    sender: undefined,
    sendersByMail: [],
  });
});

test('finds the account by a second address of its mailbox, and knows all addresses of a sender', async () => {
  const { graph, story } = await settled();
  const ta = findPerson(story.state, 'ta@contoso.com');
  Object.assign(ta?.graph ?? {}, {
    proxyAddresses: ['smtp:Old@contoso.com', 'SMTP:ta@new.example', 'X500:/o=x'],
  });
  const sender = { primaryAddress: 'ta@new.example', addresses: ['old@contoso.com', 'ta@new.example'] };
  expect(await look(graph, where, undefined)).toMatchObject({ sender });
  const byAlias = await look(graph, { ...where, fromAddress: 'old@contoso.com' }, undefined);
  expect(byAlias.sendersByMail).toMatchObject([{ userPrincipalName: 'ta@contoso.com', ...sender }]);
});

test('knows a licensed mailbox, a guest and somebody without a mailbox, and takes no list for a sender', async () => {
  const { graph } = await settled();
  const senderOf = async (fromAddress: string) =>
    (await look(graph, { ...where, fromAddress }, undefined)).sender;
  expect(await senderOf('grace@contoso.com')).toMatchObject({ mailbox: 'yes', guest: false });
  expect(await senderOf('nils@contoso.com')).toMatchObject({ mailbox: 'no' });
  expect(await senderOf('gina_fabrikam.com#EXT#@contoso.onmicrosoft.com')).toMatchObject({ guest: true });
  expect(await senderOf('all-staff@contoso.com')).toBeUndefined();
});

test('sees a service principal that was switched off', async () => {
  const { story, graph, clientId } = await settled();
  const [principal] = heldIn(story.state).servicePrincipals;
  if (principal) principal.graph.accountEnabled = false;
  expect((await look(graph, { ...where, clientId }, undefined)).servicePrincipal?.enabled).toBe(false);
});

test('an admin without a role has no roles, which is not the same as roles that cannot be read', async () => {
  const { story, graph, clientId } = await settled();
  const grace = findPerson(story.state, 'grace@contoso.com');
  if (grace) grace.roles = [];
  expect((await look(graph, { ...where, clientId }, undefined)).adminRoles).toEqual([]);
  story.state.faults.rules = [
    {
      path: /transitiveMemberOf/,
      answer: {
        kind: 'status',
        status: 403,
        body: { error: { code: 'Authorization_RequestDenied', message: 'no' } },
      },
    },
  ];
  expect((await look(graph, { ...where, clientId }, undefined)).adminRoles).toBeUndefined();
});

test('fails with advice where the tenant itself cannot be read', async () => {
  const { story, graph } = await settled();
  story.state.faults.rules = [
    {
      path: /\/organization/,
      answer: {
        kind: 'status',
        status: 403,
        body: { error: { code: 'Authorization_RequestDenied', message: 'no' } },
      },
    },
  ];
  await expect(look(graph, where, undefined)).rejects.toMatchObject({
    code: 'Authorization_RequestDenied',
    message: 'Microsoft Graph refused to look at the tenant (HTTP 403).',
  });
});
