import type { LastCheck } from './last-check.ts';
import type { CustomerRecord } from './record.ts';

/** No clock decides: another entry in the record does, or another record. */
export function isCurrent({ kind, after }: LastCheck, record: CustomerRecord | undefined): boolean {
  return after === latestIn(record) && (record === undefined || record.kind === kind);
}

/** When the record last told of something. */
export function latestIn(record: CustomerRecord | undefined): string | undefined {
  const { journal = [], proof, verification, mailboxScope, preferences, escrow } = record ?? {};
  const times = [
    ...journal.slice(-1).map(({ at }) => at),
    proof?.at,
    verification?.at,
    mailboxScope?.at,
    preferences?.writtenAt,
    escrow?.writtenAt,
  ];
  return times.filter((at) => at !== undefined).reduce(later, undefined);
}

const later = (one: string | undefined, other: string): string =>
  one === undefined || Date.parse(one) < Date.parse(other) ? other : one;

/** Entra knows better than the record when the secret expires. */
export function asSeen(
  record: CustomerRecord | undefined,
  seen: LastCheck | undefined,
): CustomerRecord | undefined {
  if (!record?.secret || seen?.expiresAt === undefined) return record;
  return { ...record, secret: { ...record.secret, expiresAt: seen.expiresAt } };
}
