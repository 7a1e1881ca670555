import { clouds } from '../cloud/clouds.ts';
import type { Customer } from '../customer/customer.ts';
import type { Lock } from '../customer/lock.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { findRecord, keepRecord, preferencesPlace, readRecord } from '../customer/record-file.ts';
import { escrowFailures } from '../escrow/failures.ts';
import { type EscrowPorts, type EscrowProgress, type Kept, keepInVault } from '../escrow/keep-in-vault.ts';
import type { PlaceWish } from '../escrow/place.ts';
import { readPreferences } from '../preferences/preferences-file.ts';
import { resolveTenant } from '../sign-in/resolve-tenant.ts';
import { say } from '../words/say.ts';
import { locked } from './locked.ts';

export interface EscrowJob {
  readonly customer: Customer;
  readonly recordFile: string;
  /** Where a person says that the preferences are; the record says it otherwise. */
  readonly preferencesFile?: string | undefined;
  /** `practice` where the requests go to a server on this machine. */
  readonly kind: CustomerRecord['kind'];
  /** How the lock names this run. */
  readonly by: string;
  readonly wish: PlaceWish;
}

/** Puts the customer's client secret into a Key Vault of the customer's own. Failures before the first request where there is none. */
export async function* escrow(job: EscrowJob, ports: EscrowPorts): AsyncGenerator<EscrowProgress, Kept> {
  return yield* locked(job.recordFile, job.by, ports, (own, lock) => keep(job, own, lock));
}

async function* keep(job: EscrowJob, ports: EscrowPorts, lock: Lock): AsyncGenerator<EscrowProgress, Kept> {
  const { customer, wish, recordFile: path } = job;
  const record = await findRecord(path, customer);
  if (!record) throw escrowFailures.nothingToKeep(say`this customer has no record yet`);
  if (!record.preferences) throw escrowFailures.nothingToKeep(say`no preferences file was written yet`);
  const preferences = await readPreferences(await preferencesPlace(path, record, job.preferencesFile));
  const { http, signal } = ports;
  const cloud = clouds[customer.cloud];
  const { tenantId } = await resolveTenant({ http, cloud, tenant: customer.tenant }, signal);
  const wanted = { ...record, kind: job.kind, tenant: { ...record.tenant, id: tenantId } };
  const recordFile = keepRecord(lock, await readRecord(path, wanted));
  return yield* keepInVault({ recordFile, preferences, wish }, ports);
}
