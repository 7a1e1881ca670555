import { expect, test } from 'vitest';
import { customerName, preferencesName } from '../support/customer-folder.ts';
import { servedPractice, whatIsLeft } from '../support/served-practice.ts';

const nothing = { applications: 0, servicePrincipals: 0, secrets: 0, grants: 0 };

test('remove says what it will do, does it for the right name alone, and says what remains', async () => {
  await using practice = await servedPractice();
  await practice.onboard();
  const wrong = await practice.cli('remove', customerName, '--confirm', 'Fabrikam');
  expect(wrong.code).toBe(3);
  expect(wrong.stderr).toContain('TA-OTHER-NAME');
  expect(whatIsLeft(practice.state).applications).toBe(1);

  const { code, stdout } = await practice.cli('remove', customerName, '--confirm', ' Contoso Ltd ');
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /no one else added anything to it[\s\S]*1\. Remove the permissions of the application/,
  );
  expect(stdout).toMatch(/can be restored until 2026-12-\d\d.*--deleted restore/);
  expect(stdout).toContain(`The preferences file ${preferencesName} stays`);
  expect(whatIsLeft(practice.state)).toMatchObject(nothing);

  const back = await practice.onboard('--deleted', 'restore');
  expect(back.code).toBe(0);
  expect(whatIsLeft(practice.state).applications).toBe(1);
});

test('remove --delete-copy says beforehand what becomes of the copy in the vault, and afterwards how it comes back', async () => {
  await using practice = await servedPractice();
  await practice.onboard();
  const place = ['--resource-group', 'contoso-it', '--location', 'westeurope', '--yes'];
  expect((await practice.cli('escrow', customerName, ...place)).code).toBe(0);
  const flags = ['--confirm', 'Contoso Ltd', '--delete-copy'];
  const { code, stdout } = await practice.cli('remove', customerName, ...flags);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /copy of the client secret in the customer's Key Vault is deleted[\s\S]*Remove the permissions/,
  );
  expect(stdout).toContain('Copy of the client secret in the Key Vault deleted');
  expect(stdout).toMatch(/The vault keeps it until 2027-\d\d-\d\d\./);
  expect(stdout).toContain('az keyvault secret recover --id https://');
  expect(practice.state.azure.vaults.flatMap(({ secrets }) => secrets)).toEqual([]);
});

test('without a terminal the name has to be on the command line', async () => {
  await using practice = await servedPractice();
  const { code, stderr } = await practice.cli('remove', customerName);
  expect(code).toBe(3);
  expect(stderr).toContain('--confirm');
});

test('remove --purge --delete-preferences --json leaves nothing, and says so as a document', async () => {
  await using practice = await servedPractice();
  await practice.onboard();
  const flags = ['--confirm', 'Contoso Ltd', '--purge', '--delete-preferences', '--json'];
  const { code, stdout } = await practice.cli('remove', customerName, ...flags);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    restorableUntil: null,
    record: { removal: { permanent: true } },
    plan: { changes: [{ kind: 'remove-grants' }, {}, {}, { kind: 'delete-preferences' }] },
    remains: expect.arrayContaining([expect.stringContaining('cannot be restored')]),
  });
  expect(await practice.folder.names()).not.toContain(preferencesName);
  expect(practice.state.applications.filter(({ graph }) => graph.uniqueName)).toEqual([]);
});

test('after a purge nothing is said of what a restored application would bring back', async () => {
  await using practice = await servedPractice();
  await practice.onboard();
  const { stdout } = await practice.cli('remove', customerName, '--confirm', 'Contoso Ltd', '--purge');
  expect(stdout).toContain(
    `The preferences file ${preferencesName} stays. Its client secret never works again.`,
  );
  expect(stdout).not.toMatch(/works again if|find the application again|can be restored/);
  expect(stdout).toContain(
    'It is then deleted permanently, if you agree to that. No one can restore it afterwards.',
  );
});

test('a customer that was never set up has nothing to remove', async () => {
  await using practice = await servedPractice();
  const { code, stderr } = await practice.cli('remove', customerName, '--confirm', 'Contoso Ltd');
  expect(code).toBe(3);
  expect(stderr).toContain('TA-NOTHING-TO-REMOVE');
});
