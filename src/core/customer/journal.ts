import type { CustomerRecord, JournalEntry } from './record.ts';

/** So many entries, and what is open before them: by that alone a run finds what another one left. */
const kept = 200;

/** Kept where a lost record learnt of an open renewal: who used which secret before that is not known. */
export const findRenewal = 'find-renewal';

/** Which operation of which step, and when: `at` in epoch milliseconds. */
export interface Moment {
  readonly at: number;
  readonly operation: string;
  readonly step: string;
  readonly note?: string;
}

/** The application that was adopted while no one had its client secret here. A set-up adds one, and only if the adoption is confirmed. */
export function adoptedWithoutSecret({
  application,
  secret,
  journal,
}: Pick<CustomerRecord, 'application' | 'secret' | 'journal'>): CustomerRecord['application'] {
  return secret || !journal.some(({ step }) => step === 'adopt') ? undefined : application;
}

/** To be saved before a call that creates something: after a crash it tells the next run what to look for. */
export function withIntent(record: CustomerRecord, moment: Moment): CustomerRecord {
  return withEntry(record, 'intent', moment);
}

/** `gained`: what exists now, such as `{ application }`. */
export function withDone(
  record: CustomerRecord,
  moment: Moment,
  gained: Partial<CustomerRecord> = {},
): CustomerRecord {
  return withEntry({ ...record, ...gained }, 'done', moment);
}

export function withFailed(record: CustomerRecord, moment: Moment): CustomerRecord {
  return withEntry(record, 'failed', moment);
}

/** Intents without an outcome, oldest first: no one knows yet whether the service carried them out. */
export function openIntents(record: Pick<CustomerRecord, 'journal'>): JournalEntry[] {
  const settled = new Set(
    record.journal
      .filter(({ state }) => state !== 'intent')
      .map(({ operation, step }) => `${step} ${operation}`),
  );
  return record.journal.filter(
    ({ state, operation, step }) => state === 'intent' && !settled.has(`${step} ${operation}`),
  );
}

/** Intents that an earlier run left get the outcome that this run has seen; `undefined`: none was seen yet. */
export function withOutcomes(
  record: CustomerRecord,
  at: number,
  outcomeOf: (intent: JournalEntry) => 'done' | 'failed' | undefined,
): CustomerRecord {
  return openIntents(record).reduce((settled, intent) => {
    const outcome = outcomeOf(intent);
    const { operation, step } = intent;
    return outcome ? withEntry(settled, outcome, { at, operation, step }) : settled;
  }, record);
}

function withEntry(record: CustomerRecord, state: JournalEntry['state'], moment: Moment): CustomerRecord {
  const { at, ...what } = moment;
  const entry = { at: new Date(at).toISOString(), ...what, state };
  const journal = [...record.journal, entry];
  const open = new Set(openIntents({ journal }));
  return { ...record, journal: journal.filter((each, at) => at >= journal.length - kept || open.has(each)) };
}
