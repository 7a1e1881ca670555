import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, test, vi } from 'vitest';
import { readPreferences, writePreferences } from '../../../src/core/preferences/preferences-file.ts';
import { Secret } from '../../../src/core/secret.ts';
import { escrowing } from '../../support/escrowing.ts';
import { disguisesOf, filesBelow } from '../../support/hiding-places.ts';

vi.setConfig({ testTimeout: 60_000 });

test('makes the vault, writes the secret with its expiry, reads the metadata back, records where it is', async () => {
  const { run, azure, record, clientSecret, state, clock } = await escrowing();
  const { kept, failure, progress } = await run();
  expect(failure).toBeUndefined();
  expect(progress).toEqual(['signed in', 'place', 'vault made', 'secret written', 'read back']);
  const [vault] = azure.vaults;
  expect(vault).toMatchObject({
    group: 'contoso-it',
    location: 'germanywestcentral',
    properties: {
      tenantId: state.organization.id,
      enableRbacAuthorization: true,
      enableSoftDelete: true,
      softDeleteRetentionInDays: 90,
    },
  });
  const { secret, escrow: recorded, application, journal } = await record();
  expect(vault?.secrets).toMatchObject([
    {
      name: `ta-exo-client-secret-${application?.clientId}`,
      sha256: createHash('sha256')
        .update(await clientSecret())
        .digest('hex'),
      contentType: 'Entra client secret',
      exp: Math.floor(Date.parse(secret?.expiresAt ?? '') / 1000),
      enabled: true,
      tags: { clientId: application?.clientId, keyId: secret?.keyId },
    },
  ]);
  expect(recorded).toEqual(kept?.escrow);
  expect(recorded).toMatchObject({ keyId: secret?.keyId, expiresAt: secret?.expiresAt });
  expect(recorded?.resourceId).toContain(`/vaults/${vault?.name}/secrets/`);
  expect(recorded?.uri).toContain(vault?.secrets[0]?.version);
  expect(Date.parse(recorded?.writtenAt ?? '')).toBeLessThanOrEqual(clock.now());
  expect(journal.slice(-2)).toMatchObject([
    { step: 'escrow', state: 'intent' },
    { step: 'escrow', state: 'done' },
  ]);
});

test('a vault whose making is an operation of its own is waited for too', async () => {
  const { run, azure } = await escrowing();
  azure.vaultsAnswer = 'operation';
  expect((await run()).failure).toBeUndefined();
  expect(azure.vaults[0]?.secrets).toHaveLength(1);
});

test('a second run writes nothing and asks nobody', async () => {
  const { run, writes } = await escrowing();
  await run();
  const before = writes();
  const again = await run({}, { confirm: () => Promise.reject(new Error('nobody is to be asked')) });
  expect(again.kept?.wasThere).toBe(true);
  expect(writes()).toEqual(before);
});

test('what somebody changed in the vault is put right', async () => {
  const { run, azure } = await escrowing();
  await run();
  const [vault] = azure.vaults;
  vault?.secrets.splice(0, 1, ...vault.secrets.map((secret) => ({ ...secret, enabled: false })));
  expect((await run()).kept?.wasThere).toBe(false);
  expect(vault?.secrets).toMatchObject([{ enabled: true }]);
});

test('a newer secret goes to the same place', async () => {
  const { run, azure, files, record, state } = await escrowing();
  await run({ vault: 'contoso-keys' });
  const preferences = await readPreferences(files.preferences);
  const connection = { ...preferences.connection, clientSecret: new Secret('rotated~secret') };
  await writePreferences(files.preferences, { ...preferences, connection });
  const before = await record();
  const secret = { keyId: 'new-key', hint: 'rot', displayName: 'x', expiresAt: '2027-11-01T00:00:00Z' };
  const written = before.preferences && { ...before.preferences, keyId: 'new-key' };
  await writeFile(files.record, JSON.stringify({ ...before, secret, preferences: written }));
  expect((await run()).kept?.wasThere).toBe(false);
  expect((await record()).escrow).toMatchObject({ keyId: 'new-key', expiresAt: '2027-11-01T00:00:00Z' });
  expect(azure.vaults).toHaveLength(1);
  const sha256 = createHash('sha256').update('rotated~secret').digest('hex');
  expect(azure.vaults[0]?.secrets).toMatchObject([{ sha256, tags: { keyId: 'new-key' } }]);
  expect(state.azure.vaults[0]?.name).toBe('contoso-keys');
});

test('the secret is in no file but the preferences, in no disguise', async () => {
  const { run, clientSecret, files } = await escrowing();
  await run();
  const disguises = Object.values(disguisesOf(await clientSecret()));
  const found = Object.entries(await filesBelow(dirname(files.record)))
    .filter(([, text]) => disguises.some((disguise) => text.includes(disguise)))
    .map(([name]) => name);
  expect(found).toEqual(['contoso.ta-email.json']);
  expect(await readFile(files.record, 'utf8')).toContain('vault.azure.net');
});

test('a vault that belongs to another tenant gets no secret', async () => {
  const { run, azure, writes } = await escrowing();
  await run();
  const [vault] = azure.vaults;
  vault?.secrets.splice(0);
  const tenantId = '99999999-9999-4999-a999-999999999999';
  Object.assign(vault?.properties ?? {}, { tenantId });
  const before = writes();
  const { failure } = await run();
  expect(failure).toMatchObject({
    code: 'TA-VAULT-OF-OTHER-TENANT',
    message: expect.stringContaining(tenantId),
  });
  expect(writes()).toEqual(before);
});
