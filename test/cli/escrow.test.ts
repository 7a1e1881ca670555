import { createHash } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { CustomerRecord } from '../../src/core/customer/record.ts';
import { customerName, preferencesName, recordName } from '../support/customer-folder.ts';
import { listen } from '../support/given-secrets.ts';
import { disguisesOf, filesBelow } from '../support/hiding-places.ts';
import { type ServedPractice, servedPractice } from '../support/served-practice.ts';

vi.setConfig({ testTimeout: 240_000 });

const escrow = (practice: ServedPractice, ...args: string[]) =>
  practice.cli('escrow', customerName, '--yes', ...args);

async function recordIn({ folder }: ServedPractice): Promise<CustomerRecord> {
  return CustomerRecord.parse(JSON.parse(await folder.read(recordName)));
}

async function clientSecretIn({ folder }: ServedPractice): Promise<string> {
  return JSON.parse(await folder.read(preferencesName)).connection.clientSecret;
}

test('after an onboarding the secret goes into a vault of the customer, and nowhere else', async () => {
  const { heard, through } = listen();
  await using practice = await servedPractice({ through });
  const { state, folder } = practice;
  expect((await practice.cli('onboard', customerName, '--yes')).code).toBe(0);
  const run = await escrow(practice, '--verbose');
  expect(run.code).toBe(0);
  expect(run.stdout).toContain('Vault          ta-contoso-ltd-');
  expect(run.stdout).toContain('✔ Expiry and content type read back');
  expect(run.stderr).toMatch(/PUT management\.azure\.com\/subscriptions\/\S+Microsoft\.KeyVault\/\S+ 201/);

  const secret = await clientSecretIn(practice);
  const kept = state.azure.vaults[0]?.secrets[0];
  expect(kept?.sha256).toBe(createHash('sha256').update(secret).digest('hex'));
  const record = await recordIn(practice);
  expect(record.escrow).toMatchObject({ keyId: record.secret?.keyId, expiresAt: record.secret?.expiresAt });
  expect(run.stdout).toContain(record.escrow?.uri);

  const { [preferencesName]: _holdsIt, ...others } = await filesBelow(folder.path);
  const written = Object.values({ ...others, stdout: run.stdout, stderr: run.stderr }).join('\n');
  const tokens = heard.flatMap(([field, value]) => (field.endsWith('_token') ? value : []));
  expect(tokens.length).toBeGreaterThan(4);
  const disguises = [secret, ...tokens].flatMap((value) => Object.values(disguisesOf(value)));
  expect(disguises.filter((disguise) => written.includes(disguise))).toEqual([]);

  const again = JSON.parse((await escrow(practice, '--json')).stdout);
  expect(again).toMatchObject({
    wasThere: true,
    escrow: record.escrow,
    place: { group: { name: 'contoso-it' } },
  });
  expect(state.azure.vaults[0]?.secrets).toHaveLength(1);
});

test('a refusal of Azure ends with advice, and the second run, the cause removed, finishes', async () => {
  await using practice = await servedPractice({ scenarios: ['no-azure-rights'] });
  const { state } = practice;
  await practice.cli('onboard', customerName, '--yes');
  const refused = await escrow(practice);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('Azure refused to create the vault (HTTP 403).');
  expect(refused.stderr).toContain('an owner of the Azure subscription');
  for (const id of state.azure.roles.keys()) state.azure.roles.set(id, 'Contributor');
  expect(await escrow(practice)).toMatchObject({ code: 0, stderr: '' });
});

test('where there is a choice and nobody to ask, the names to choose from are said', async () => {
  await using practice = await servedPractice();
  const { azure } = practice.state;
  await practice.cli('onboard', customerName, '--yes');
  azure.subscriptions.push({
    id: '0b4e28ba-2fa1-4d2c-883f-0016d3cca427',
    displayName: 'Second',
    state: 'Enabled',
  });
  const unclear = await escrow(practice);
  expect(unclear.code).toBe(3);
  expect(unclear.stderr).toMatch(
    /Which subscription\? Name it with --subscription; there are: Contoso Azure \(\S+\), Second/,
  );
  const place = ['--resource-group', 'payroll', '--location', 'westeurope', '--vault', 'payroll-keys'];
  expect((await escrow(practice, '--subscription', 'second', ...place)).code).toBe(0);
  expect(azure.vaults).toMatchObject([{ name: 'payroll-keys', group: 'payroll', location: 'westeurope' }]);
});

test('without --yes and without a terminal, and before an onboarding, nothing is asked of Azure', async () => {
  await using practice = await servedPractice();
  const silent = await practice.cli('escrow', customerName);
  expect(silent.code).toBe(3);
  expect(silent.stderr).toContain('Add --yes');
  const early = await escrow(practice);
  expect(early.code).toBe(1);
  expect(early.stderr).toContain('There is no client secret to keep: this customer has no record yet.');
  expect(practice.state.requests).toEqual([]);
});
