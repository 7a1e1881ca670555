import type { Customer } from './customer.ts';
import type { LastCheck } from './last-check.ts';
import type { CustomerRecord, JournalEntry, Renewal } from './record.ts';
import { entraPermissions, holdsAll, isScopeProved } from './scope.ts';
import { asSeen, isCurrent } from './seen.ts';

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
 * known. `waiting`: someone else was asked to do it. `unclear`: the mail was sent, no one has seen it arrive.
 */
export type StageState =
  | 'done'
  | 'missing'
  | 'outdated'
  | 'interrupted'
  | 'waiting'
  | 'waiting for Exchange'
  | 'failed'
  | 'unclear'
  | 'expiring'
  | 'expired';

type StageStates = Readonly<Record<Stage, StageState>>;

const dayMs = 24 * 60 * 60_000;

/** Days until a secret expires, a begun one whole: 180 on the day on which one for 180 days is created. 0 or less afterwards. */
export function daysUntil(expiresAt: string, now: number): number {
  return Math.ceil((Date.parse(expiresAt) - now) / dayMs);
}

/** So near to the end that someone should act. */
export const isSoon = (days: number): boolean => days <= 30;

function stageStates(
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
    preferences: sameSecret(record?.preferences?.keyId, known) ?? begun('write-preferences', false),
    proof: proofState(record?.proof, known, customer),
    verification: scopeState(customer, record) ?? verificationState(record),
  };
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
  if (!record?.secret) return lastOutcome(record?.journal ?? [], 'add-client-secret');
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

/** How far a customer is. Where several are true, the first one that a person should act on. */
export const statuses = [
  'unreadable',
  'not set up',
  'unfinished',
  'removal unfinished',
  'waiting for consent',
  'waiting for Exchange',
  'expired',
  /** The last check saw that T&A cannot send. */
  'broken',
  /** The new secret exists; T&A may still use the old one. */
  'renewing',
  /** The same, and it is time that T&A has the new secret. */
  'renewal overdue',
  'expiring',
  /** The last check saw something else to act on. */
  'needs attention',
  'unverified',
  'removed',
  'ready',
] as const;
export type Status = (typeof statuses)[number];

/** A renewal has its days of grace; a customer that was never begun waits for nothing. */
const atRest: readonly Status[] = ['not set up', 'renewing', 'unverified', 'removed', 'ready'];

/** Whether it counts in the badge. */
export const needsAction = (status: Status): boolean => !atRest.includes(status);

export interface Standing {
  readonly status: Status;
  readonly practice: boolean;
  readonly daysLeft: number | undefined;
  readonly stages: StageStates | undefined;
  /** The first stage that is not done: where a set-up goes on. */
  readonly next: Stage | undefined;
}

export interface ReadFiles {
  /** `undefined`: a file of the customer could not be read. */
  readonly customer: Customer | undefined;
  readonly record: CustomerRecord | undefined;
  /** What the last check saw. It counts until the record tells of something later. */
  readonly seen?: LastCheck | undefined;
}

export function standingOf({ customer, record: found, seen }: ReadFiles, now: number): Standing {
  const check = seen && isCurrent(seen, found) ? seen : undefined;
  const record = asSeen(found, check);
  const practice = record?.kind === 'practice';
  const renewal = record && openRenewal(record);
  // Until T&A is known to use the new secret, its email stops when the old one expires.
  const counting = renewal?.oldSecret ?? record?.secret;
  const left = counting && daysUntil(counting.expiresAt, now);
  if (!customer)
    return { status: 'unreadable', practice, daysLeft: left, stages: undefined, next: undefined };
  const states = stageStates(customer, record, now);
  const next = stages.find((stage) => !['done', 'expiring'].includes(states[stage]));
  const renewing = renewal && renewalStatus(renewal, customer, now);
  const byFiles = removalStatus(record) ?? statusOf(states, next, renewing);
  return { status: withSeen(byFiles, check), practice, daysLeft: left, stages: states, next };
}

/** While nothing new is registered, a removal says how far the customer is. */
function removalStatus(record: CustomerRecord | undefined): Status | undefined {
  if (!record?.removal) return undefined;
  if (record.removal.finishedAt === undefined) return 'removal unfinished';
  return record.application ? undefined : 'removed';
}

/** A renewal whose new secret exists and that is not finished: T&A may use either secret. */
export function openRenewal({
  renewal,
  secret,
}: Pick<CustomerRecord, 'renewal' | 'secret'>): Renewal | undefined {
  return renewal && secret && secret.keyId !== renewal.oldSecret.keyId ? renewal : undefined;
}

/** What was seen counts unless the files alone tell of something that comes first. */
function withSeen(status: Status, seen: LastCheck | undefined): Status {
  const levels = seen?.findings.map(({ level }) => level) ?? [];
  if (levels.includes('bad') && status !== 'expired' && status !== 'not set up') return 'broken';
  return levels.includes('warn') && !needsAction(status) ? 'needs attention' : status;
}

/** Days before the old secret expires in which the grace is over in any case. */
const lastDays = 7;

export function renewalStatus(
  { since, oldSecret }: Renewal,
  { app }: Pick<Customer, 'app'>,
  now: number,
): 'renewing' | 'renewal overdue' {
  const graceEnds = Date.parse(since) + app.secret.graceDays * dayMs;
  const isLate = now >= graceEnds || daysUntil(oldSecret.expiresAt, now) < lastDays;
  return isLate ? 'renewal overdue' : 'renewing';
}

function statusOf(
  states: StageStates,
  next: Stage | undefined,
  renewing: 'renewing' | 'renewal overdue' | undefined,
): Status {
  if (states.secret === 'expired') return 'expired';
  if (Object.values(states).every((state) => state === 'missing')) return 'not set up';
  if (states.permissions === 'waiting') return 'waiting for consent';
  if (next !== undefined && next !== 'verification') return 'unfinished';
  if (renewing) return renewing;
  if (states.secret === 'expiring') return 'expiring';
  if (states.verification === 'waiting for Exchange') return 'waiting for Exchange';
  return next === 'verification' ? 'unverified' : 'ready';
}
