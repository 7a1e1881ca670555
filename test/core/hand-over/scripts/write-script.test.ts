import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Customer } from '../../../../src/core/customer/customer.ts';
import type { ScriptForm } from '../../../../src/core/hand-over/scripts/script-forms.ts';
import { writeScript } from '../../../../src/core/hand-over/scripts/write-script.ts';
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

async function write(folder: string, { form = 'az', recipient, customer = {} }: Wish): Promise<void> {
  await writeScript(join(folder, 'setup.txt'), {
    customer: Customer.parse({ ...contosoCustomer, ...customer }),
    record: blankRecord(),
    uniqueName: 'ta-exchange-setup-abcdefghjkmnpqrstuvw',
    form,
    recipient,
    adopt: undefined,
    preferencesFile: 'contoso.ta-email.json',
    now: Date.parse('2026-11-24T10:00:00Z'),
  });
}

test.each(['powershell', 'az'] as const)('the same plan gives the same %s script', async (form) => {
  const [one, other] = [await tempFolder(), await tempFolder()];
  await write(one, { form });
  await write(other, { form });
  const read = (folder: string) => readFile(join(folder, 'setup.txt'), 'utf8');
  expect(await read(one)).toBe(await read(other));
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

const unusual = {
  'Calendars.Read': '798ee544-9d2d-430c-a058-570e29e34338',
  'MailboxSettings.Read': '40f97065-369a-49f4-947c-6a255697ae91',
};

test.each(['powershell', 'az'] as const)(
  'a %s script asks for unusual permissions and grants them',
  async (form) => {
    const folder = await tempFolder();
    await write(folder, { form, customer: { app: { permissions: ['Mail.Send', ...Object.keys(unusual)] } } });
    const text = await readFile(join(folder, 'setup.txt'), 'utf8');
    for (const [name, id] of Object.entries(unusual)) {
      expect(text).toContain(`"id": "${id}"`);
      expect(text).toMatch(
        form === 'az' ? `${id} ${name}\n` : new RegExp(`"permission": "${name}",\\s+"appRoleId": "${id}"`),
      );
    }
  },
);

test.each(['calendars.read', 'Mail.Send.Shared', 'Future.Read.All'])(
  "a permission that Microsoft's list does not name as %s is refused",
  async (name) => {
    const folder = await tempFolder();
    const failure = await errorFrom(
      write(folder, { customer: { app: { permissions: ['Mail.Send', name] } } }),
    );
    expect(failure).toMatchObject({
      code: 'TA-SCRIPT-PERMISSIONS',
      message: `This tool does not know an application permission of Microsoft Graph named ${name}.`,
      advice: {
        who: 'you',
        next: expect.saying('learn.microsoft.com/graph/permissions-reference'),
      },
    });
    expect(await readdir(folder)).toEqual([]);
  },
);

test('a customer with the scope of one mailbox gets a script that grants no mail permission, and removes them', async () => {
  const folder = await tempFolder();
  await write(folder, { customer: { scope: 'mailbox' } });
  const text = await readFile(join(folder, 'setup.txt'), 'utf8');
  const listed = (name: string) => new RegExp(`<<'${name}'\\n([^]*?)\\n${name}\\n`).exec(text)?.[1];
  expect(listed('GRANTS')).toMatch(/^\S+ Directory\.Read\.All\n\S+ User\.Read\.All$/);
  expect(listed('ROLES')).toMatch(/^\S+ Mail\.Send$/m);
  expect(listed('ROLES')).not.toMatch(/User|Directory/);
});
