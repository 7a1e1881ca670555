import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { Customer } from '../../../src/core/customer/customer.ts';
import { openIntents } from '../../../src/core/customer/journal.ts';
import { defaultPermissions } from '../../../src/core/customer/permissions.ts';
import { standingOf } from '../../../src/core/customer/standing.ts';
import { exists } from '../../../src/core/files/target.ts';
import { createApplication } from '../../../src/practice/graph/application-store.ts';
import { contosoCustomer } from '../../support/contoso-customer.ts';
import { personNamed } from '../../support/graph-caller.ts';
import { heldIn } from '../../support/invariants.ts';
import { type Onboarding, onboarding } from '../../support/onboarding.ts';
import { lastWeek, plant, sendRecord } from '../../support/planted-app.ts';
import { expectRemoved, removal } from '../../support/removing.ts';

const writes = (story: Onboarding): string[] =>
  story.requests().filter((line) => !/^ *GET |^POST \/v1\.0\/\$batch$/.test(line));

async function setUp(
  options: Parameters<typeof onboarding>[0] = {},
  customer: object = contosoCustomer,
): Promise<Onboarding> {
  const story = await onboarding(options);
  story.customer = Customer.parse(customer);
  expect((await story.run({ signIn: story.signInOnce })).failure).toBeUndefined();
  story.clock.advance(60_000);
  story.requests();
  return story;
}

test('removes grants, service principal and application, in this order, and nothing else', async () => {
  const story = await setUp();
  const other = createApplication(
    lastWeek(story.state),
    { displayName: 'Payroll' },
    personNamed(story.state, 'uwe').id,
  );
  const before = await story.record();
  const { done, failure } = await removal(story);
  expect(failure).toBeUndefined();
  expect(done?.prepared.plan.changes.map(({ kind }) => kind)).toEqual([
    'remove-grants',
    'delete-service-principal',
    'delete-application',
  ]);
  expect(
    writes(story).map((line) => line.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|Assignments\/.*/g, '')),
  ).toEqual([
    ...Array(4).fill('  DELETE /v1.0/servicePrincipals//appRole'),
    '  DELETE /v1.0/servicePrincipals/',
    '  DELETE /v1.0/applications/',
  ]);
  await expectRemoved(story);
  expect(other.deletedAt).toBeUndefined();
  const record = await story.record();
  expect(record.removal).toMatchObject({
    application: before.application,
    servicePrincipal: before.servicePrincipal,
  });
  expect(openIntents(record)).toEqual([]);
  expect(standingOf({ customer: story.customer, record }, story.clock.now()).status).toBe('removed');
  expect(done?.restorableUntil?.slice(0, 10)).toBe(dayAfter(story, 30));
  expect(await exists(story.files.preferences)).toBe(true);
});

const dayAfter = ({ clock }: Onboarding, days: number): string =>
  new Date(clock.now() + days * 86_400_000).toISOString().slice(0, 10);

test('a second removal finds nothing to do, and asks for no name', async () => {
  const story = await setUp();
  await removal(story);
  story.clock.advance(60_000);
  story.requests();
  const again = await removal(story, {}, { askName: async () => 'never asked' });
  expect(again.failure).toBeUndefined();
  expect(again.done?.prepared.plan.changes).toEqual([]);
  expect(writes(story)).toEqual([]);
});

test('a set-up afterwards restores the application, or registers a new one', async () => {
  const story = await setUp();
  const { application } = await story.record();
  await removal(story);
  story.clock.advance(60_000);
  const { failure } = await story.run({ askAboutDeleted: async () => 'restore' });
  expect(failure).toBeUndefined();
  const restored = await story.record();
  expect(restored.application?.clientId).toBe(application?.clientId);
  expect(restored.removal).toBeUndefined();

  await removal(story);
  story.clock.advance(60_000);
  expect((await story.run()).failure).toBeUndefined();
  const renewed = await story.record();
  expect(renewed.application?.clientId).not.toBe(application?.clientId);
  expect(renewed.removal).toBeUndefined();
});

test('nothing is removed unless the name of the customer is entered', async () => {
  const story = await setUp();
  expect((await removal(story, {}, { askName: async () => 'Fabrikam' })).failure).toMatchObject({
    code: 'TA-OTHER-NAME',
    exitCode: 3,
  });
  expect((await removal(story, {}, { askName: async () => undefined })).failure).toMatchObject({
    code: 'TA-CANCELLED',
  });
  expect(writes(story)).toEqual([]);
  expect((await story.record()).removal).toBeUndefined();
});

test('what comes onto the application while the name is entered ends the removal', async () => {
  const story = await setUp();
  const { failure } = await removal(
    story,
    {},
    {
      askName: async () => {
        heldIn(story.state).applications[0]?.owners.push(personNamed(story.state, 'uwe').id);
        return story.customer.name;
      },
    },
  );
  expect(failure).toMatchObject({ code: 'TA-ADOPT-CHANGED' });
  expect(writes(story)).toEqual([]);
});

test('a permission of the record is ours, though the customer file names it no more', async () => {
  const app = { permissions: [...defaultPermissions.map(({ value }) => value), 'Calendars.Read'] };
  const story = await setUp({}, { ...contosoCustomer, app });
  story.customer = Customer.parse(contosoCustomer);
  expect((await removal(story)).failure).toBeUndefined();
  await expectRemoved(story);
});

test('a record that was sent along removes no application that this tool did not name', async () => {
  const story = await onboarding();
  const planted = plant(story);
  Object.assign(planted.application.graph, { uniqueName: 'payroll' });
  await sendRecord(story, planted);
  const text = await readFile(story.files.record, 'utf8');
  await writeFile(story.files.record, text.replaceAll('ta-exchange-setup-planted', 'payroll'));
  expect((await removal(story)).failure).toMatchObject({ code: 'TA-NOT-OURS' });
  expect(writes(story)).toEqual([]);
});

test('without a record there is nothing of ours', async () => {
  const story = await onboarding();
  expect((await removal(story)).failure).toMatchObject({ code: 'TA-NOTHING-TO-REMOVE', exitCode: 3 });
});

test('for good: application and service principal are gone from the deleted ones too', async () => {
  const story = await setUp();
  const { done, failure } = await removal(story, { purge: true });
  expect(failure).toBeUndefined();
  expect(done?.restorableUntil).toBeUndefined();
  const clientId = done?.record.removal?.application.clientId;
  const left = [...story.state.applications, ...story.state.servicePrincipals];
  expect(left.filter(({ appId }) => appId === clientId)).toEqual([]);
  expect(done?.record.removal?.permanent).toBe(true);
  await expectRemoved(story);
});

test('for good, later: the removal of an earlier run is completed', async () => {
  const story = await setUp();
  await removal(story);
  story.clock.advance(86_400_000);
  const declined = await removal(story, { purge: true }, { confirmPurge: async () => false });
  expect(declined.done?.restorableUntil).toBeDefined();
  const { done } = await removal(story, { purge: true });
  expect(done?.record.removal?.permanent).toBe(true);
  const clientId = done?.record.removal?.application.clientId;
  expect(story.state.applications.filter(({ appId }) => appId === clientId)).toEqual([]);
});

test('an Application Administrator is enough: what is granted ends with the service principal', async () => {
  const story = await onboarding();
  await story.run();
  story.clock.advance(60_000);
  personNamed(story.state, 'grace').roles = [...personNamed(story.state, 'anton').roles];
  const { failure, done } = await removal(story);
  expect(failure).toBeUndefined();
  expect(done?.prepared.plan.changes.map(({ kind }) => kind)).toEqual([
    'delete-service-principal',
    'delete-application',
  ]);
  await expectRemoved(story);
});
