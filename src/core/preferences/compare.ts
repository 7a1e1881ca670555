import type { Customer } from '../customer/customer.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { isTenantId } from '../customer/tenant-name.ts';
import { say, type Words } from '../words/say.ts';
import { type Difference, diffPreferences } from './diff.ts';
import { type Field, fields, tabLabels, valueAt } from './fields.ts';
import type { Incoming } from './import.ts';

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
