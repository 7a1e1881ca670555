import { expect, test } from 'vitest';
import type { Customer } from '../../../src/core/customer/customer.ts';
import { makePlan, partOf, planWithoutLooking } from '../../../src/core/setup/plan.ts';
import {
  contoso,
  healthy,
  now,
  type SnapshotBuilder,
  secretOf,
  snapshot,
  uniqueName,
} from '../../support/snapshot.ts';

const planOf = ({ existing }: SnapshotBuilder, customer: Customer = contoso, at = now) =>
  makePlan(customer, existing, at);
const kindsOf = (...asked: Parameters<typeof planOf>) => planOf(...asked).changes.map(({ kind }) => kind);

const orphan = secretOf({ keyId: 'orphan', hint: 'xyz', displayName: 'secret (ta-broken22)' });
const interrupted = ['add-client-secret', 'ta-broken22', 'intent'] as const;

test('plans everything for a fresh tenant', async () => {
  const text = `${JSON.stringify(planOf(snapshot()), undefined, 2)}\n`;
  await expect(text).toMatchFileSnapshot('../../golden/plan-fresh.json');
});

test('plans nothing for a healthy tenant', () => {
  expect(kindsOf(healthy())).toEqual([]);
});

test('where nobody has looked everything is planned, for the tenant that the record names', () => {
  const tenant = {
    id: '99999999-9999-4999-a999-999999999999',
    displayName: 'Old name',
    domain: 'old.example',
  };
  const {
    record,
    preferencesFile,
    uniqueName: name,
    snapshot: seen,
  } = snapshot().record({ tenant }).existing;
  const known = { record, preferencesFile, uniqueName: name, graph: seen.graph };
  const plan = planWithoutLooking(contoso, known, now);
  expect(plan).toEqual({ ...planOf(snapshot()), tenant });
});

test('names the tenant as it calls itself now', () => {
  const tenant = {
    id: '99999999-9999-4999-a999-999999999999',
    displayName: 'Old name',
    domain: 'old.example',
  };
  const found = planOf(snapshot().record({ tenant })).tenant;
  expect(found).toEqual({ ...tenant, displayName: 'Contoso', domain: 'contoso.com' });
});

test('a part waits for the earlier one that is open, and for none that is done', () => {
  const open = planOf(snapshot());
  expect(partOf(open, 'registration').first).toBeUndefined();
  expect(partOf(open, 'permissions').first).toBe('registration');
  const noSecret = planOf(healthy().withApplication({ secrets: [] }));
  expect(noSecret.changes.map(({ kind }) => kind)).toContain('add-client-secret');
  expect(partOf(noSecret, 'secret').first).toBeUndefined();
});

test('renames the application in place, under the unique name it has', () => {
  const renamed = { ...contoso, app: { ...contoso.app, displayName: 'Zeiterfassung' } };
  expect(planOf(healthy(), renamed).changes).toMatchObject([
    { kind: 'register-application', how: 'update', uniqueName, displayName: 'Zeiterfassung' },
  ]);
});

test('grants only what is missing', () => {
  const { changes } = planOf(healthy().withGrants('Directory.Read.All', 'Mail.Send'));
  expect(changes).toMatchObject([
    {
      kind: 'grant-permissions',
      permissions: [{ value: 'User.Read.All' }, { value: 'Mail.ReadWrite' }],
    },
  ]);
});

test('does not take a grant on another API of the same role id for ours', () => {
  const grants = healthy().existing.snapshot.grants.map((grant) => ({ ...grant, resourceObjectId: 'other' }));
  expect(kindsOf(healthy().tenant({ grants }))).toEqual(['grant-permissions']);
});

test('plans the same whatever roles were seen: the tenant has the last word', () => {
  expect(planOf(snapshot().as('applicationAdministrator')).changes).toEqual(planOf(snapshot()).changes);
  expect(planOf(snapshot().as()).changes).toEqual(planOf(snapshot()).changes);
});

test.each([
  ['too few permissions', { requestedRoleIds: ['7ab1d382-f21e-4acd-a863-ba3e13f7da61'] }],
  ['no permissions', { requestedRoleIds: [] }],
  ['another permission instead', { requestedRoleIds: ['a', 'b', 'c', 'd'] }],
  ['one permission twice', { requestedRoleIds: Array(4).fill('7ab1d382-f21e-4acd-a863-ba3e13f7da61') }],
  ['several tenants as audience', { signInAudience: 'AzureADMultipleOrgs' }],
  ['a name changed in the portal', { displayName: 'Something else' }],
])('puts a registration right that has %s', (_what, change) => {
  expect(kindsOf(healthy().withApplication({ secrets: [secretOf({})], ...change }))).toEqual([
    'register-application',
  ]);
});

test('keeps the requests for other APIs when it updates the registration', () => {
  const otherRequests = [{ resourceAppId: '00000002-0000-0ff1-ce00-000000000000', resourceAccess: [] }];
  const { changes } = planOf(
    healthy().withApplication({ displayName: 'x', otherRequests, secrets: [secretOf({})] }),
  );
  expect(changes).toMatchObject([{ otherRequests }]);
});

test('removes the secret that an interrupted run left, and adds one', () => {
  const left = healthy()
    .withApplication({ secrets: [orphan] })
    .withJournal(interrupted)
    .record({ secret: undefined, preferences: undefined });
  const { changes } = planOf({ ...left, existing: { ...left.existing, preferences: undefined } });
  expect(changes.map(({ kind }) => kind)).toEqual([
    'remove-client-secret',
    'add-client-secret',
    'write-preferences',
  ]);
  expect(changes[0]).toMatchObject({ keyId: 'orphan' });
});

test('removes an orphan beside a working secret and keeps the working one', () => {
  const { changes } = planOf(
    healthy()
      .withApplication({ secrets: [secretOf({}), orphan] })
      .withJournal(interrupted),
  );
  expect(changes).toEqual([
    { kind: 'remove-client-secret', keyId: 'orphan', displayName: 'secret (ta-broken22)' },
  ]);
});

test('leaves secrets alone that it does not know', () => {
  const foreign = secretOf({ keyId: 'foreign', hint: 'fff', displayName: 'made by hand' });
  const kinds = kindsOf(
    healthy()
      .withApplication({ secrets: [secretOf({}), foreign] })
      .withJournal(interrupted),
  );
  expect(kinds).toEqual([]);
});

test('never removes the secret that the file holds, even if the journal does not know that it was written', () => {
  const crashed = healthy()
    .withJournal(['add-client-secret', 'ta-healthy1', 'intent'])
    .record({ preferences: undefined });
  expect(kindsOf(crashed)).toEqual([]);
});

test('plans nothing where only the record was lost', () => {
  const { record } = snapshot().existing;
  const lost = healthy();
  expect(kindsOf({ ...lost, existing: { ...lost.existing, record } })).toEqual([]);
});

test('makes a new secret where the file was lost, and leaves the old one that T&A may use', () => {
  const lost = healthy();
  const kinds = kindsOf({ ...lost, existing: { ...lost.existing, preferences: undefined } });
  expect(kinds).toEqual(['add-client-secret', 'write-preferences']);
});

test('replaces an expired secret', () => {
  const expired = secretOf({ expiresAt: '2026-11-23T22:00:00Z' });
  expect(kindsOf(healthy().withApplication({ secrets: [expired] }))).toEqual([
    'add-client-secret',
    'write-preferences',
  ]);
});

test('replaces a secret that was removed in the portal', () => {
  expect(kindsOf(healthy().withApplication({ secrets: [] }))).toEqual([
    'add-client-secret',
    'write-preferences',
  ]);
});

test('replaces a file of another application', () => {
  const other = healthy().withApplication({ clientId: 'another', secrets: [secretOf({})] });
  expect(kindsOf(other)).toEqual(['add-client-secret', 'write-preferences']);
});

test('replaces a file whose secret is not one of the live ones', () => {
  expect(kindsOf(healthy().withFile('zzz8Q~0123456789abcdefghijklmnopqrstuvwx'))).toEqual([
    'add-client-secret',
    'write-preferences',
  ]);
});

/** Ten minutes is how long the record is believed. */
const justWritten = (minutesAgo: number) => {
  const at = new Date(now - minutesAgo * 60_000).toISOString();
  const { record } = healthy().existing;
  return healthy()
    .withApplication({ secrets: [] })
    .record({
      ...(record.preferences && { preferences: { ...record.preferences, writtenAt: at } }),
      journal: record.journal.map((entry) => ({ ...entry, at })),
    });
};

test('believes the record about a secret that Graph does not list yet', () => {
  expect(kindsOf(justWritten(9))).toEqual([]);
  expect(kindsOf(justWritten(11))).toEqual(['add-client-secret', 'write-preferences']);
});

test('believes it also where the run died before it noted that the file was written', () => {
  expect(kindsOf(justWritten(9).record({ preferences: undefined }))).toEqual([]);
});

test('does not believe the record about a secret that the file does not hold', () => {
  expect(kindsOf(justWritten(1).withFile('zzz8Q~0123456789abcdefghijklmnopqrstuvwx'))).toEqual([
    'add-client-secret',
    'write-preferences',
  ]);
});

test('writes the file again with the same secret where the sender changed', () => {
  const mail = { fromName: 'Payroll', fromAddress: 'payroll@contoso.com' };
  expect(planOf(healthy(), { ...contoso, mail }).changes).toEqual([
    { kind: 'write-preferences', file: 'contoso.ta-email.json' },
  ]);
});

test('asks for the lifetime that the customer file names, in whole seconds and five minutes short', () => {
  const app = { ...contoso.app, secret: { description: 'T&A', lifetimeDays: 90, graceDays: 14 } };
  const { changes } = planOf(snapshot(), { ...contoso, app }, now + 123);
  expect(changes.find(({ kind }) => kind === 'add-client-secret')).toEqual({
    kind: 'add-client-secret',
    description: 'T&A',
    lifetimeDays: 90,
    expiresAt: '2027-02-21T21:55:00Z',
  });
});

test('never shows the secret when it is printed', () => {
  const lost = healthy().withFile('abc8Q~canary-canary-canary', 'Old name');
  expect(JSON.stringify(planOf(lost))).not.toContain('canary');
});
