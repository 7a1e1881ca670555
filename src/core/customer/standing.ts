import { dayMs } from '../words/moment.ts';
import type { Customer } from './customer.ts';
import type { LastCheck } from './last-check.ts';
import type { CustomerRecord, Renewal } from './record.ts';
import { asSeen, isCurrent } from './seen.ts';
import { daysUntil, isWithAdmin, type Stage, type StageStates, stageStates, stages } from './stage-states.ts';

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
  /** All is done but what the customer's administrator does in T&A, with a secret that is not here. */
  'with administrator',
  'removed',
  'ready',
] as const;
export type Status = (typeof statuses)[number];

/** A renewal has its days of grace. */
const atRest: readonly Status[] = ['renewing', 'unverified', 'with administrator', 'removed', 'ready'];

/** Whether it counts in the badge. */
export const needsAction = (status: Status): boolean => !atRest.includes(status);

/** What a person does next. `correct`: the file that cannot be read. `ask`: the customer's administrator, with a script. */
export type Move =
  | 'correct'
  | 'set up'
  | 'resume'
  | 'remove'
  | 'prove scope'
  | 'ask'
  | 'renew'
  | 'finish renewal'
  | 'check'
  | 'send test email'
  | 'hand over';

/** The one answer for page, list, menus and terminal. What only the secret can do is not offered where it is not here. */
function moveOf(status: Status, record: CustomerRecord | undefined): Move {
  const goOn = isWithAdmin(record) ? 'ask' : 'resume';
  switch (status) {
    case 'unreadable':
      return 'correct';
    case 'not set up':
    case 'removed':
      return 'set up';
    case 'unfinished':
    case 'waiting for consent':
      return goOn;
    case 'removal unfinished':
      return 'remove';
    case 'waiting for Exchange':
      return 'prove scope';
    case 'expired':
    case 'expiring':
      return record?.preferences && goOn === 'resume' ? 'renew' : goOn;
    case 'renewing':
    case 'renewal overdue':
      return 'finish renewal';
    case 'broken':
    case 'needs attention':
      return 'check';
    case 'unverified':
      return 'send test email';
    case 'with administrator':
    case 'ready':
      return 'hand over';
    default:
      return status satisfies never;
  }
}

export interface Standing {
  readonly status: Status;
  readonly practice: boolean;
  readonly daysLeft: number | undefined;
  readonly stages: StageStates | undefined;
  /** The first stage that is not done: where a set-up goes on. */
  readonly next: Stage | undefined;
  readonly move: Move;
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
    return {
      status: 'unreadable',
      practice,
      daysLeft: left,
      stages: undefined,
      next: undefined,
      move: 'correct',
    };
  const states = stageStates(customer, record, now);
  const next = stages.find((stage) => !['done', 'expiring', 'elsewhere'].includes(states[stage]));
  const renewing = renewal && renewalStatus(renewal, customer, now);
  const byFiles = removalStatus(record) ?? statusOf(states, next, renewing);
  const status = withSeen(byFiles, check);
  return { status, practice, daysLeft: left, stages: states, next, move: moveOf(status, record) };
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
  if (states.preferences === 'elsewhere') return 'with administrator';
  if (states.verification === 'waiting for Exchange') return 'waiting for Exchange';
  return next === 'verification' ? 'unverified' : 'ready';
}
