import type { Customer } from '../customer/customer.ts';
import { CustomerRecord } from '../customer/record.ts';
import { preferencesPlace } from '../customer/record-file.ts';
import { isTenantId } from '../customer/tenant-name.ts';
import { readJson } from '../files/read-json.ts';
import { exists } from '../files/target.ts';
import { diffPreferences } from '../preferences/compare.ts';
import type { Preferences } from '../preferences/preferences.ts';
import { readPreferences } from '../preferences/preferences-file.ts';
import { say } from '../words/say.ts';
import { handOverFailures } from './failures.ts';

/** What a hand-over is made from; checked to belong together. */
export interface Sources {
  readonly customer: Customer;
  readonly record: CustomerRecord;
  readonly application: NonNullable<CustomerRecord['application']>;
  readonly preferencesFile: string;
  /** `undefined`: the file is not there, as where the customer's admin keeps the secret. */
  readonly preferences: Preferences | undefined;
}

/** `chosen`: where a person says that the preferences are. */
export async function readSources(customer: Customer, recordFile: string, chosen?: string): Promise<Sources> {
  if (!(await exists(recordFile))) throw handOverFailures.notSetUp(customer.name);
  const record = await readJson(recordFile, CustomerRecord);
  const { application } = record;
  if (!application) throw handOverFailures.notSetUp(customer.name);
  refuseStranger(customer, record);
  const preferencesFile = await preferencesPlace(recordFile, record, chosen);
  const preferences = (await exists(preferencesFile)) ? await readPreferences(preferencesFile) : undefined;
  const differences = preferences ? diffPreferences(preferences, customer, record) : [];
  if (differences.length > 0)
    throw handOverFailures.otherPreferences(
      preferencesFile,
      differences.map(({ label }) => label),
    );
  return { customer, record, application, preferencesFile, preferences };
}

/** A tenant has several domains, and the record knows one: of another domain the customer's name must be the recorded one. */
function refuseStranger(customer: Customer, record: CustomerRecord): void {
  const { cloud, name, tenant } = customer;
  if (cloud !== record.cloud) throw handOverFailures.otherRecord(say`cloud`, cloud, record.cloud);
  const { id, domain } = record.tenant;
  const recorded = isTenantId(tenant) ? id.toLowerCase() : domain.toLowerCase();
  if (tenant === recorded || (!isTenantId(tenant) && name === record.customer)) return;
  throw handOverFailures.otherRecord(say`tenant`, tenant, recorded);
}
