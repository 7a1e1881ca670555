import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Customer } from '../../src/core/customer/customer.ts';
import type { CustomerRecord } from '../../src/core/customer/record.ts';
import { writePreferences } from '../../src/core/preferences/preferences-file.ts';
import { Secret } from '../../src/core/secret.ts';
import type { HandOverJob } from '../../src/core/stories/hand-over.ts';
import { contosoCustomer } from './contoso-customer.ts';
import { preferencesWith } from './preferences.ts';
import { setUpRecord } from './set-up-record.ts';
import { tempFolder } from './temp-folder.ts';

export const packSecret = 'Cnry~0123456789abcdefghijklmnopqrstuvwxy';
export const packTime = Date.parse('2026-11-24T12:00:00Z');

/** The record of Contoso, set up an hour ago by Grace; its secret expires half a year later. */
export function packRecord(change: Partial<CustomerRecord> = {}): CustomerRecord {
  const expiresAt = '2027-05-23T10:00:00Z';
  const displayName = 'Time and Attendance Exchange Online integration secret';
  return setUpRecord(expiresAt, {
    kind: 'production',
    admin: { objectId: '5b0c1d5e-0000-4000-8000-000000000009', userPrincipalName: 'grace@contoso.com' },
    grants: [
      { permission: 'Directory.Read.All', appRoleId: '7ab1d382-f21e-4acd-a863-ba3e13f7da61' },
      { permission: 'User.Read.All', appRoleId: 'df021288-bdef-4463-88db-98f22de89214' },
      { permission: 'Mail.ReadWrite', appRoleId: 'e2a3a72e-5f79-4c64-b1b1-878b674786c9' },
      { permission: 'Mail.Send', appRoleId: 'b633e1c5-b582-4048-a93e-9f11b44c7e96' },
    ],
    secret: { keyId: 'key-1', hint: packSecret.slice(0, 3), displayName, expiresAt },
    ...change,
  });
}

export interface PackFolder {
  /** Where the customer's files lie. */
  readonly home: string;
  readonly out: string;
  readonly recordFile: string;
  readonly preferencesFile: string;
  job(change?: Partial<HandOverJob>): HandOverJob;
}

/** The files of a customer who is set up, ready to be handed over. */
export async function packFolder(
  record: CustomerRecord = packRecord(),
  customer: object = {},
): Promise<PackFolder> {
  const home = await tempFolder();
  const recordFile = join(home, 'contoso.ta-record.json');
  const preferencesFile = join(home, 'contoso.ta-email.json');
  const wanted = Customer.parse({ ...contosoCustomer, ...customer });
  await writeFile(recordFile, JSON.stringify(record));
  const { fromName, fromAddress } = wanted.mail;
  const preferences = preferencesWith({
    tenantId: record.tenant.id,
    ...(record.application && { clientId: record.application.clientId }),
    fromName,
    fromEmailAddress: fromAddress,
    clientSecret: new Secret(packSecret),
  });
  await writePreferences(preferencesFile, preferences);
  const out = join(home, 'pack');
  const job = (change: Partial<HandOverJob> = {}): HandOverJob => ({
    customer: wanted,
    recordFile,
    by: 'test',
    folder: out,
    reader: undefined,
    now: packTime,
    ...change,
  });
  return { home, out, recordFile, preferencesFile, job };
}
