import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Customer } from '../../../../src/core/customer/customer.ts';
import { bicepConfig } from '../../../../src/core/hand-over/scripts/bicep.ts';
import { type ScriptForm, writeScript } from '../../../../src/core/hand-over/scripts/write-script.ts';
import { makeKeyPair } from '../../../../src/core/preferences/age.ts';
import { blankRecord } from '../../../support/blank-record.ts';
import { contosoCustomer } from '../../../support/contoso-customer.ts';
import { errorFrom } from '../../../support/error-from.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

interface Wish {
  readonly form?: ScriptForm;
  readonly recipient?: string;
  readonly customer?: object;
}

async function write(folder: string, { form = 'az', recipient, customer = {} }: Wish): Promise<string[]> {
  return await writeScript(join(folder, 'setup.txt'), {
    customer: Customer.parse({ ...contosoCustomer, ...customer }),
    record: blankRecord(),
    form,
    recipient,
    preferencesFile: 'contoso.ta-email.json',
    now: Date.parse('2026-11-24T10:00:00Z'),
  });
}

test.each(['powershell', 'az', 'bicep'] as const)('the same plan gives the same %s script', async (form) => {
  const [one, other] = [await tempFolder(), await tempFolder()];
  await write(one, { form });
  await write(other, { form });
  const read = (folder: string) => readFile(join(folder, 'setup.txt'), 'utf8');
  expect(await read(one)).toBe(await read(other));
});

test('a Bicep file comes with its configuration, and leaves one of somebody else alone', async () => {
  const folder = await tempFolder();
  await write(folder, { form: 'bicep' });
  expect(await readFile(join(folder, 'bicepconfig.json'), 'utf8')).toBe(bicepConfig);
  await write(folder, { form: 'bicep' });
  await writeFile(join(folder, 'bicepconfig.json'), '{}');
  const failure = await errorFrom(write(folder, { form: 'bicep' }));
  expect(failure).toMatchObject({ code: 'TA-BICEP-CONFIG', exitCode: 3 });
  expect(await readFile(join(folder, 'bicepconfig.json'), 'utf8')).toBe('{}');
});

test('a script that is sealed names the public key and no other', async () => {
  const folder = await tempFolder();
  const { identity, recipient } = await makeKeyPair();
  await write(folder, { recipient });
  expect(await readFile(join(folder, 'setup.txt'), 'utf8')).toContain(`recipient='${recipient}'`);
  const wrong = [identity.reveal(), "age1'; touch pwned; '", 'bob'];
  for (const key of wrong) {
    const failure = await errorFrom(write(await tempFolder(), { recipient: key }));
    expect(failure).toMatchObject({ code: 'TA-ENCRYPTION', exitCode: 3 });
  }
});

test('a permission whose id is not known without a look is refused by its name', async () => {
  const folder = await tempFolder();
  const customer = { app: { permissions: ['Mail.Send', 'Calendars.Read'] } };
  expect(await errorFrom(write(folder, { customer }))).toMatchObject({
    code: 'TA-SCRIPT-PERMISSIONS',
    message: 'A script cannot grant Calendars.Read.',
  });
  expect(await readdir(folder)).toEqual([]);
});

test('a customer with the scope of one mailbox gets a script without the mail permissions', async () => {
  const folder = await tempFolder();
  await write(folder, { customer: { scope: 'mailbox' } });
  const text = await readFile(join(folder, 'setup.txt'), 'utf8');
  expect(text).not.toMatch(/Mail\.Send|Mail\.ReadWrite/);
  expect(text).toContain('User.Read.All');
});
