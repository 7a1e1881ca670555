import type { CustomerRecord } from '../customer/record.ts';
import type { Preferences } from '../preferences/preferences.ts';
import type { ClientSecret } from '../tenant/applications.ts';
import type { TenantSnapshot } from '../tenant/snapshot.ts';

/** Everything a plan is made from, besides the customer: what exists in the tenant, in the record and on disk. */
export interface Existing {
  readonly snapshot: TenantSnapshot;
  readonly record: CustomerRecord;
  /** The preferences file as it lies there. */
  readonly preferences: Preferences | undefined;
  readonly preferencesFile: string;
}

/** Graph lists a new secret only after a while (minutes have been seen), so for so long the record is believed. */
const listingPatienceMs = 10 * 60_000;

export type HeldSecret = Pick<ClientSecret, 'keyId' | 'hint' | 'displayName' | 'expiresAt'>;

/**
 * The live secret of our application that the preferences file holds. Recognised by Graph's hint, the first three
 * characters of the secret, since the secret itself is never shown again.
 */
export function heldSecret({ snapshot, record, preferences }: Existing, now: number): HeldSecret | undefined {
  const { application } = snapshot;
  if (!application || preferences?.connection.clientId !== application.clientId) return undefined;
  const hint = preferences.connection.clientSecret.reveal().slice(0, 3);
  const live = application.secrets.filter(
    (secret) => secret.hint === hint && Date.parse(secret.expiresAt) > now,
  );
  const listed = live.find(({ keyId }) => keyId === record.preferences?.keyId) ?? live[0];
  return listed ?? justMade(record, hint, now);
}

function justMade({ secret, journal }: CustomerRecord, hint: string, now: number): HeldSecret | undefined {
  const made = journal.findLast(({ step }) => step === 'add-client-secret');
  if (!made || secret?.hint !== hint) return undefined;
  return now - Date.parse(made.at) < listingPatienceMs ? secret : undefined;
}
