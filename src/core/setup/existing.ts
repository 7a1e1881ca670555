import type { CustomerRecord, Renewal } from '../customer/record.ts';
import type { Preferences } from '../preferences/preferences.ts';
import type { ClientSecret } from '../tenant/access.ts';
import type { TenantSnapshot } from '../tenant/snapshot.ts';
import type { Words } from '../words/say.ts';

/**
 * What a person wants with a deleted application, which holds its unique name for 30 days. Left alone, it stays deleted and
 * the next one gets another name.
 */
export type DeletedChoice = 'restore' | 'purge' | 'leave';

/** Everything a plan is made from, besides the customer: what exists in the tenant, in the record and on disk. */
export interface Existing {
  readonly snapshot: TenantSnapshot;
  readonly record: CustomerRecord;
  /** The preferences file as it lies there. */
  readonly preferences: Preferences | undefined;
  readonly preferencesFile: string;
  /** What Entra said to the secret in it, in this run; `undefined` where it was not asked. */
  readonly trial: Trial | undefined;
  /** Under which the application is registered where it does not exist yet. */
  readonly uniqueName: string;
  /** Whether permissions that the customer file does not ask for are removed. */
  readonly removeSurplus: boolean;
  /** Object ids of people who may own the application: the signed-in admin, and earlier ones of ours. */
  readonly knownOwners: readonly string[];
  /** What the application carries that is not ours, as a person was shown it and agreed to it. */
  readonly agreedTo: readonly string[];
  /** By how much this computer's clock is ahead of Microsoft's; negative where it is behind. */
  readonly aheadMs: number;
  /** What is wanted of a removal; nothing where the customer is set up. */
  readonly removal?: RemovalWish | undefined;
  /** What this run has done with a deleted application before its plan, as a person wanted. */
  readonly deletedChoice: DeletedChoice;
}

/** What a removal takes besides what is in the tenant. */
export interface RemovalWish {
  /** The preferences file, and with it the secret on this computer. */
  readonly preferences: boolean;
  /** The copy of the secret in the customer's Key Vault. */
  readonly vault: boolean;
  /** Whether the application, and that copy, go for good. */
  readonly purge?: boolean | undefined;
  /** Where the script for Exchange goes, if one is needed. */
  readonly exchangeScript: string;
}

/** What came of asking for a token with the secret in the preferences file, in this run. */
export type Trial =
  | { readonly kind: 'given'; readonly roles: readonly string[] }
  /** Entra does not take the secret, or does not know it yet. `said`: its own words. */
  | { readonly kind: 'refused'; readonly code: string; readonly said: string | Words }
  /** Nothing is known of the secret: no answer came, or one about something else. */
  | { readonly kind: 'unknown'; readonly reason: Words };

/**
 * So long a new secret may be unknown: Graph lists it only after a while, and the token service takes it only after a while
 * (minutes have been seen of both).
 */
export const secretPatienceMs = 10 * 60_000;

export type HeldSecret = Pick<ClientSecret, 'keyId' | 'hint' | 'displayName' | 'expiresAt'>;

/**
 * The live secret of our application that the preferences file holds. Graph tells the first three characters of a secret,
 * which is how the record of it is found; that it is this secret, whole, only a token tells. One that Entra refuses although
 * it has had the time to hear of it is not held.
 */
export function heldSecret(existing: Existing, now: number): HeldSecret | undefined {
  const { snapshot, record, preferences, trial } = existing;
  const { application } = snapshot;
  if (!application || preferences?.connection.clientId !== application.clientId) return undefined;
  const hint = preferences.connection.clientSecret.reveal().slice(0, 3);
  const live = application.secrets.filter(
    (secret) => secret.hint === hint && Date.parse(secret.expiresAt) > now,
  );
  const listed = live.find(({ keyId }) => keyId === record.preferences?.keyId) ?? live[0];
  if (!listed) return newSecretIn(record, hint, now);
  const age = Math.abs(now - Date.parse(listed.startsAt));
  return trial?.kind === 'refused' && !(age < secretPatienceMs) ? undefined : listed;
}

/** What goes when a renewal is finished: the secret from before it, and those that it lost. */
export const replacedBy = (renewal: Renewal | undefined): HeldSecret[] =>
  renewal ? [renewal.oldSecret, ...(renewal.lostSecrets ?? [])] : [];

function newSecretIn({ secret, journal }: CustomerRecord, hint: string, now: number): HeldSecret | undefined {
  const made = journal.findLast(({ step }) => step === 'add-client-secret');
  if (!made || secret?.hint !== hint) return undefined;
  return now - Date.parse(made.at) < secretPatienceMs ? secret : undefined;
}
