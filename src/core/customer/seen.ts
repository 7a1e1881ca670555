import type { CheckedFinding, LastCheck } from './last-check.ts';
import type { CustomerRecord } from './record.ts';
import type { Stage } from './stage-states.ts';

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

/** Findings that speak of a stage without its name at their beginning. A refused sign-in speaks of the token, whatever else. */
const about: Readonly<Partial<Record<Stage, RegExp>>> = {
  registration: /^(AADSTS700016$|application)/,
  servicePrincipal: /^AADSTS7000229$/,
  secret: /^AADSTS70002(15|22)$/,
  preferences: /^endpoint/,
  proof: /^AADSTS/,
  verification: /^sender/,
};

/** The worst that the last check saw of a stage, where someone should act on it. */
export function seenAgainst(
  stage: Stage,
  { record, seen }: { readonly record: CustomerRecord | undefined; readonly seen: LastCheck | undefined },
): CheckedFinding | undefined {
  if (!seen || !isCurrent(seen, record)) return undefined;
  const found = seen.findings.filter(({ code }) => code.startsWith(stage) || about[stage]?.test(code));
  return found.find(({ level }) => level === 'bad') ?? found.find(({ level }) => level === 'warn');
}
