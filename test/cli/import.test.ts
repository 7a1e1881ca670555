import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withLock } from '../../src/core/customer/lock.ts';
import { formats } from '../../src/core/preferences/formats/formats.ts';
import {
  inClear,
  oldFileOf,
  readPreferences,
  writePreferences,
} from '../../src/core/preferences/preferences-file.ts';
import { Secret } from '../../src/core/secret.ts';
import { makeAgeKey } from '../support/age-tool.ts';
import { blankRecord } from '../support/blank-record.ts';
import { contoso } from '../support/customer-folder.ts';
import { gitRepository } from '../support/git-repository.ts';
import { preferencesWith } from '../support/preferences.ts';
import { runCli } from '../support/run-cli.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** The commands that are printed, as an installed program prints them. */
const asInstalled = (text: string): string => text.replaceAll(/node \S+cli\.js/g, 'ta-exchange');

/** A folder with a customer, its record and the preferences as JSON. */
async function folderWith(fromName?: string): Promise<string> {
  const folder = await tempFolder();
  await writeFile(join(folder, 'contoso.ta-customer.json'), JSON.stringify(contoso));
  await writeFile(join(folder, 'contoso.ta-record.json'), JSON.stringify(blankRecord()));
  await writeFile(
    join(folder, 'a.json'),
    formats.json.write(inClear(preferencesWith(fromName === undefined ? {} : { fromName }))),
  );
  return folder;
}

test('writes the preferences file where nothing differs from the customer', async () => {
  const cwd = await folderWith();
  const args = ['import', 'a.json', '--customer', 'contoso.ta-customer.json', '--out', 'new.ta-email.json'];
  const { code, stdout } = await runCli(args, { cwd });
  expect(asInstalled(stdout)).toBe(`  ✔ What could be compared is the same as what Contoso Ltd should have.
     Not compared: Client ID, Client Secret (nothing recorded yet)
  ✔ Written: new.ta-email.json (contains the secret; readable only by you)

Next
  The secret is not proved yet. Prove it: ta-exchange send new.ta-email.json --to ta@contoso.com
`);
  expect(code).toBe(0);
  expect(inClear(await readPreferences(join(cwd, 'new.ta-email.json')))).toEqual(inClear(preferencesWith()));
});

test('shows what differs, writes nothing, and ends with exit code 2', async () => {
  const cwd = await folderWith('Fabrikam');
  const args = ['import', 'a.json', '--customer', 'contoso.ta-customer.json', '--out', 'new.ta-email.json'];
  const { code, stdout } = await runCli(args, { cwd });
  expect(stdout).toContain('From name\n     expected Contoso Time & Attendance\n     found    Fabrikam\n');
  expect(stdout).toContain('One field differs from what Contoso Ltd should have. Nothing was written');
  expect(code).toBe(2);
  expect(await readdir(cwd)).not.toContain('new.ta-email.json');
});

test('never takes endpoints from a file: it shows them with what is expected', async () => {
  const cwd = await folderWith();
  const evil = (await readFile(join(cwd, 'a.json'), 'utf8')).replace('/{TenantId}/', '/contoso.com/');
  await writeFile(join(cwd, 'a.json'), evil);
  const { code, stdout } = await runCli(['import', 'a.json', '--json', '--out', 'new.ta-email.json'], {
    cwd,
  });
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toEqual({
    notCompared: [{ label: 'Connection', why: 'no customer file given' }],
    notes: [],
    written: null,
    kept: null,
    unchanged: false,
    differences: [
      {
        label: 'Token Endpoint',
        expected: 'https://login.microsoftonline.com/{TenantId}/oauth2/v2.0/token',
        found: 'https://login.microsoftonline.com/contoso.com/oauth2/v2.0/token',
        fault: '{TenantId} is already filled in; T&A fills it in itself',
      },
    ],
  });
});

test("compares T&A's screen as text, and asks for what is hidden there before it writes", async () => {
  const cwd = await folderWith();
  const { tenantId, clientId } = preferencesWith().connection;
  const screen = `Email component: EXCH\nTenant ID: ${tenantId}\nClient ID: ${clientId}\nFrom name: Contoso Time & Attendance\nFrom email address: ta@contoso.com\nClient Secret: ********\n`;
  await writeFile(join(cwd, 'screen.txt'), screen);
  const compare = ['import', 'screen.txt', '--customer', 'contoso.ta-customer.json'];
  const [compared, asked, cloudless] = await Promise.all([
    runCli(compare, { cwd }),
    runCli([...compare, '--out', 'new.ta-email.json'], { cwd }),
    runCli(['import', 'screen.txt', '--out', 'new.ta-email.json'], { cwd }),
  ]);
  expect(compared).toMatchObject({ code: 0 });
  expect(compared.stdout).toContain(
    'Not compared: Client ID (nothing recorded yet), Client Secret (hidden behind dots), API Endpoints (not in the text)',
  );
  expect(asked).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('Import a file that contains it.'),
  });
  expect(cloudless).toMatchObject({ code: 3, stderr: expect.stringContaining('the cloud is not known') });
  expect(await readdir(cwd)).not.toContain('new.ta-email.json');
});

test('opens an encrypted export with the age key that is given', async () => {
  const cwd = await folderWith();
  const { recipient, identityFile } = await makeAgeKey(join(cwd, 'key.txt'));
  await writePreferences(join(cwd, 'contoso.ta-email.json'), preferencesWith());
  const encrypt = ['--secret', 'encrypt', '--recipient', recipient, '--out', 'sent.json'];
  expect(
    await runCli(['export', 'contoso.ta-email.json', '--format', 'json', ...encrypt], { cwd }),
  ).toMatchObject({
    code: 0,
  });
  const compare = ['--customer', 'contoso.ta-customer.json', '--json'];
  const opened = await runCli(['import', 'sent.json.age', ...compare, '--identity', identityFile], { cwd });
  expect(JSON.parse(opened.stdout)).toMatchObject({ differences: [], written: null });
  const closed = await runCli(['import', 'sent.json.age', ...compare], { cwd });
  expect(closed).toMatchObject({ code: 3, stderr: expect.stringContaining('--identity FILE') });
});

const withCustomer = ['--customer', 'contoso.ta-customer.json'];

test('keeps the file that was there, and says that the new one is not proved yet', async () => {
  const cwd = await folderWith();
  const old = preferencesWith({ clientSecret: new Secret('Old8Q~0123456789012345678901234567890123') });
  await writePreferences(join(cwd, 'contoso.ta-email.json'), old);
  const args = ['import', 'a.json', ...withCustomer, '--out', 'contoso.ta-email.json'];
  const first = await runCli(args, { cwd });
  expect(
    asInstalled(first.stdout),
  ).toContain(`  ✔ Written: contoso.ta-email.json (contains the secret; readable only by you)
     The previous file is kept as contoso.before.ta-email.json, which contains its secret.

Next
  The secret is not proved yet. Prove it: ta-exchange send contoso.ta-email.json --to ta@contoso.com
  Enter it in T&A, press Test, and then remove contoso.before.ta-email.json.
`);
  expect(inClear(await readPreferences(join(cwd, 'contoso.before.ta-email.json')))).toEqual(inClear(old));
  const again = await runCli(args, { cwd });
  expect(again.stdout).toContain('  ✔ contoso.ta-email.json holds just this already. Nothing was written.\n');
  const asJson = await runCli([...args, '--json'], { cwd });
  expect(JSON.parse(asJson.stdout)).toMatchObject({ written: null, kept: null, unchanged: true });
  await writePreferences(join(cwd, 'contoso.ta-email.json'), preferencesWith({ fromName: 'Changed' }));
  const third = await runCli([...args, '--json'], { cwd });
  expect(JSON.parse(third.stdout)).toMatchObject({
    written: 'contoso.ta-email.json',
    kept: 'contoso.before.ta-email.json',
    unchanged: false,
  });
  expect(inClear(await readPreferences(join(cwd, 'contoso.before.ta-email.json')))).toEqual(inClear(old));
});

test('where another secret is kept already, an import replaces none that is in no other file', async () => {
  const cwd = await folderWith();
  const path = join(cwd, 'contoso.ta-email.json');
  const old = oldFileOf(path);
  const secret = (first: string) => new Secret(`${first}8Q~0123456789012345678901234567890123`);
  await writePreferences(path, preferencesWith({ clientSecret: secret('Now') }));
  await writePreferences(old, preferencesWith({ clientSecret: secret('Old') }));
  const args = ['import', 'a.json', ...withCustomer, '--out', 'contoso.ta-email.json'];
  const { code, stderr } = await runCli(args, { cwd });
  expect([code, stderr]).toEqual([1, expect.stringContaining('TA-OLD-FILE')]);
  expect((await readPreferences(path)).connection.clientSecret.hint).toBe('Now');
  await rm(old);
  expect(await runCli(args, { cwd })).toMatchObject({ code: 0 });
  expect((await readPreferences(old)).connection.clientSecret.hint).toBe('Now');
});

test('where git would take the kept file along nothing is written', async () => {
  const root = await gitRepository();
  await writeFile(join(root, '.gitignore'), 'new.json\n');
  await writePreferences(join(root, 'new.json'), preferencesWith({ fromName: 'Old' }));
  await writePreferences(join(root, 'a.json'), preferencesWith());
  const { code, stderr } = await runCli(['import', 'a.json', '--out', 'new.json'], { cwd: root });
  expect(stderr).toContain('new.before.json would contain a secret');
  expect(code).toBe(3);
  expect((await readPreferences(join(root, 'new.json'))).connection.fromName).toBe('Old');
});

test('a tab alone can be compared, but makes no preferences file', async () => {
  const cwd = await folderWith();
  const { tokenEndpoint } = preferencesWith().apiEndpoints;
  await writeFile(join(cwd, 'tab.txt'), `API Endpoints\nToken Endpoint\t${tokenEndpoint}\n`);
  const compared = await runCli(['import', 'tab.txt', ...withCustomer, '--json'], { cwd });
  expect(compared.code).toBe(0);
  expect(JSON.parse(compared.stdout).notCompared[1]).toEqual({ label: 'Connection', why: 'not in the text' });
  const kept = await runCli(['import', 'tab.txt', ...withCustomer, '--out', 'new.ta-email.json'], { cwd });
  expect(kept.stderr).toContain(
    'The text has no Tenant ID, Client ID, From name, From email address, which a preferences file needs.',
  );
  expect(kept.code).toBe(3);
});

test('says so where nothing at all could be compared', async () => {
  const cwd = await folderWith();
  await writeFile(join(cwd, 'tab.txt'), 'From name: x\n');
  const { stdout } = await runCli(['import', 'tab.txt'], { cwd });
  expect(stdout).toContain('  ! Nothing could be compared.\n');
});

test('names what is odd about a secret where there is none to compare it with', async () => {
  const cwd = await folderWith();
  const clientSecret = new Secret("'Xy8Q~0123456789012345678901234567890123'");
  await writePreferences(join(cwd, 'odd.json'), preferencesWith({ clientSecret }));
  const odd = 'The client secret is in quotation marks. Check that it was copied as Entra shows it.';
  expect((await runCli(['import', 'odd.json'], { cwd })).stdout).toContain(`  ! ${odd}\n`);
  const asJson = await runCli(['import', 'odd.json', '--json'], { cwd });
  expect(JSON.parse(asJson.stdout).notes).toEqual([odd]);
  const secret = { keyId: 'k', hint: "'Xy", displayName: 'd', expiresAt: '2027-05-24T10:00:00Z' };
  await writeFile(join(cwd, 'contoso.ta-record.json'), JSON.stringify({ ...blankRecord(), secret }));
  const known = await runCli(['import', 'odd.json', ...withCustomer, '--json'], { cwd });
  expect(JSON.parse(known.stdout).notes).toEqual([]);
});

test.each([
  ['with its customer file', withCustomer],
  ['alone', []],
])('waits its turn while another run works on the customer, %s', async (_how, flags) => {
  const cwd = await folderWith();
  await writePreferences(join(cwd, 'contoso.ta-email.json'), preferencesWith({ fromName: 'Old' }));
  const args = ['import', 'a.json', ...flags, '--out', 'contoso.ta-email.json'];
  const record = join(cwd, 'contoso.ta-record.json');
  const { code, stderr } = await withLock(record, 'VS Code', () => runCli(args, { cwd }));
  expect(stderr).toContain('TA-BUSY');
  expect(code).toBe(1);
  expect((await readPreferences(join(cwd, 'contoso.ta-email.json'))).connection.fromName).toBe('Old');
});
