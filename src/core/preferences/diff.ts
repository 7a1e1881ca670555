import { clouds } from '../cloud/clouds.ts';
import type { Customer } from '../customer/customer.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { isTenantId } from '../customer/tenant-name.ts';
import { say } from '../words/say.ts';
import { oddEndpoints } from './endpoints.ts';
import type { PastedPreferences } from './preferences.ts';
import type { OddEndpoint } from './preferences-failures.ts';

/** A field that is not as it should be. Of a secret it shows the first three characters, as Entra itself does. */
export type Difference = OddEndpoint;

/**
 * Preferences from elsewhere against what the customer file wants and, where there is a record, what exists. Without a
 * customer only the endpoints are compared, with those of the cloud they are most like.
 */
export function diffPreferences(
  found: PastedPreferences,
  customer: Customer | undefined,
  record: CustomerRecord | undefined,
): Difference[] {
  const wanted = customer ? wantedValues(customer, record) : [];
  const { connection } = found;
  const values = wanted.flatMap(([label, name, expected]) => {
    const value = connection[name];
    const isSame = expected === undefined || value === undefined || value === expected;
    return isSame ? [] : [{ label, expected, found: value }];
  });
  const cloud = customer && clouds[customer.cloud];
  return [...values, ...secretDifference(found, record), ...oddEndpoints(found.apiEndpoints, cloud)];
}

type Name = Exclude<keyof PastedPreferences['connection'], 'clientSecret'>;

function wantedValues(
  { tenant, mail }: Customer,
  record: CustomerRecord | undefined,
): readonly (readonly [string, Name, string | undefined])[] {
  const tenantId = record?.tenant.id.toLowerCase() ?? (isTenantId(tenant) ? tenant : undefined);
  return [
    ['Tenant ID', 'tenantId', tenantId],
    ['Client ID', 'clientId', record?.application?.clientId],
    ['From name', 'fromName', mail.fromName],
    ['From email address', 'fromEmailAddress', mail.fromAddress],
  ];
}

function secretDifference(
  { connection }: PastedPreferences,
  record: CustomerRecord | undefined,
): Difference[] {
  const hint = record?.secret?.hint;
  const begin = connection.clientSecret?.hint;
  if (hint === undefined || begin === undefined || begin === hint) return [];
  return [
    {
      label: 'Client Secret',
      expected: say`a value that begins with ${hint}`,
      found: say`one that begins with ${begin}`,
    },
  ];
}
