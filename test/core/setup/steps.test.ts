import { expect, test } from 'vitest';
import { makePlan, partOf } from '../../../src/core/setup/plan.ts';
import { partNames } from '../../../src/core/setup/step.ts';
import { deleteApplication } from '../../../src/core/setup/steps/delete-application.ts';
import { deleteServicePrincipal } from '../../../src/core/setup/steps/delete-service-principal.ts';
import { detailsOf, doingOf, steps, titleOf } from '../../../src/core/setup/steps.ts';
import { graphAnswer } from '../../support/graph-answer.ts';
import { contoso, healthy, now, secretOf, snapshot } from '../../support/snapshot.ts';

const leftover = secretOf({ displayName: 'x (ta-broken22)', hint: 'xyz' });
const interrupted = snapshot()
  .withApplication({ displayName: 'Old name', secrets: [leftover] })
  .withGrants('Mail.Send')
  .withJournal(['add-client-secret', 'ta-broken22', 'intent']);
const oneMailbox = { ...contoso, scope: 'mailbox' as const };
const { changes: first } = makePlan(contoso, snapshot().existing, now);
const { changes: second } = makePlan(oneMailbox, interrupted.existing, now);

test('the order of the list is the order in the tenant: no step shares a trip that is over', () => {
  const trips = steps.map(({ trip }) => (trip === 'file' ? Number.POSITIVE_INFINITY : trip));
  expect(trips).toEqual(trips.toSorted((one, other) => one - other));
  expect(new Set(steps.map(({ kind }) => kind)).size).toBe(steps.length);
});

test('a plan has its changes in the order of the list, and a secret comes last in the tenant', () => {
  const planned = second.map(({ kind }) => kind);
  expect(planned.length).toBeGreaterThan(6);
  expect(planned).toEqual(steps.map(({ kind }) => kind).filter((kind) => planned.includes(kind)));
  expect(steps.findLast(({ trip }) => trip !== 'file')?.kind).toBe('add-client-secret');
});

test.each([
  [204, 'done'],
  [404, 'done'],
  // Good, but not what Graph documents.
  [200, 'failed'],
])('the removal of an application after an answer %i: %s', (status, kind) => {
  const { record } = healthy().existing;
  const answer = graphAnswer(status);
  const application = { kind: 'delete-application', objectId: 'a', clientId: 'b', displayName: 'x' } as const;
  expect(deleteApplication.judge(application, answer, record, 0).kind).toBe(kind);
  const servicePrincipal = { kind: 'delete-service-principal', objectId: 'c' } as const;
  expect(deleteServicePrincipal.judge(servicePrincipal, answer, record, 0).kind).toBe(kind);
});

test('every change has a title, a way to say it inside a sentence, and says what a person should know', () => {
  const told = [...first, ...second].map((change) => `${titleOf(change)} / ${doingOf(change)}`);
  expect([...new Set(told)]).toEqual([
    'Register the application / register the application',
    'Add the service principal / add the service principal',
    'Grant the Graph permissions / grant the Graph permissions',
    'Add a client secret / add a client secret',
    'Write the preferences file / write the preferences file',
    'Update the application / update the application',
    'Remove a secret of an interrupted run / remove a secret of an interrupted run',
    'Remove the grants that open every mailbox / remove the grants that open every mailbox',
  ]);
  expect([...first, ...second].filter((change) => detailsOf(change).length === 0)).toEqual([]);
  expect(makePlan(contoso, healthy().existing, now).changes).toEqual([]);
});

test('the parts of a plan are the whole plan, each after the ones before it, and a secret brings its file', () => {
  const plan = makePlan(oneMailbox, interrupted.existing, now);
  const parts = partNames.map((part) => partOf(plan, part));
  expect(parts.map((part) => part.first)).toEqual([
    undefined,
    'registration',
    'registration',
    'registration',
  ]);
  const kinds = parts.map((part) => part.plan.changes.map(({ kind }) => kind));
  expect(kinds).toEqual([
    ['register-application', 'add-service-principal'],
    ['grant-permissions', 'remove-grants'],
    ['remove-client-secret', 'add-client-secret', 'write-preferences'],
    ['write-preferences'],
  ]);
});
