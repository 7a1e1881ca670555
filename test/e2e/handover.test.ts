import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ICAL from 'ical.js';
import { expect, test, vi } from 'vitest';
import { CustomerRecord } from '../../src/core/customer/record.ts';
import { makeAgeKey, openWithKey } from '../support/age-tool.ts';
import { customerName, preferencesName, recordName } from '../support/customer-folder.ts';
import { filesBelow, findIn } from '../support/hiding-places.ts';
import { pageText } from '../support/page-text.ts';
import { servedPractice } from '../support/served-practice.ts';
import { tempFolder } from '../support/temp-folder.ts';

vi.setConfig({ testTimeout: 240_000 });
test('from a customer file to the pack that the customer keeps', async () => {
  await using practice = await servedPractice();
  const { folder } = practice;
  const key = await makeAgeKey(join(await tempFolder(), 'key.txt'));
  expect((await practice.onboard()).code).toBe(0);
  expect((await practice.cli('escrow', customerName, '--yes')).code).toBe(0);
  const run = await practice.cli('handover', customerName, '--out', 'pack', '--recipient', key.recipient);
  expect(run).toMatchObject({ code: 0, stderr: '' });
  expect(run.stdout).toContain(
    'The client secret is in the Key Vault of the customer: https://ta-contoso-ltd-',
  );

  const pack = join(folder.path, 'pack');
  const read = (name: string) => readFile(join(pack, name), 'utf8');
  const record = CustomerRecord.parse(JSON.parse(await folder.read(recordName)));
  const report = pageText(await read('report.html'));
  const { application, servicePrincipal, secret, verification, escrow } = record;
  for (const told of [
    application?.clientId,
    application?.objectId,
    servicePrincipal?.objectId,
    secret?.keyId,
    secret?.expiresAt.slice(0, 10),
    verification?.code,
    verification?.internetMessageId,
    escrow?.uri,
    'grace@contoso.com',
    'robin@contoso.com`: found in the inbox',
    'PRACTICE',
    'a test email was sent as T&A sends it, and it arrived.',
    ...record.grants.map(({ appRoleId }) => appRoleId),
  ])
    expect(report).toContain(told ?? 'missing');

  const clientSecret = JSON.parse(await folder.read(preferencesName)).connection.clientSecret;
  const told = { ...(await filesBelow(pack)), stdout: run.stdout };
  expect(findIn(told, clientSecret)).toEqual([]);
  expect(await openWithKey(join(pack, `${preferencesName}.age`), key)).toBe(
    await folder.read(preferencesName),
  );

  const events = new ICAL.Component(ICAL.parse(await read('reminders.ics'))).getAllSubcomponents('vevent');
  expect(events).toHaveLength(3);
});
