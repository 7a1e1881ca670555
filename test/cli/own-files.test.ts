import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contosoCustomer } from '../support/contoso-customer.ts';
import { packFolder, packRecord } from '../support/handed-over.ts';
import { filesBelow } from '../support/hiding-places.ts';
import { runCli } from '../support/run-cli.ts';

/** An onboarded customer, with names of its own for the customer file and a copy of the preferences. */
async function contoso(): Promise<string> {
  const { home } = await packFolder(packRecord());
  const customer = JSON.stringify(contosoCustomer);
  await writeFile(join(home, 'contoso.ta-customer.json'), customer);
  await writeFile(join(home, 'contoso.json'), customer);
  await writeFile(join(home, 'copy.json'), await readFile(join(home, 'contoso.ta-email.json')));
  return home;
}

const [customer, preferences] = ['contoso.ta-customer.json', 'contoso.ta-email.json'];
const asJson = ['export', preferences, '--format', 'json', '--out'];
const practice = ['--practice'];

test.each([
  ['export into its own input', [...asJson, preferences, '--secret', 'omit']],
  [
    'export into its own input of another name',
    ['export', 'copy.json', '--format', 'ini', '--out', './copy.json'],
  ],
  ['export into another preferences file', [...asJson, 'new.TA-Email.json', '--secret', 'include']],
  ['export into the customer file', [...asJson, customer]],
  ['export into the record', [...asJson, 'contoso.ta-record.json']],
  [
    'a script in the place of the preferences',
    ['script', customer, '--form', 'az', '--out', preferences, ...practice],
  ],
  [
    'a script in the place of its input',
    ['script', 'contoso.json', '--form', 'az', '--out', 'contoso.json', ...practice],
  ],
  ['a plan in the place of the preferences', ['plan', customer, '--save', preferences, ...practice]],
  ['a plan in the place of its input', ['plan', 'contoso.json', '--save', 'contoso.json', ...practice]],
  ['a hand-over by the name of a record', ['handover', customer, '--out', 'new.ta-record.json']],
  ['preferences in the place of a record', ['import', preferences, '--out', 'contoso.ta-record.json']],
  ['preferences in the place of their input', ['import', 'copy.json', '--out', 'copy.json']],
  [
    'an onboarding into another record',
    ['onboard', customer, '--yes', '--out', 'new.ta-record.json', ...practice],
  ],
])('refuses %s, and destroys nothing', async (_, args) => {
  const cwd = await contoso();
  const before = await filesBelow(cwd);
  const { code, stderr } = await runCli(args, { cwd });
  expect(stderr).toMatch(/another name|Choose a name|a file of their own/);
  expect(code).toBe(3);
  expect(await filesBelow(cwd)).toEqual(before);
});

test('a script for one mailbox does not replace a customer file that is called as scripts are', async () => {
  const cwd = await contoso();
  const scoped = { ...contosoCustomer, scope: 'mailbox' };
  await writeFile(join(cwd, 'contoso.ps1'), JSON.stringify(scoped));
  await copyFile(join(cwd, 'contoso.ta-record.json'), join(cwd, 'contoso.ps1.ta-record.json'));
  const { code, stderr } = await runCli(['scope', 'contoso.ps1', '--out', 'contoso.ps1'], { cwd });
  expect(stderr).toContain('contoso.ps1 is the file to read from');
  expect(code).toBe(3);
});
