import type { Customer } from '../../core/customer/customer.ts';
import type { CustomerRecord } from '../../core/customer/record.ts';
import { daysLeft, type Step, type StepStates, stepStates, steps } from './step-states.ts';

/** A customer as the tree shows it. Where several are true, the first one that a person should act on. */
export type Status =
  | 'unreadable'
  | 'not set up'
  | 'unfinished'
  | 'waiting for consent'
  | 'waiting for Exchange'
  | 'expired'
  | 'expiring'
  | 'unverified'
  | 'ready';

const actions: readonly Status[] = ['unreadable', 'not set up', 'unfinished', 'expired', 'expiring'];

/** Whether it counts in the badge. */
export function needsAction(status: Status): boolean {
  return actions.includes(status);
}

export interface Standing {
  readonly status: Status;
  readonly practice: boolean;
  readonly daysLeft: number | undefined;
  readonly steps: StepStates | undefined;
  /** The first step that is not done: where a set-up goes on. */
  readonly next: Step | undefined;
}

export interface ReadFiles {
  /** `undefined`: a file of the customer could not be read. */
  readonly customer: Customer | undefined;
  readonly record: CustomerRecord | undefined;
}

export function standingOf({ customer, record }: ReadFiles, now: number): Standing {
  const practice = record?.kind === 'practice';
  const left = daysLeft(record, now);
  if (!customer) return { status: 'unreadable', practice, daysLeft: left, steps: undefined, next: undefined };
  const states = stepStates(customer, record, now);
  const next = steps.find((step) => !['done', 'expiring'].includes(states[step]));
  return { status: statusOf(states, next), practice, daysLeft: left, steps: states, next };
}

function statusOf(states: StepStates, next: Step | undefined): Status {
  if (states.secret === 'expired') return 'expired';
  if (Object.values(states).every((state) => state === 'missing')) return 'not set up';
  if (states.permissions === 'waiting') return 'waiting for consent';
  if (next !== undefined && next !== 'verification') return 'unfinished';
  if (states.secret === 'expiring') return 'expiring';
  if (states.verification === 'waiting for Exchange') return 'waiting for Exchange';
  return next === 'verification' ? 'unverified' : 'ready';
}
