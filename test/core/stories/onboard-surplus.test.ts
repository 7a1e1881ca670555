import { expect, test } from 'vitest';
import { addGrant } from '../../../src/practice/graph/grants.ts';
import { graphClientId } from '../../../src/practice/graph-permissions.ts';
import { recordConsent } from '../../../src/practice/login/scopes.ts';
import type { State } from '../../../src/practice/state.ts';
import { grantOnExchange } from '../../support/exchange-admin.ts';
import { appRoleId } from '../../support/graph-caller.ts';
import { expectFinished, heldIn } from '../../support/invariants.ts';
import { onboarding } from '../../support/onboarding.ts';
import { lastWeek, strange } from '../../support/planted-app.ts';

/** A customer who is set up, some minutes later. */
async function settled() {
  const story = await onboarding();
  expect((await story.run()).failure).toBeUndefined();
  story.clock.advance(15 * 60_000);
  const { applications, servicePrincipals } = heldIn(story.state);
  const [application] = applications;
  const [principal] = servicePrincipals;
  if (!application || !principal) throw new Error('nothing was set up');
  return { story, application, principal };
}

test.each(strange)('tells of %s on an application that needs no change', async (_kind, listed, put) => {
  const { story, application, principal } = await settled();
  put(story.state, { application, principal });
  const { done, failure } = await story.run();
  expect(failure).toBeUndefined();
  expect(done?.prepared.plan.changes).toEqual([]);
  expect(done?.prepared.findings).toContainEqual(
    expect.objectContaining({
      id: 'application-surplus',
      level: 'note',
      what: expect.saying(listed),
    }),
  );
});

/** Directory.ReadWrite.All of Graph, and a role of another API. */
function grantMore(state: State, principalId: string): void {
  const graph = state.servicePrincipals.find(({ appId }) => appId === graphClientId);
  const ofGraph = { resourceId: graph?.id ?? '', appRoleId: appRoleId('Directory.ReadWrite.All') };
  addGrant(lastWeek(state), { principalId, ...ofGraph });
  grantOnExchange(state);
}

test('tells of permissions that nobody asked for, on every API, and removes them only if asked to', async () => {
  const { story, principal } = await settled();
  grantMore(story.state, principal.id);
  const { done } = await story.run();
  expect(done?.prepared.plan.changes).toEqual([]);
  expect(done?.prepared.findings).toContainEqual(
    expect.objectContaining({
      id: 'permissions-surplus',
      what: expect.saying(/Directory\.ReadWrite\.All, full_access_as_app on Office 365 Exchange Online/),
    }),
  );
  expect(heldIn(story.state).granted).toHaveLength(6);
  story.removeSurplus = true;
  const removed = await story.run();
  expect(removed.failure).toBeUndefined();
  expect(removed.done?.prepared.plan.changes).toMatchObject([
    { kind: 'remove-grants', surplus: true, grants: { length: 2 } },
  ]);
  await expectFinished(story);
});

test('asks about surplus permissions and removes them only with a yes; nothing is asked where there are none', async () => {
  const { story, principal } = await settled();
  const asked: string[][] = [];
  const answer = (yes: boolean) => ({
    async agreeToRemove(surplus: readonly { readonly permission: string }[]) {
      asked.push(surplus.map(({ permission }) => permission));
      return yes;
    },
  });
  await story.run(answer(true));
  expect(asked).toEqual([]);
  grantMore(story.state, principal.id);
  expect((await story.run(answer(false))).done?.prepared.plan.changes).toEqual([]);
  expect(heldIn(story.state).granted).toHaveLength(6);
  expect((await story.run(answer(true))).done?.prepared.plan.changes).toMatchObject([
    { kind: 'remove-grants', surplus: true, grants: { length: 2 } },
  ]);
  expect(asked).toEqual([
    ['Directory.ReadWrite.All', expect.stringContaining('on Office 365 Exchange Online')],
    ['Directory.ReadWrite.All', expect.stringContaining('on Office 365 Exchange Online')],
  ]);
  await expectFinished(story);
});

test('tells of delegated permissions, and where they cannot be read', async () => {
  const { story, application } = await settled();
  recordConsent(story.state, application.appId, ['Mail.Read']);
  expect((await story.run()).done?.prepared.findings).toContainEqual(
    expect.objectContaining({ id: 'permissions-delegated', what: expect.saying('Mail.Read') }),
  );
  const denied = { error: { code: 'Authorization_RequestDenied', message: 'no' } };
  story.state.faults.rules = [
    { path: /oauth2PermissionGrants/, answer: { kind: 'status', status: 403, body: denied } },
  ];
  expect((await story.run()).done?.prepared.findings).toContainEqual(
    expect.objectContaining({
      id: 'permissions-delegated',
      what: expect.saying('could not be read'),
    }),
  );
});

test('a healthy tenant has no surplus', async () => {
  const { story } = await settled();
  const ids = (await story.run()).done?.prepared.findings.map(({ id }) => id) ?? [];
  expect(ids.filter((id) => /surplus|delegated/.test(id))).toEqual([]);
});
