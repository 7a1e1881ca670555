import { dayMs } from '../words/moment.ts';
import type { Customer } from './customer.ts';
import type { CustomerRecord, JournalEntry } from './record.ts';
import { entraPermissions, holdsAll, isScopeProved } from './scope.ts';

/** What a set-up consists of, in the order in which it comes to be. */
export const stages = [
  'registration',
  'servicePrincipal',
  'permissions',
  'secret',
  'preferences',
  'proof',
  'verification',
] as const;
export type Stage = (typeof stages)[number];

/**
 * `outdated`: done for another secret or for fewer permissions than wanted now. `interrupted`: begun, its outcome is not
 * known. `waiting`: someone else was asked to do it. `elsewhere`: the customer's administrator has the secret, and does it in T&A.
 * `unclear`: the mail was sent, no one has seen it arrive.
 */
export type StageState =
  | 'done'
  | 'missing'
  | 'outdated'
  | 'interrupted'
  | 'waiting'
  | 'waiting for Exchange'
  | 'elsewhere'
  | 'failed'
  | 'unclear'
  | 'expiring'
  | 'expired';

export type StageStates = Readonly<Record<Stage, StageState>>;

/** Days until a secret expires, a begun one whole: 180 on the day on which one for 180 days is created. 0 or less afterwards. */
export function daysUntil(expiresAt: string, now: number): number {
  return Math.ceil((Date.parse(expiresAt) - now) / dayMs);
}

/** So near to the end that someone should act. */
export const isSoon = (days: number): boolean => days <= 30;

export function stageStates(
  customer: Pick<Customer, 'app' | 'scope' | 'mail'>,
  record: CustomerRecord | undefined,
  now: number,
): StageStates {
  const known = record?.secret?.keyId;
  const wanted = entraPermissions(customer);
  const begun = (kind: string, found: boolean): StageState =>
    found ? 'done' : lastOutcome(record?.journal ?? [], kind);
  return {
    registration: begun('register-application', record?.application !== undefined),
    servicePrincipal: begun('add-service-principal', record?.servicePrincipal !== undefined),
    permissions: permissionsState(record, wanted),
    secret: secretState(record, now),
    ...(isWithAdmin(record)
      ? { preferences: 'elsewhere', proof: 'elsewhere', verification: 'elsewhere' }
      : {
          preferences: sameSecret(record?.preferences?.keyId, known) ?? begun('write-preferences', false),
          proof: proofState(record?.proof, known, customer),
          verification: scopeState(customer, record) ?? verificationState(record),
        }),
  };
}

/** What a set-up here does to the application or its secret, and what an administrator's script did. */
const deeds = ['register-application', 'adopt', 'add-client-secret', 'write-preferences', 'import-result'];

/** A script was imported last, and its secret is not in the file here: the customer's administrator enters it in T&A. */
export function isWithAdmin(
  record: Pick<CustomerRecord, 'journal' | 'secret' | 'preferences'> | undefined,
): boolean {
  const last = record?.journal.findLast(({ step }) => deeds.includes(step))?.step;
  const isHere = record?.preferences !== undefined && record.preferences.keyId === record.secret?.keyId;
  return last === 'import-result' && !isHere;
}

function lastOutcome(journal: readonly JournalEntry[], kind: string): StageState {
  const last = journal.findLast(({ step }) => step === kind)?.state;
  if (last === 'failed') return 'failed';
  return last === 'intent' ? 'interrupted' : 'missing';
}

function permissionsState(record: CustomerRecord | undefined, wanted: readonly string[]): StageState {
  if (record?.consent) return 'waiting';
  const granted = record?.grants.map(({ permission }) => permission) ?? [];
  if (granted.length > 0) return covers(granted, wanted);
  return lastOutcome(record?.journal ?? [], 'grant-permissions');
}

function secretState(record: CustomerRecord | undefined, now: number): StageState {
  if (!record?.secret && isWithAdmin(record)) return 'elsewhere';
  if (!record?.secret) {
    const last = lastOutcome(record?.journal ?? [], 'add-client-secret');
    // It is asked for together with the permissions, and not given without them.
    return last === 'failed' && record?.consent ? 'missing' : last;
  }
  const left = daysUntil(record.secret.expiresAt, now);
  if (left <= 0) return 'expired';
  return isSoon(left) ? 'expiring' : 'done';
}

function sameSecret(keyId: string | undefined, known: string | undefined): StageState | undefined {
  if (keyId === undefined) return undefined;
  return keyId === known ? 'done' : 'outdated';
}

function proofState(
  proof: CustomerRecord['proof'],
  known: string | undefined,
  wish: Pick<Customer, 'app' | 'scope'>,
): StageState {
  if (proof === undefined) return 'missing';
  return proof.keyId === known && holdsAll(proof.roles, wish) ? 'done' : 'outdated';
}

function covers(held: readonly string[], wanted: readonly string[]): StageState {
  const names = new Set(held.map((name) => name.toLowerCase()));
  return wanted.every((name) => names.has(name.toLowerCase())) ? 'done' : 'outdated';
}

/** With one mailbox only, a mail shows little until Exchange is known to keep the app out of the others. */
function scopeState(
  customer: Pick<Customer, 'scope' | 'mail'>,
  record: CustomerRecord | undefined,
): StageState | undefined {
  if (customer.scope === 'tenant' || !record || isScopeProved(customer, record)) return undefined;
  if (record.mailboxScope) return 'waiting for Exchange';
  return record.verification && 'outdated';
}

const arrived: readonly string[] = ['inbox', 'confirmed by recipient'];

/** A mail that was sent with another secret, or with one that is not known, shows nothing of this secret. */
function verificationState(record: CustomerRecord | undefined): StageState {
  const verification = record?.verification;
  if (verification === undefined) return 'missing';
  if (!record?.secret || verification.keyId !== record.secret.keyId) return 'outdated';
  const outcomes = verification.recipients.map(({ outcome }) => outcome);
  if (outcomes.includes('bounced')) return 'failed';
  return outcomes.length > 0 && outcomes.every((outcome) => arrived.includes(outcome)) ? 'done' : 'unclear';
}
