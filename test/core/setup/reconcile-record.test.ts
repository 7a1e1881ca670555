import { expect, test } from 'vitest';
import { openIntents } from '../../../src/core/customer/journal.ts';
import { CustomerRecord } from '../../../src/core/customer/record.ts';
import { unfinishedSecretOperations } from '../../../src/core/setup/keys.ts';
import { makePlan } from '../../../src/core/setup/plan.ts';
import { reconcileRecord } from '../../../src/core/setup/reconcile-record.ts';
import { contoso, healthy, now, type SnapshotBuilder, secretOf, snapshot } from '../../support/snapshot.ts';

const file = 'contoso.ta-email.json';
const adopt = ({ existing }: SnapshotBuilder) =>
  reconcileRecord(contoso, { existing, plan: makePlan(contoso, existing, now), file, now });

test('leaves a true record as it is', () => {
  const { existing } = healthy().tenant({});
  const { record } = existing;
  expect(adopt(healthy())).toEqual({ ...record, tenant: { ...record.tenant, displayName: 'Contoso' } });
});

test('mends a lost record by looking', () => {
  const { record } = snapshot().existing;
  const lost = healthy();
  const found = adopt({ ...lost, existing: { ...lost.existing, record } });
  const whole = healthy().existing.record;
  expect(found).toMatchObject({
    application: whole.application,
    servicePrincipal: whole.servicePrincipal,
    grants: whole.grants,
    secret: whole.secret,
    preferences: { file, keyId: whole.secret?.keyId },
  });
  expect(CustomerRecord.parse(found)).toEqual(found);
});

test('drops what the tenant does not have any more', () => {
  const gone = healthy().tenant({ application: undefined, servicePrincipal: undefined, grants: [] });
  const found = adopt(gone);
  expect(found).not.toHaveProperty('application');
  expect(found).not.toHaveProperty('servicePrincipal');
  expect(found).not.toHaveProperty('secret');
  expect(found.grants).toEqual([]);
});

test('notes that the file was written where the run died before it could', () => {
  const died = healthy()
    .withJournal(['add-client-secret', 'ta-healthy1', 'intent'])
    .record({ preferences: undefined });
  expect(unfinishedSecretOperations(died.existing.record)).toEqual(['ta-healthy1']);
  expect(unfinishedSecretOperations(adopt(died))).toEqual([]);
});

test('does not take the orphan of another run for written', () => {
  const died = healthy()
    .withApplication({
      secrets: [secretOf({}), secretOf({ keyId: 'o', hint: 'xyz', displayName: 'x (ta-broken22)' })],
    })
    .withJournal(['add-client-secret', 'ta-broken22', 'intent'])
    .record({ preferences: undefined });
  expect(unfinishedSecretOperations(adopt(died))).toEqual(['ta-broken22']);
});

const left = (died: SnapshotBuilder): string[] => openIntents(adopt(died)).map(({ operation }) => operation);

test('gives the intents of a run that died their outcome, as far as it shows', () => {
  const intents = (seen: SnapshotBuilder): SnapshotBuilder =>
    seen.withJournal(
      ['register-application', 'ta-app', 'intent'],
      ['grant-permissions', 'ta-grants', 'intent'],
      ['add-client-secret', 'ta-healthy1', 'intent'],
      ['add-client-secret', 'ta-nowhere', 'intent'],
    );
  expect(left(intents(healthy()))).toEqual([]);
  expect(left(intents(healthy()).tenant({ grants: [] }))).toEqual(['ta-grants']);
  expect(left(intents(snapshot()))).toEqual(['ta-app', 'ta-grants']);
  const journal = adopt(intents(healthy())).journal.filter(({ state }) => state !== 'intent');
  expect(journal.find(({ operation }) => operation === 'ta-nowhere')?.state).toBe('failed');
});

test('a secret that the tenant lists and no file holds stays open until it is removed', () => {
  const secrets = [secretOf({}), secretOf({ keyId: 'o', hint: 'xyz', displayName: 'x (ta-broken22)' })];
  const died = healthy()
    .withApplication({ secrets })
    .withJournal(['add-client-secret', 'ta-broken22', 'intent']);
  expect(left(died)).toEqual(['ta-broken22']);
});
