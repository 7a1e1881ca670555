import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { CheckedCustomer } from '../check/checked.ts';
import { asText, type CheckFinding, fromFailure, fromPreFlight, isVerdict } from '../check/finding.ts';
import { refusedFinding } from '../check/findings/application.ts';
import { checkFiles, setUpFindings } from '../check/findings/files.ts';
import { expiryOf } from '../check/findings/secret.ts';
import { mailboxOpens } from '../check/findings/sender.ts';
import { checkFindings } from '../check/findings.ts';
import { type Files, type LookPorts, lookAsApp } from '../check/look.ts';
import { timedHttp } from '../cloud/headers.ts';
import { readCustomer } from '../customer/customer.ts';
import { encryptedFileOf, lastCheckFileOf, recordFileOf } from '../customer/file-names.ts';
import { type LeftBehind, recordsLeftBehind } from '../customer/find-customers.ts';
import { findLastCheck, isToDo, keepLastCheck, type LastCheck } from '../customer/last-check.ts';
import { watchCheck, withCheck } from '../customer/own-sign-ins.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { findRecord, preferencesPlace, recordOfOtherWorld } from '../customer/record-file.ts';
import { latestIn } from '../customer/seen.ts';
import { daysUntil, isSoon } from '../customer/stage-states.ts';
import { standingOf } from '../customer/standing.ts';
import { exists } from '../files/target.ts';
import type { Preferences } from '../preferences/preferences.ts';
import { readEncrypted, readPreferences } from '../preferences/preferences-file.ts';
import type { Secret } from '../secret.ts';
import { clockFindings } from '../setup/findings/tenant.ts';
import { newSinceIn } from '../setup/secret-uses.ts';
import { errors, withNext } from '../words/errors.ts';
import { Failure } from '../words/failure.ts';
import { inTerminal, say, type Tell } from '../words/say.ts';
import { blankRecord } from './prepare.ts';

export interface CheckJob {
  /** The customer file; results tell it as it is given here. */
  readonly file: string;
  /** Where a person says that the preferences are; the record says it otherwise. */
  readonly preferencesFile?: string | undefined;
  /** Opens the encrypted preferences where only these are there, as in a repository. What is in them goes into no file. */
  readonly keyFile?: Secret | undefined;
  /** `practice` where the requests go to a server on this machine. */
  readonly kind: CustomerRecord['kind'];
  /** Whether a good result of the last hours stands for a new look. */
  readonly mayBeFresh: boolean;
  /** Why nothing is to be read there: a folder whose customers no one could list. */
  readonly unread?: Failure | undefined;
}

export interface CheckPorts extends LookPorts {
  /** Core's words in the language of the face; English unless it says. What is kept is in English. */
  readonly tell?: Tell | undefined;
  readonly leftBehind?: LeftBehind;
}

export interface Checked {
  readonly customer: CheckedCustomer;
  /** Nothing was asked: the last check was good and is new enough. */
  readonly skipped: boolean;
}

const freshMs = 12 * 60 * 60_000;

/**
 * Looks at a customer with nothing but T&A's own credentials: a token and one `$batch`. What was seen is kept beside the record,
 * without a secret. Never rejects for what a file, a service or the network does; throws a Failure where it is stopped.
 */
export async function checkOneCustomer(job: CheckJob, ports: CheckPorts): Promise<Checked> {
  try {
    if (job.unread) throw job.unread;
    const found = await readFiles(job, ports.leftBehind ?? recordsLeftBehind());
    const now = ports.clock.now();
    const print = printOf(found, now);
    const seen = await findLastCheck(lastCheckFileOf(job.file));
    if (job.mayBeFresh && seen && isFresh(seen, { kind: job.kind, print, now }))
      return { customer: resultOf(job, found, { seen, looked: true, now }), skipped: true };
    return { customer: await lookAnew(job, found, { print, before: seen }, ports), skipped: false };
  } catch (failure) {
    if (!(failure instanceof Failure) || failure.code === 'TA-CANCELLED') throw failure;
    return { customer: await unread(job, failure, ports), skipped: false };
  }
}

type Found = Parameters<typeof setUpFindings>[0] & Partial<Files> & { readonly recorded: boolean };

async function readFiles(job: CheckJob, leftBehind: LeftBehind): Promise<Found> {
  const { file, kind, keyFile, preferencesFile: chosen } = job;
  const customer = await readCustomer(file);
  const recordFile = recordFileOf(file);
  const recorded = await findRecord(recordFile, customer);
  if (recorded && recorded.kind !== kind) throw recordOfOtherWorld(recordFile, recorded.kind);
  const preferencesFile = await preferencesPlace(recordFile, recorded, chosen);
  const preferences = await findPreferences(preferencesFile, keyFile);
  if (!preferences && recorded?.preferences) throw await missingPreferences(preferencesFile, keyFile);
  const record =
    recorded ?? blankRecord({ customer, kind }, preferences?.connection.tenantId ?? customer.tenant);
  return {
    customer,
    record,
    recorded: recorded !== undefined,
    leftBehind: recorded ? [] : await leftBehind(file),
    preferencesFile,
    ...(preferences && { preferences }),
  };
}

async function findPreferences(file: string, keyFile: Secret | undefined): Promise<Preferences | undefined> {
  if (await exists(file)) return await readPreferences(file);
  const encrypted = encryptedFileOf(file);
  return keyFile && (await exists(encrypted)) ? await readEncrypted(encrypted, keyFile) : undefined;
}

async function missingPreferences(file: string, keyFile: Secret | undefined): Promise<Failure> {
  const failure = errors.fileMissing(file);
  const encrypted = encryptedFileOf(file);
  const name = basename(encrypted);
  if (await exists(encrypted))
    return withNext(
      failure,
      say`Put it back, or open the encrypted ones in ${name}${inTerminal` with a key file (check --identity)`}.`,
    );
  const next = keyFile
    ? say`Put it back, or ${name} beside it. In a repository, git may ignore that: add the line !*.ta-email.json.age at the end of .gitignore, and commit it.`
    : say`Put it back from a copy. If there is none, set up this customer again: that adds a new secret, which you enter in T&A.`;
  return withNext(failure, next);
}

/**
 * Of everything that is checked; of the secret only its first characters, which Entra shows too. With what the files say on this day:
 * a renewal that is overdue since noon was not in the morning.
 */
function printOf({ customer, record, preferences }: Found, now: number): string {
  const { status } = standingOf({ customer, record }, now);
  const parts = [customer, record, preferences, preferences?.connection.clientSecret.hint, status];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

interface Wanted extends Pick<LastCheck, 'kind' | 'print'> {
  readonly now: number;
}

/** Only what was seen to work stands, and only while it is known to go on. */
function isFresh({ findings, at, expiresAt, ...seen }: LastCheck, { kind, print, now }: Wanted): boolean {
  const age = now - Date.parse(at);
  return (
    seen.kind === kind &&
    seen.print === print &&
    age >= 0 &&
    age < freshMs &&
    !findings.some(isToDo) &&
    findings.some(({ code }) => code === mailboxOpens) &&
    expiresAt !== undefined &&
    !isSoon(daysUntil(expiresAt, now))
  );
}

interface Seen {
  readonly looked: boolean;
  readonly findings: readonly CheckFinding[];
  readonly expiresAt: string | undefined;
  readonly newSecretSeen?: string | undefined;
  readonly now: number;
}

async function lookAnew(
  job: CheckJob,
  found: Found,
  { print, before }: { readonly print: string; readonly before: LastCheck | undefined },
  ports: CheckPorts,
): Promise<CheckedCustomer> {
  const place = lastCheckFileOf(job.file);
  const world = { cloud: found.customer.cloud, kind: job.kind };
  const timed = timedHttp(ports.http, ports.clock);
  const hint = found.preferences?.connection.clientSecret.hint ?? '';
  const watched = { record: found.record, before, hint };
  const { http, own, kept } = watchCheck(job.file, watched, { ...ports, http: timed });
  const record = withCheck(found.record, before);
  const looking = await look({ ...found, record, own }, { ...ports, http }, timed.aheadMs);
  const { looked, findings, expiresAt, now, newSecretSeen = record.renewal?.newSecretSeen } = looking;
  const at = new Date(now).toISOString();
  const after = found.recorded ? latestIn(found.record) : undefined;
  const seen: LastCheck = {
    ...{ version: 1, kind: job.kind, at, after, print, expiresAt, newSecretSeen },
    ...(await kept()),
    findings: findings.map((finding) => asText(finding, world)),
  };
  // Where nothing was seen, what was seen before is still the newest.
  const unkept = looked ? ((await keepLastCheck(place, seen).catch(notKept)) ?? []) : [];
  // Of this computer, not of the customer: it is told, and not kept.
  const ofHere = clockFindings(timed.aheadMs()).map(fromPreFlight);
  const told = [...findings, ...unkept, ...ofHere].map((finding) => asText(finding, world, ports.tell));
  return { ...resultOf(job, found, { seen, looked, now }), findings: told };
}

/** The customer was looked at all the same: in a folder that this account may not write to, or on a full disk. */
function notKept(failure: unknown): CheckFinding[] {
  if (!(failure instanceof Failure) || failure.code === 'TA-CANCELLED') throw failure;
  return [{ ...fromFailure(failure), level: 'note' }];
}

async function look(found: Found, ports: LookPorts, aheadMs: () => number | undefined): Promise<Seen> {
  const { customer, record, preferences, preferencesFile, own } = found;
  const now = ports.clock.now();
  // What is missing in the tenant is what a removal has taken: it is not to be put back.
  const isLeaving = ['removed', 'removal unfinished'].includes(standingOf({ customer, record }, now).status);
  if (!preferences || preferencesFile === undefined || isLeaving)
    return { looked: true, findings: setUpFindings(found, now), expiresAt: undefined, now };
  const files = { customer, record, preferences, preferencesFile, own };
  try {
    const seen = await lookAsApp(files, ports);
    const [expiresAt, newSecretSeen] = [expiryOf(seen), newSinceIn(seen.evidence)];
    return { looked: true, findings: checkFindings(seen), expiresAt, newSecretSeen, now: seen.now };
  } catch (failure) {
    if (!(failure instanceof Failure) || failure.code === 'TA-CANCELLED') throw failure;
    // Who refuses tells the time as well.
    const then = ports.clock.now() - (aheadMs() ?? 0);
    const findings = [refusedFinding(failure, record, then), ...checkFiles(files, then)];
    return { looked: isVerdict(failure), findings, expiresAt: undefined, now: then };
  }
}

function resultOf(
  { file }: CheckJob,
  { customer, record, recorded }: Found,
  { seen, looked, now }: { readonly seen: LastCheck; readonly looked: boolean; readonly now: number },
): CheckedCustomer {
  const files = { customer, record: recorded ? record : undefined, seen: looked ? seen : undefined };
  const expiresAt = seen.expiresAt ?? record.secret?.expiresAt;
  return {
    file,
    name: customer.name,
    standing: standingOf(files, now).status,
    checkedAt: seen.at,
    looked,
    secret: expiresAt === undefined ? null : { expiresAt, daysLeft: daysUntil(expiresAt, now) },
    findings: seen.findings,
  };
}

async function unread(job: CheckJob, failure: Failure, ports: CheckPorts): Promise<CheckedCustomer> {
  // Where another file is the trouble, this one says who it is.
  const customer = job.unread ? undefined : await readCustomer(job.file).catch(() => undefined);
  return {
    file: job.file,
    name: customer?.name ?? basename(job.file).replace(/\.ta-customer\.json$/, ''),
    standing: 'unreadable',
    checkedAt: new Date(ports.clock.now()).toISOString(),
    looked: false,
    secret: null,
    findings: [asText(fromFailure(failure), { cloud: 'global', kind: job.kind }, ports.tell)],
  };
}
