import * as z from 'zod/mini';
import type { Http } from '../cloud/http.ts';
import { encryptedFileOf } from '../customer/file-names.ts';
import { findRenewal } from '../customer/journal.ts';
import type { OwnSignIns } from '../customer/last-check.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { openRenewal } from '../customer/standing.ts';
import { exists } from '../files/target.ts';
import { signInAsApplication } from '../mail/application.ts';
import { mailUrls } from '../preferences/mail-urls.ts';
import type { Preferences } from '../preferences/preferences.ts';
import { odata } from '../tenant/question.ts';
import { Failure } from '../words/failure.ts';
import { dayMs, dayOf, minuteOf } from '../words/moment.ts';
import { say, type Words } from '../words/say.ts';
import { readServiceError } from '../words/service-failure.ts';

/** When Entra last saw each secret used, by key id, in epoch milliseconds; or why that is not known. */
type SecretUses =
  | { readonly kind: 'known'; readonly lastUse: ReadonlyMap<string, number> }
  | { readonly kind: 'unknown'; readonly why: Words };

const Report = z.object({
  value: z.array(
    z.object({
      keyId: z.string(),
      signInActivity: z.nullish(z.object({ lastSignInDateTime: z.nullish(z.string()) })),
    }),
  ),
});

const doing = say`ask when each client secret was used last`;

/**
 * Asks Entra with the app's own rights which of its secrets was used when. The report is in beta, in the worldwide cloud
 * alone, and hours late (learn.microsoft.com/graph/api/reportroot-list-appcredentialsigninactivities). Never rejects for
 * what a service or the network does: it is evidence beside a person's word.
 */
async function askSecretUses(
  preferences: Preferences,
  http: Http,
  signal: AbortSignal | undefined,
): Promise<SecretUses> {
  try {
    const { cloud } = mailUrls(preferences);
    if (!cloud.hasSecretReport)
      return unknown(say`Microsoft provides the report of used secrets only in the worldwide cloud.`);
    const { value: application } = await signInAsApplication(preferences, http, signal);
    const { clientId } = preferences.connection;
    const url = `${cloud.graph}/beta/reports/appCredentialSignInActivities?$filter=appId%20eq%20${odata(clientId)}`;
    const { status, body } = await application.send({ method: 'GET', url, replay: 'safe', doing });
    const report = Report.safeParse(body);
    return status < 300 && report.success
      ? { kind: 'known', lastUse: lastUses(report.data) }
      : refused(status, body);
  } catch (cause) {
    if (!(cause instanceof Failure) || signal?.aborted === true) throw cause;
    return unknown(say`${cause.words} (${cause.code})`);
  }
}

const unknown = (why: Words): SecretUses => ({ kind: 'unknown', why });

/** One entry for each secret and resource. */
function lastUses({ value }: z.infer<typeof Report>): Map<string, number> {
  const lastUse = new Map<string, number>();
  for (const { keyId, signInActivity } of value) {
    const at = Date.parse(signInActivity?.lastSignInDateTime ?? '');
    if (at > (lastUse.get(keyId.toLowerCase()) ?? 0)) lastUse.set(keyId.toLowerCase(), at);
  }
  return lastUse;
}

function refused(status: number, body: unknown): SecretUses {
  const code = readServiceError(body)?.codes[0] ?? say`no code`;
  return code === 'Authentication_RequestFromNonPremiumTenantOrB2CTenant'
    ? unknown(
        say`The report of used secrets needs a licence that this tenant does not have (Microsoft Entra ID P1).`,
      )
    : unknown(say`Microsoft does not provide the report of used secrets here (HTTP ${status}, ${code}).`);
}

/**
 * What the report says of a renewal. `old in use` and `both in use` stop the removal of the old secret, `new in use` supports
 * it, and `new seen` says nothing: a pipeline may have used it.
 */
export type Evidence =
  | {
      readonly kind: 'old in use' | 'old at rest' | 'new in use' | 'new seen';
      readonly at: number;
      readonly isSharedElsewhere: boolean;
      /** The first use of the new secret that was seen and is T&A's. */
      readonly newSince?: number | undefined;
    }
  | { readonly kind: 'both in use'; readonly at: number; readonly newSince: number }
  | { readonly kind: 'not seen' }
  | { readonly kind: 'unknown'; readonly why: Words };

/** Microsoft's clock and ours, both in whole seconds. */
const toleranceMs = 10_000;
/** A test email is dated when it has gone; the app signed in for it some time before. */
const mailMs = 2 * 60_000;
/** The report is up to a day late, and T&A may send no email on a day. */
const restMs = 2 * dayMs;

/** How the report is read. */
export interface Reading {
  readonly now: number;
  /** When this tool signed in, as far as the record does not tell: in checks, and in this run; it grows. */
  readonly own?: OwnSignIns | undefined;
  /** Whether encrypted preferences are kept beside the file: a pipeline may check the customer with them, with either secret. */
  readonly isSharedElsewhere: boolean;
}

/** Asks for the report and reads it. */
export async function askEvidence(
  { record, preferences, preferencesFile }: UsedSecrets,
  { http, signal, ...reading }: Omit<Reading, 'isSharedElsewhere'> & AskPorts,
): Promise<Evidence> {
  const uses = await askSecretUses(preferences, http, signal);
  const isSharedElsewhere = await exists(encryptedFileOf(preferencesFile));
  return evidenceOf(record, uses, { ...reading, isSharedElsewhere });
}

interface UsedSecrets {
  readonly record: CustomerRecord;
  readonly preferences: Preferences;
  readonly preferencesFile: string;
}

interface AskPorts {
  readonly http: Http;
  readonly signal: AbortSignal | undefined;
}

/**
 * A use of a secret since the renewal is T&A's where none of our own was near, and no one else has it; ours of the old one are those of a
 * check or an email that began before. What is used in its first seconds tells nothing: no one could have the new secret yet. The report
 * tells the last use of each and no other, so ours may hide T&A's, and a pipeline's looks like T&A's.
 */
export function evidenceOf(
  record: CustomerRecord,
  uses: SecretUses,
  { now, own = { signIns: [], oldSignIns: [] }, isSharedElsewhere }: Reading,
): Evidence {
  const renewal = openRenewal(record);
  if (uses.kind === 'unknown' || !renewal) return uses.kind === 'unknown' ? uses : { kind: 'not seen' };
  const lastUse = (keyId = ''): number => uses.lastUse.get(keyId.toLowerCase()) ?? 0;
  const usedOld = lastUse(renewal.oldSecret.keyId);
  const usedLost = (renewal.lostSecrets ?? []).map(({ keyId }) => lastUse(keyId));
  const usedNew = lastUse(record.secret?.keyId);
  // What an earlier run took for T&A's is looked at again: more may be known of our own.
  const ofOthers = [usedNew, Date.parse(renewal.newSecretSeen ?? '')].filter(
    (at) => at > 0 && !isOurs(at, record, own.signIns),
  );
  // A secret that the renewal lost was its new one, with our own uses of it.
  const replaced = [usedOld, ...usedLost.filter((at) => !isOurs(at, record, own.signIns))];
  const since = Date.parse(renewal.since) + toleranceMs;
  const old = Math.max(0, ...replaced.filter((at) => at > since && !isNear(at, own.oldSignIns)));
  return verdictOf(old, ofOthers, { now, isSharedElsewhere });
}

/** Of the uses that are not ours, since the renewal: the last one of the old secret, 0 for none, and those of the new one. */
function verdictOf(old: number, ofNew: readonly number[], { now, isSharedElsewhere }: Reading): Evidence {
  const isOldFresh = now - old < restMs;
  // What a pipeline may have done says nothing of T&A.
  const newSince = ofNew.length > 0 && !isSharedElsewhere ? Math.min(...ofNew) : undefined;
  if (newSince !== undefined && isOldFresh && old > newSince + toleranceMs)
    return { kind: 'both in use', at: old, newSince };
  const last = Math.max(0, ...ofNew);
  const isOldLast = old > 0 && (isSharedElsewhere || old >= last);
  const seen = { isSharedElsewhere, newSince };
  if (isOldLast && isOldFresh) return { kind: 'old in use', at: old, ...seen };
  if (last > old) return { kind: isSharedElsewhere ? 'new seen' : 'new in use', at: last, ...seen };
  return isOldLast ? { kind: 'old at rest', at: old, ...seen } : { kind: 'not seen' };
}

function isOurs(
  at: number,
  { renewal, proof, verification, journal }: CustomerRecord,
  ownSignIns: readonly number[],
): boolean {
  const known = [...(renewal?.ownSignIns ?? []), proof?.at ?? ''];
  const signIns = [...known.map((one) => Date.parse(one)), ...ownSignIns];
  const sentAt = Date.parse(verification?.at ?? '');
  const forMail = at >= sentAt - mailMs && at <= sentAt + toleranceMs;
  const unknownUntil = Date.parse(journal.find(({ step }) => step === findRenewal)?.at ?? '');
  return forMail || at <= unknownUntil || isNear(at, signIns);
}

const isNear = (at: number, times: readonly number[]): boolean =>
  times.some((one) => Math.abs(one - at) <= toleranceMs);

/** The same as a sentence. */
export function evidenceWords(evidence: Evidence, now: number): Words {
  switch (evidence.kind) {
    case 'old in use':
      return evidence.isSharedElsewhere
        ? say`The old client secret was last used ${moment(evidence.at, now)}, by T&A or by a pipeline that has the old preferences.`
        : say`T&A last used the old client secret ${moment(evidence.at, now)}. It has not been changed in T&A yet.`;
    case 'old at rest':
      return say`The old client secret was last used ${moment(evidence.at, now)}, and Microsoft Entra has seen no use of either one by T&A since then. T&A may send email seldom.`;
    case 'both in use':
      return say`T&A used the old client secret ${moment(evidence.at, now)}, after the new one was first used (${moment(evidence.newSince, now)}). One of its servers or web instances may still have the old one.`;
    case 'new in use':
      return say`T&A uses the new client secret: Microsoft Entra saw it ${moment(evidence.at, now)}, when this computer did not use it. A colleague who checked this customer then would look the same.`;
    case 'new seen':
      return say`The new client secret was last used ${moment(evidence.at, now)}, by T&A or by a pipeline that checks this customer. Microsoft Entra does not report which.`;
    case 'not seen':
      return say`Microsoft Entra has not reported that T&A used either secret since the renewal. The report is hours late.`;
    case 'unknown':
      return say`It is unknown which secret T&A uses. ${evidence.why}`;
    default:
      return evidence satisfies never;
  }
}

/** `today at 09:12 UTC`, `on 2027-04-22 at 09:12 UTC` */
function moment(at: number, now: number): Words {
  const [date = '', time = ''] = minuteOf(at).split(' ');
  return date === dayOf(now) ? say`today at ${time} UTC` : say`on ${date} at ${time} UTC`;
}

/** Whether the removal of the old secret has to wait, whatever a person says. */
export const isOldInUse = ({ kind }: Evidence): boolean => kind === 'old in use' || kind === 'both in use';

/** When T&A first used the new secret, where that was seen. */
export const newSinceIn = (evidence: Evidence | undefined): string | undefined =>
  evidence && 'newSince' in evidence && evidence.newSince !== undefined
    ? new Date(evidence.newSince).toISOString()
    : undefined;

/** The record with T&A's first use of the new secret, where one was seen: a later use of ours would hide it from the next report. */
export function withEvidence(record: CustomerRecord, evidence: Evidence): CustomerRecord {
  const newSecretSeen = newSinceIn(evidence);
  if (!record.renewal || newSecretSeen === undefined) return record;
  return { ...record, renewal: { ...record.renewal, newSecretSeen } };
}
