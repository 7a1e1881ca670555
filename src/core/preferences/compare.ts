import { clouds } from '../cloud/clouds.ts';
import { isSameAddress } from '../customer/address.ts';
import type { Customer } from '../customer/customer.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { isTenantId } from '../customer/tenant-name.ts';
import { say, type Words } from '../words/say.ts';
import { oddEndpoints } from './endpoints.ts';
import { type Field, fields, tabLabels, valueAt } from './fields.ts';
import type { Incoming } from './import.ts';
import type { PastedPreferences } from './preferences.ts';
import type { OddEndpoint } from './preferences-failures.ts';

/** Fields that `diffPreferences` has nothing to say about. */
export interface NotCompared {
  /** A field, or a tab with all its fields, as T&A shows it. */
  readonly label: string;
  readonly why: Words;
}

export interface Comparison {
  readonly differences: readonly Difference[];
  readonly notCompared: readonly NotCompared[];
  /** Nothing of the tabs could be compared. */
  readonly isEmpty: boolean;
}

/** Says what differs, and also what was not compared: it is not there, or what it should be is not known. */
export function comparePreferences(
  incoming: Incoming,
  customer: Customer | undefined,
  record: CustomerRecord | undefined,
): Comparison {
  const rows = fields.map((field) => ({
    ...field,
    why: reasonFor(field, incoming, customer, record),
  }));
  const differences = diffPreferences(incoming.preferences, customer, record);
  const isEmpty = rows.every(({ tab, why }) => tab === 'email' || why !== undefined);
  return {
    differences,
    isEmpty: isEmpty && differences.length === 0,
    notCompared: Object.keys(tabLabels).flatMap((tab) => gathered(rows.filter((row) => row.tab === tab))),
  };
}

interface Row extends Field {
  readonly why: Words | undefined;
}

/** Of one tab: one entry where all its fields have the same reason. */
function gathered(rows: readonly Row[]): NotCompared[] {
  const [first] = rows;
  if (first?.why !== undefined && rows.every(({ why }) => why === first.why))
    return [{ label: tabLabels[first.tab], why: first.why }];
  return rows.flatMap(({ label, why }) => (why === undefined ? [] : [{ label, why }]));
}

/** `undefined` where the field was compared. */
function reasonFor(
  field: Field,
  { preferences, secretGap = notInText }: Incoming,
  customer: Customer | undefined,
  record: CustomerRecord | undefined,
): Words | undefined {
  if (valueAt(field, preferences) === undefined) return field.name === 'clientSecret' ? secretGap : notInText;
  if (field.tab !== 'connection') return undefined;
  if (!customer) return noCustomer;
  return unknownOf(field.name, customer, record);
}

const notInText = say`not in the text`;
const noCustomer = say`no customer file given`;
const unrecorded = say`nothing recorded yet`;
const knownByHint = say`all but its first characters`;

/** What is not known of a field that a customer file or a record tells. */
function unknownOf(
  name: string,
  { tenant }: Customer,
  record: CustomerRecord | undefined,
): Words | undefined {
  switch (name) {
    case 'tenantId':
      return record || isTenantId(tenant) ? undefined : unrecorded;
    case 'clientId':
      return record?.application ? undefined : unrecorded;
    case 'clientSecret':
      return record?.secret ? knownByHint : unrecorded;
    default:
      return undefined;
  }
}

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
    if (expected === undefined || value === undefined) return [];
    const isSame = name === 'fromEmailAddress' ? isSameAddress(value, expected) : value === expected;
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
  const tenantId = (isTenantId(tenant) ? tenant : record?.tenant.id)?.toLowerCase();
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
