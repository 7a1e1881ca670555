import { rm, writeFile } from 'node:fs/promises';
import { expect, test, vi } from 'vitest';
import type { Who } from '../../../src/core/words/failure.ts';
import type { Azure } from '../../../src/practice/arm/azure.ts';
import type { ScenarioName } from '../../../src/practice/scenarios.ts';
import { escrowing } from '../../support/escrowing.ts';

vi.setConfig({ testTimeout: 60_000 });

interface Refused {
  readonly scenario: ScenarioName;
  readonly code: string;
  readonly who: Who;
  readonly cause: string;
  readonly putRight: (azure: Azure) => void;
}

const refused: readonly Refused[] = [
  {
    scenario: 'no-subscription',
    code: 'TA-NO-SUBSCRIPTION',
    who: "the customer's admin",
    cause: 'Most tenants with Microsoft 365 have no Azure subscription',
    putRight: ({ subscriptions, groups }) => {
      const id = groups[0]?.subscriptionId ?? '';
      subscriptions.push({ id, displayName: 'Contoso Azure', state: 'Enabled' });
    },
  },
  {
    scenario: 'no-azure-rights',
    code: 'AuthorizationFailed',
    who: 'an owner of the Azure subscription',
    cause: 'Entra roles, even Global Administrator, give no rights in Azure',
    putRight: ({ roles }) => {
      for (const id of roles.keys()) roles.set(id, 'Contributor');
    },
  },
  {
    scenario: 'vault-name-taken',
    code: 'VaultAlreadyExists',
    who: 'you',
    cause: 'unique in all of Azure',
    putRight: ({ takenVaultNames }) => takenVaultNames.clear(),
  },
  {
    scenario: 'arm-policy-denied',
    code: 'RequestDisallowedByPolicy',
    who: 'an owner of the Azure subscription',
    cause: 'A policy of the customer does not allow this vault',
    putRight: (azure) => {
      azure.vaultsDeniedBy = undefined;
    },
  },
];

test.for(refused)('$scenario: $code, nothing left behind; the cause removed, it finishes', async (row) => {
  const { run, azure, record } = await escrowing([row.scenario]);
  const { failure } = await run();
  expect(failure?.code).toBe(row.code);
  expect(failure?.advice.who).toBe(row.who);
  expect(String(failure?.advice.cause)).toContain(row.cause);
  expect(String(failure?.advice.next).length).toBeGreaterThan(30);
  expect(azure.vaults).toEqual([]);
  expect((await record()).escrow).toBeUndefined();
  row.putRight(azure);
  expect((await run()).failure).toBeUndefined();
  expect(azure.vaults[0]?.secrets).toHaveLength(1);
});

test('a failure half-way says what was created in Azure before it', async () => {
  const { run, state, azure } = await escrowing();
  const answer = { kind: 'status', status: 403, body: { error: { code: 'Forbidden' } } } as const;
  state.faults.rules.push({ method: 'PUT', host: 'management.azure.com', path: /\/secrets\//, answer });
  const { failure } = await run();
  const [vault] = azure.vaults;
  expect(failure?.message).toMatch(
    new RegExp(`Created so far in Azure: the Key Vault ${vault?.name}\\. Run it again to continue\\.$`),
  );
});

test('arm-policy-denied: the policy is named in what Azure said', async () => {
  const { run } = await escrowing(['arm-policy-denied']);
  expect((await run()).failure?.detail).toContain('No Key Vaults outside the platform team');
});

test('a deleted vault that holds the name: recover it or take another name', async () => {
  const { run, azure } = await escrowing();
  azure.deletedVaultNames.add('contoso-keys');
  const { failure } = await run({ vault: 'contoso-keys' });
  expect([failure?.code, failure?.status]).toEqual(['ConflictError', 409]);
  expect(String(failure?.advice.next)).toMatch(
    /Recover it .* or choose another name \(in a terminal: --vault NAME\)/,
  );
});

test('provider-not-registered: it is registered, waited for, and the vault made', async () => {
  const { run, writes, azure, clock } = await escrowing(['provider-not-registered']);
  const waits: number[] = [];
  const before = clock.now();
  const { progress, failure } = await run({}, { onWait: ({ ms }) => void waits.push(ms) });
  expect(failure).toBeUndefined();
  expect(progress).toContain('registered');
  expect(waits.length).toBeGreaterThan(2);
  expect(clock.now() - before).toBeGreaterThan(20_000);
  expect(writes().filter((write) => write.endsWith('/register'))).toHaveLength(1);
  expect(azure.vaults[0]?.secrets).toHaveLength(1);
});

test('a registration that never ends is given up after some minutes', async () => {
  const { run, azure } = await escrowing();
  azure.keyVaultRegisteredAt = Number.POSITIVE_INFINITY;
  expect((await run()).failure?.code).toBe('TA-NOT-REGISTERED');
});

test('an operation that fails inside Azure: its code and words, and nothing recorded', async () => {
  const { run, azure, record } = await escrowing();
  azure.operationsFailWith = { code: 'InternalServerError', message: 'Something broke.' };
  const { failure } = await run();
  expect(failure).toMatchObject({ code: 'InternalServerError', detail: 'Something broke.' });
  expect(failure?.message).toBe('Azure started to create the vault but could not finish.');
  expect((await record()).escrow).toBeUndefined();
  azure.operationsFailWith = undefined;
  expect((await run()).failure).toBeUndefined();
});

test('who says no, or stops while Azure is at it, leaves a failure that says so', async () => {
  const { run, writes, azure, clock } = await escrowing();
  const no = await run({}, { confirm: async () => false });
  expect(no.failure?.code).toBe('TA-CANCELLED');
  expect(writes()).toEqual([]);
  const stop = new AbortController();
  const sleep: typeof clock.sleep = async (ms, signal) => {
    if (azure.vaults.length > 0) stop.abort();
    await clock.sleep(ms, signal);
  };
  const stopped = await run({}, { signal: stop.signal, clock: { now: clock.now, sleep } });
  expect(stopped.failure?.code).toBe('TA-CANCELLED');
  expect(azure.vaults[0]?.secrets).toEqual([]);
});

test('a throttled Azure is waited for', async () => {
  const { run, state } = await escrowing();
  const answer = {
    kind: 'status',
    status: 429,
    headers: { 'Retry-After': '7' },
    body: { error: { code: 'TooManyRequests' } },
  } as const;
  state.faults.rules.push({ host: 'management.azure.com', nth: { first: 1, each: 3 }, answer });
  expect((await run()).failure).toBeUndefined();
});

test('a lost answer to the write of the secret is asked again: one secret, recorded', async () => {
  const { run, state, azure, record } = await escrowing();
  const rule = { method: 'PUT', host: 'management.azure.com', path: /\/secrets\//, nth: 1 } as const;
  state.faults.rules.push({ ...rule, answer: { kind: 'reset-after' } });
  expect((await run()).failure).toBeUndefined();
  expect(azure.vaults[0]?.secrets).toHaveLength(1);
  expect((await record()).escrow?.uri).toContain(azure.vaults[0]?.secrets[0]?.version);
});

test('an answer that sends the poll to another host is not followed', async () => {
  const { run, state, azure } = await escrowing();
  const headers = { 'Azure-AsyncOperation': 'https://evil.example/op', 'Content-Type': 'application/json' };
  const answer = { kind: 'status', status: 202, headers, body: {} } as const;
  state.faults.rules.push({ method: 'PUT', host: 'management.azure.com', path: /\/vaults\//, answer });
  expect((await run()).failure?.code).toBe('TA-UNTRUSTED-HOST');
  expect(azure.vaults).toEqual([]);
});

test('without a secret that belongs to the record nothing is asked of anybody', async () => {
  const { run, files, record, state, clock } = await escrowing();
  const before = await record();
  const save = (change: object) => writeFile(files.record, JSON.stringify({ ...before, ...change }));
  const seen = state.requests.length;
  const messageOf = async () => (await run()).failure?.message;
  await save({ secret: before.secret && { ...before.secret, keyId: 'other' } });
  expect(await messageOf()).toContain('contains another secret');
  // Put into the file by hand.
  await save({ secret: before.secret && { ...before.secret, hint: '0.0' } });
  expect(await messageOf()).toContain('contains another secret');
  await save({
    application: before.application && { ...before.application, clientId: 'other' },
  });
  expect(await messageOf()).toContain('for another app or tenant');
  await save({ secret: undefined });
  expect(await messageOf()).toContain('the record has none');
  await save({ preferences: undefined });
  expect(await messageOf()).toContain('no preferences file');
  await save({});
  clock.advance(200 * 24 * 3_600_000);
  expect(await messageOf()).toContain('it expired on');
  await rm(files.record);
  expect(await messageOf()).toContain('no record yet');
  expect(state.requests.slice(seen).filter(({ host }) => host === 'management.azure.com')).toEqual([]);
});

test('a deleted copy keeps its name in the vault, which is said to whoever keeps the secret again', async () => {
  const story = await escrowing();
  await story.run();
  const [vault] = story.azure.vaults;
  const [secret] = vault?.secrets.splice(0) ?? [];
  if (secret) vault?.deletedSecrets.push({ ...secret, deletedAt: story.clock.now() });
  story.clock.advance(60_000);
  const { failure } = await story.run();
  expect(failure).toMatchObject({ code: 'ConflictError', status: 409 });
  expect(String(failure?.advice.cause)).toContain('A secret with this name was deleted in the vault');
  for (const way of ['Recover or purge it', '--vault NAME'])
    expect(String(failure?.advice.next)).toContain(way);
});
