import { clouds } from '../cloud/clouds.ts';
import type { Customer } from '../customer/customer.ts';
import { preferencesPlace } from '../customer/preferences-place.ts';
import { CustomerRecord } from '../customer/record.ts';
import { openRecord, type RecordFile } from '../customer/record-file.ts';
import { failures } from '../escrow/failures.ts';
import { type EscrowPorts, type EscrowProgress, type Kept, keepInVault } from '../escrow/keep-in-vault.ts';
import type { PlaceWish } from '../escrow/place.ts';
import { readJson } from '../files/read-json.ts';
import { exists } from '../files/target.ts';
import type { Preferences } from '../preferences/preferences.ts';
import { readPreferences } from '../preferences/preferences-file.ts';
import { resolveTenant } from '../sign-in/resolve-tenant.ts';

export interface EscrowJob {
  readonly customer: Customer;
  readonly recordFile: string;
  /** Where a person says that the preferences are; the record says it otherwise. */
  readonly preferencesFile?: string | undefined;
  /** `practice` where the requests go to a server on this machine. */
  readonly kind: CustomerRecord['kind'];
  readonly wish: PlaceWish;
}

/** Puts the customer's client secret into a Key Vault of the customer's own. Failures before the first request where there is none. */
export async function* escrow(job: EscrowJob, ports: EscrowPorts): AsyncGenerator<EscrowProgress, Kept> {
  const { customer, wish } = job;
  const path = job.recordFile;
  if (!(await exists(path))) throw failures.nothingToKeep('this customer has no record yet');
  const record = await readJson(path, CustomerRecord);
  if (!record.preferences) throw failures.nothingToKeep('no preferences file was written yet');
  const preferences = await readPreferences(await preferencesPlace(path, record, job.preferencesFile));
  const { http, signal } = ports;
  const cloud = clouds[customer.cloud];
  const { tenantId } = await resolveTenant({ http, cloud, tenant: customer.tenant }, signal);
  const wanted = { ...record, kind: job.kind, tenant: { ...record.tenant, id: tenantId } };
  const recordFile = await openRecord(path, wanted);
  return yield* keepInVault({ recordFile, preferences, wish }, ports);
}

/** After a rotation: the new secret to where the older one is kept. `undefined` where none is kept. */
export async function* updateEscrow(
  recordFile: RecordFile,
  preferences: Preferences,
  ports: Omit<EscrowPorts, 'choose' | 'confirm'>,
): AsyncGenerator<EscrowProgress, Kept | undefined> {
  if (!recordFile.current().escrow) return undefined;
  const choose = async () => '';
  const confirm = async () => true;
  return yield* keepInVault({ recordFile, preferences, wish: {} }, { ...ports, choose, confirm });
}
