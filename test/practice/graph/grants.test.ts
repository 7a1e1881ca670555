import { expect, test } from 'vitest';
import { createApplication } from '../../../src/practice/graph/application-store.ts';
import { softDelete } from '../../../src/practice/graph/deletion.ts';
import {
  addGrant,
  findGrant,
  grantsHeldBy,
  grantsTo,
  removeGrant,
} from '../../../src/practice/graph/grants.ts';
import { createServicePrincipal } from '../../../src/practice/graph/service-principal-store.ts';
import { seedState } from '../../../src/practice/seed.ts';
import { fakeClock } from '../../support/fake-clock.ts';

const appRoleId = '00000000-0000-4000-a000-000000000001';

/** A tenant with a principal and two resources that offer a role of the same id. */
function tenant() {
  const state = seedState({ clock: fakeClock() });
  const [principal, one, other] = ['Principal', 'One', 'Other'].map((displayName) =>
    createServicePrincipal(state, createApplication(state, { displayName }, undefined)),
  );
  if (!principal || !one || !other) throw new Error('Three were made.');
  return { state, principal, one, other };
}

test('granting twice leaves one grant', () => {
  const { state, principal, one } = tenant();
  const grant = { principalId: principal.id, resourceId: one.id, appRoleId };
  expect(addGrant(state, grant)).toBe(addGrant(state, grant));
  expect(grantsHeldBy(state, principal.id)).toHaveLength(1);
});

test('a role of one resource is not the role of another', () => {
  const { state, principal, one, other } = tenant();
  const [first, second] = [one, other].map(({ id }) =>
    addGrant(state, { principalId: principal.id, resourceId: id, appRoleId }),
  );
  expect(findGrant(state, { principalId: principal.id, resourceId: other.id, appRoleId })).toBe(second);
  removeGrant(state, String(first?.id));
  expect(grantsHeldBy(state, principal.id)).toEqual([second]);
});

test('a resource no longer shows the grants of a deleted principal', () => {
  const { state, principal, one } = tenant();
  addGrant(state, { principalId: principal.id, resourceId: one.id, appRoleId });
  expect(grantsTo(state, one.id)).toHaveLength(1);
  softDelete(state, principal);
  expect(grantsTo(state, one.id)).toEqual([]);
});
