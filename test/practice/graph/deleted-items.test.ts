import { expect, test } from 'vitest';
import { addGrant } from '../../../src/practice/graph/grants.ts';
import { isOfMicrosoft } from '../../../src/practice/microsoft-graph.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import {
  appRoleId,
  callAs,
  createDirectory,
  itemsOf,
  outcomeOf,
  textOf,
} from '../../support/graph-caller.ts';

/** A directory with one application, its service principal and a grant; the application is deleted. */
async function withDeleted() {
  const directory = await createDirectory();
  const { call, state } = directory;
  const made = await call('POST', '/applications', { displayName: 'T&A', uniqueName: 'ta' });
  const standIn = await call('POST', '/servicePrincipals', { appId: made.body.appId });
  const [graph] = state.servicePrincipals;
  const [id, standInId] = [textOf(made, 'id'), textOf(standIn, 'id')];
  const appRole = appRoleId('Mail.Send');
  addGrant(state, { principalId: standInId, resourceId: String(graph?.id), appRoleId: appRole });
  expect((await call('DELETE', `/applications/${id}`)).status).toBe(204);
  return { ...directory, id, standInId };
}

test('a deleted application is gone with its service principal, and waits among the deleted items', async () => {
  const { call, id, standInId } = await withDeleted();
  expect((await call('GET', `/applications/${id}`)).status).toBe(404);
  expect((await call('GET', `/servicePrincipals/${standInId}`)).status).toBe(404);
  const path = '/directory/deletedItems';
  const list = await call('GET', `${path}/microsoft.graph.application?$filter=displayName eq 'T%26A'`);
  expect(itemsOf(list)).toMatchObject([{ id, deletedDateTime: '2026-11-23T22:00:00Z', uniqueName: 'ta' }]);
  const principals = await call('GET', `${path}/microsoft.graph.servicePrincipal?$select=id`);
  expect(itemsOf(principals)).toEqual([{ id: standInId }]);
  const one = await call('GET', `${path}/${id}`);
  expect(one.body).toMatchObject({ '@odata.type': '#microsoft.graph.application', id });
});

test('restoring brings both back, with the grants', async () => {
  const { call, id, standInId } = await withDeleted();
  const restored = await call('POST', `/directory/deletedItems/${id}/restore`);
  expect(restored.status).toBe(200);
  expect(restored.body).toMatchObject({ id, deletedDateTime: null });
  expect((await call('GET', `/applications/${id}`)).status).toBe(200);
  const grants = await call('GET', `/servicePrincipals/${standInId}/appRoleAssignments`);
  expect(itemsOf(grants)).toHaveLength(1);
  expect((await call('POST', `/directory/deletedItems/${id}/restore`)).status).toBe(404);
});

test('what was deleted together is restored together, however much time the deletion took', async () => {
  const clock = fakeClock();
  const now = (): number => {
    clock.advance(1);
    return clock.now();
  };
  const { call } = await createDirectory({ clock: { ...clock, now } });
  const made = await call('POST', '/applications', { displayName: 'T&A' });
  const standIn = await call('POST', '/servicePrincipals', { appId: made.body.appId });
  await call('DELETE', `/applications/${textOf(made, 'id')}`);
  await call('POST', `/directory/deletedItems/${textOf(made, 'id')}/restore`);
  expect((await call('GET', `/servicePrincipals/${textOf(standIn, 'id')}`)).status).toBe(200);
});

test('purging is for good', async () => {
  const { call, state, id } = await withDeleted();
  expect((await call('DELETE', `/directory/deletedItems/${id}`)).status).toBe(204);
  expect((await call('POST', `/directory/deletedItems/${id}/restore`)).status).toBe(404);
  expect([state.applications, state.grants]).toEqual([[], []]);
  expect(state.servicePrincipals.every(isOfMicrosoft)).toBe(true);
});

test('what was deleted 30 days ago is gone', async () => {
  const { tenant, clock, id } = await withDeleted();
  const listed = async () => {
    const call = await callAs(tenant, 'grace');
    return itemsOf(await call('GET', '/directory/deletedItems/microsoft.graph.application'));
  };
  clock.advance(30 * 86_400_000 - 1);
  expect(await listed()).toMatchObject([{ id }]);
  clock.advance(1);
  expect(await listed()).toEqual([]);
});

test('a deleted application keeps its unique name until it is gone for good', async () => {
  const { call, id } = await withDeleted();
  const again = () => call('POST', '/applications', { displayName: 'T&A', uniqueName: 'ta' });
  expect(outcomeOf(await again())).toBe(
    '400 Request_BadRequest: Another object with the same value for property uniqueName already exists.',
  );
  expect((await call('DELETE', `/directory/deletedItems/${id}`)).status).toBe(204);
  expect((await again()).status).toBe(201);
});

test('what was never deleted is not among the deleted items', async () => {
  const { call } = await createDirectory();
  const made = await call('POST', '/applications', { displayName: 'T&A' });
  expect((await call('GET', `/directory/deletedItems/${made.body.id}`)).status).toBe(404);
  expect((await call('DELETE', `/directory/deletedItems/${made.body.id}`)).status).toBe(404);
});

test('a service principal deleted by itself is restored and purged by itself', async () => {
  const { call, state } = await createDirectory();
  const { body } = await call('POST', '/applications', { displayName: 'T&A' });
  const ids: unknown[] = [];
  for (const _time of [1, 2]) {
    const standIn = await call('POST', '/servicePrincipals', { appId: body.appId });
    ids.push(standIn.body.id);
    await call('DELETE', `/servicePrincipals/${standIn.body.id}`);
  }
  const [first, second] = ids;
  expect((await call('DELETE', `/directory/deletedItems/${first}`)).status).toBe(204);
  expect((await call('POST', `/directory/deletedItems/${second}/restore`)).status).toBe(200);
  expect((await call('GET', `/servicePrincipals/${second}`)).status).toBe(200);
  expect(state.applications).toHaveLength(1);
});

test('a service principal that was deleted before its application stays deleted', async () => {
  const { call, clock } = await createDirectory();
  const made = await call('POST', '/applications', { displayName: 'T&A' });
  const standIn = await call('POST', '/servicePrincipals', { appId: made.body.appId });
  await call('DELETE', `/servicePrincipals/${standIn.body.id}`);
  clock.advance(1000);
  await call('DELETE', `/applications/${made.body.id}`);
  await call('POST', `/directory/deletedItems/${made.body.id}/restore`);
  expect((await call('GET', `/applications/${made.body.id}`)).status).toBe(200);
  expect((await call('GET', `/servicePrincipals/${standIn.body.id}`)).status).toBe(404);
});

test('where an application is restored alone, its service principal is restored by itself', async () => {
  const { call, state, id, standInId } = await withDeleted();
  state.restoresApplicationsAlone = true;
  expect((await call('POST', `/directory/deletedItems/${id}/restore`)).status).toBe(200);
  expect((await call('GET', `/servicePrincipals/${standInId}`)).status).toBe(404);
  expect((await call('POST', `/directory/deletedItems/${standInId}/restore`)).status).toBe(200);
  expect(itemsOf(await call('GET', `/servicePrincipals/${standInId}/appRoleAssignments`))).toHaveLength(1);
});
