import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formats } from '../../src/core/preferences/formats/formats.ts';
import { inClear, readPreferences, writePreferences } from '../../src/core/preferences/preferences-file.ts';
import { makeAgeKey, needAge } from '../support/age-tool.ts';
import { blankRecord } from '../support/blank-record.ts';
import { contoso } from '../support/customer-folder.ts';
import { preferencesWith } from '../support/preferences.ts';
import { runCli } from '../support/run-cli.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** A folder with a customer, its record and the preferences as INI. */
async function folderWith(fromName?: string): Promise<string> {
  const folder = await tempFolder();
  const { write } = await formats.ini.load();
  await writeFile(join(folder, 'contoso.ta-customer.json'), JSON.stringify(contoso));
  await writeFile(join(folder, 'contoso.ta-record.json'), JSON.stringify(blankRecord()));
  await writeFile(
    join(folder, 'a.ini'),
    write(inClear(preferencesWith(fromName === undefined ? {} : { fromName }))),
  );
  return folder;
}

test('writes the preferences file where nothing differs from the customer', async () => {
  const cwd = await folderWith();
  const args = ['import', 'a.ini', '--customer', 'contoso.ta-customer.json', '--out', 'new.ta-email.json'];
  const { code, stdout } = await runCli(args, { cwd });
  expect(stdout).toContain('The same as what Contoso Ltd should have.');
  expect(code).toBe(0);
  expect(inClear(await readPreferences(join(cwd, 'new.ta-email.json')))).toEqual(inClear(preferencesWith()));
});

test('shows what differs, writes nothing, and ends with exit code 2', async () => {
  const cwd = await folderWith('Fabrikam');
  const args = ['import', 'a.ini', '--customer', 'contoso.ta-customer.json', '--out', 'new.ta-email.json'];
  const { code, stdout } = await runCli(args, { cwd });
  expect(stdout).toContain('From name\n     expected Contoso Time & Attendance\n     found    Fabrikam\n');
  expect(stdout).toContain('One field differs from what Contoso Ltd should have. Nothing was written');
  expect(code).toBe(2);
  expect(await readdir(cwd)).not.toContain('new.ta-email.json');
});

test('never takes endpoints from a file: it shows them with what is expected', async () => {
  const cwd = await folderWith();
  const evil = (await readFile(join(cwd, 'a.ini'), 'utf8')).replace('/{TenantId}/', '/contoso.com/');
  await writeFile(join(cwd, 'a.ini'), evil);
  const { code, stdout } = await runCli(['import', 'a.ini', '--json', '--out', 'new.ta-email.json'], { cwd });
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toEqual({
    written: null,
    differences: [
      {
        label: 'Token Endpoint',
        expected: 'https://login.microsoftonline.com/{TenantId}/oauth2/v2.0/token',
        found: 'https://login.microsoftonline.com/contoso.com/oauth2/v2.0/token',
        fault: '{TenantId} is filled in already; T&A fills it in itself',
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
  expect(asked).toMatchObject({ code: 3, stderr: expect.stringContaining('Import a file that holds it.') });
  expect(cloudless).toMatchObject({ code: 3, stderr: expect.stringContaining('the cloud is not known') });
  expect(await readdir(cwd)).not.toContain('new.ta-email.json');
});

test('opens an encrypted export with the age key that is given', async () => {
  needAge();
  const cwd = await folderWith();
  const { recipient, identityFile } = await makeAgeKey(join(cwd, 'key.txt'));
  await writePreferences(join(cwd, 'contoso.ta-email.json'), preferencesWith());
  const encrypt = ['--secret', 'encrypt', '--recipient', recipient, '--out', 'sent.xml'];
  expect(
    await runCli(['export', 'contoso.ta-email.json', '--format', 'xml', ...encrypt], { cwd }),
  ).toMatchObject({
    code: 0,
  });
  const compare = ['--customer', 'contoso.ta-customer.json', '--json'];
  const opened = await runCli(['import', 'sent.xml.age', ...compare, '--identity', identityFile], { cwd });
  expect(JSON.parse(opened.stdout)).toEqual({ differences: [], written: null });
  const closed = await runCli(['import', 'sent.xml.age', ...compare], { cwd });
  expect(closed).toMatchObject({ code: 3, stderr: expect.stringContaining('--identity FILE') });
});
