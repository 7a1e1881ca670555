import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { createApplication } from '../../../src/practice/graph/application-store.ts';
import { softDeleteApplication } from '../../../src/practice/graph/deletion.ts';
import { addGrant } from '../../../src/practice/graph/grants.ts';
import { grantRequestedAccess } from '../../../src/practice/login/requested-access.ts';
import { findPerson } from '../../../src/practice/people.ts';
import { expectFinished, heldIn } from '../../support/invariants.ts';
import { onboarding } from '../../support/onboarding.ts';

const asAnton = { approveAs: 'anton@contoso.com' };

test('stops with a consent link for an Application Administrator, who finishes after the consent', async () => {
  const story = await onboarding(asAnton);
  const { failure } = await story.run();
  const [application] = heldIn(story.state).applications;
  expect(failure).toMatchObject({
    code: 'TA-CONSENT-NEEDED',
    message: expect.stringMatching(/^The permissions are not granted yet\. Created so far: the application/),
    advice: {
      who: 'a Global or Privileged Role Administrator',
      next: expect.saying(
        `https://login.microsoftonline.com/${story.state.organization.id}/adminconsent?client_id=${application?.appId} `,
      ),
    },
  });
  expect(heldIn(story.state).liveSecrets).toEqual([]);
  if (application) grantRequestedAccess(story.state, application);
  story.clock.advance(60_000);
  const second = await story.run();
  expect(second.failure).toBeUndefined();
  expect(second.done?.trips.afterGo).toBe(1);
  await expectFinished(story);
});

test('asks for consent as often as it is run without one, and makes nothing more', async () => {
  const story = await onboarding(asAnton);
  await story.run();
  story.requests();
  expect((await story.run()).failure).toMatchObject({ code: 'TA-CONSENT-NEEDED' });
  // The tenant has the last word, so it is asked each time; no secret is asked for behind the refusal.
  const writes = story.requests().filter((line) => !/GET|\$batch/.test(line));
  expect(new Set(writes.map((line) => line.split('/').at(-1)))).toEqual(new Set(['appRoleAssignedTo']));
  expect(heldIn(story.state).applications).toHaveLength(1);
});

test('takes what somebody else grants between look and apply for granted', async () => {
  const story = await onboarding();
  const { failure } = await story.run({}, (step) => {
    if (step.kind !== 'started' || step.change.kind !== 'grant-permissions') return;
    const { applications, servicePrincipals } = heldIn(story.state);
    for (const application of applications) grantRequestedAccess(story.state, application);
    expect(servicePrincipals).toHaveLength(1);
  });
  expect(failure).toBeUndefined();
  await expectFinished(story);
});

test('a tenant that refuses the grant although the roles look right keeps no secret', async () => {
  const story = await onboarding({ approveAs: 'petra@contoso.com' });
  const petra = findPerson(story.state, 'petra@contoso.com');
  const anton = findPerson(story.state, 'anton@contoso.com');
  petra?.roles.push(...(anton?.roles ?? []));
  const { failure } = await story.run({}, (step) => {
    if (step.kind === 'looked') petra?.roles.shift();
  });
  expect(failure).toMatchObject({
    code: 'TA-CONSENT-NEEDED',
    status: 403,
    detail: expect.stringContaining('Insufficient privileges'),
    message: expect.stringMatching(/Created so far: the application .*, its service principal\. /),
  });
  expect(heldIn(story.state)).toMatchObject({ liveSecrets: [], granted: [] });
});

test('a role-less account may look at a healthy tenant', async () => {
  const story = await onboarding();
  await story.run();
  story.clock.advance(60_000);
  story.state.approveAs = 'rita@contoso.com';
  const { done } = await story.run();
  expect(done?.prepared.plan.changes).toEqual([]);
});

test('never adopts one of 500 applications of the same name', async () => {
  const story = await onboarding();
  for (let made = 0; made < 500; made += 1) {
    createApplication(story.state, { displayName: story.customer.app.displayName }, undefined);
  }
  story.clock.advance(60_000);
  const before = structuredClone(story.state.applications.map(({ graph }) => graph));
  const { done, failure } = await story.run();
  expect(failure).toBeUndefined();
  expect(story.state.applications).toHaveLength(501);
  expect(story.state.applications.slice(0, 500).map(({ graph }) => graph)).toEqual(before);
  const twin = done?.prepared.findings.find(({ id }) => id === 'application-twin');
  expect(String(twin?.what).length).toBeLessThan(400);
  await expectFinished(story);
});

/** In the tenant of the first one, with files of its own. */
async function secondCustomer() {
  const story = await onboarding();
  await story.run();
  const { application, secret } = await story.record();
  const [before] = structuredClone(story.state.applications.map(({ graph }) => graph));
  for (const file of Object.values(story.files)) await rm(file);
  story.customer = { ...story.customer, name: 'Contoso Logistics' };
  story.clock.advance(60_000);
  return { story, first: application?.clientId ?? '', hint: secret?.hint ?? '', before };
}

test('a second customer of one tenant gets an application of its own', async () => {
  const { story, first, before } = await secondCustomer();
  expect((await story.run()).failure).toBeUndefined();
  expect((await story.record()).application?.clientId).not.toBe(first);
  const { applications, liveSecrets, granted } = heldIn(story.state);
  expect(applications).toHaveLength(2);
  expect(applications[0]?.graph).toEqual(before);
  expect(liveSecrets).toHaveLength(2);
  expect(granted).toHaveLength(8);
});

test('who adopts the application of another customer is told of its secret, and nothing is changed before', async () => {
  const { story, first, hint } = await secondCustomer();
  story.adopt = first;
  story.requests();
  const { progress, failure } = await story.run({ confirm: async () => false });
  expect(failure).toMatchObject({ code: 'TA-CANCELLED' });
  expect(progress.findLast(({ kind }) => kind === 'looked')).toMatchObject({
    findings: expect.arrayContaining([expect.objectContaining({ what: expect.saying(hint) })]),
  });
  expect(story.requests().filter((line) => !/^ *GET |\$batch$/.test(line))).toEqual([]);
});

test('notes that the application was deleted, and registers a new one', async () => {
  const story = await onboarding();
  await story.run();
  const [old] = story.state.applications;
  if (old) softDeleteApplication(story.state, old);
  story.clock.advance(60_000);
  const { done, failure } = await story.run();
  expect(failure).toBeUndefined();
  expect(String(done?.prepared.findings.find(({ id }) => id === 'application-deleted')?.what)).toContain(
    old?.appId,
  );
  expect(done?.record.application?.clientId).not.toBe(old?.appId);
  await expectFinished(story);
});

test('is not misled by what a deleted application leaves behind', async () => {
  const story = await onboarding();
  await story.run();
  const [old] = story.state.applications;
  if (old) old.deletedAt = story.clock.now();
  story.clock.advance(60_000);
  expect((await story.run()).failure).toBeUndefined();
  await expectFinished(story);
});

test('grants again what was taken away, and nothing else', async () => {
  const story = await onboarding();
  await story.run();
  story.state.grants.splice(1, 2);
  story.clock.advance(60_000);
  story.requests();
  const { done } = await story.run();
  expect(done?.prepared.plan.changes.map(({ kind }) => kind)).toEqual(['grant-permissions']);
  expect(story.requests().filter((line) => line.includes('appRoleAssignedTo'))).toHaveLength(2);
  await expectFinished(story);
});

test('leaves a grant alone that somebody else added', async () => {
  const story = await onboarding();
  await story.run();
  const [principal] = heldIn(story.state).servicePrincipals;
  const [graph] = story.state.servicePrincipals;
  const directoryReadWrite = '19dbc75e-c2e2-444c-a770-ec69d8559fc7';
  const more = {
    principalId: principal?.id ?? '',
    resourceId: graph?.id ?? '',
    appRoleId: directoryReadWrite,
  };
  addGrant(story.state, more);
  story.clock.advance(60_000);
  expect((await story.run()).done?.prepared.plan.changes).toEqual([]);
  expect(heldIn(story.state).granted).toContain(directoryReadWrite);
});

test('who cancels where nothing is left of an earlier run is not told that something exists', async () => {
  const story = await onboarding(asAnton);
  await story.run();
  const { applications, servicePrincipals } = story.state;
  const ours = new Set(heldIn(story.state).applications.map(({ appId }) => appId));
  const others = servicePrincipals.filter(({ appId }) => !ours.has(appId));
  servicePrincipals.splice(0, servicePrincipals.length, ...others);
  applications.splice(0);
  const { failure } = await story.run({ confirm: async () => false });
  expect(failure).toMatchObject({
    code: 'TA-CANCELLED',
    message:
      'Stopped on request. Nothing was changed. The application of an earlier run was not found in the tenant.',
  });
});
