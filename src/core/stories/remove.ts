import { basename } from 'node:path';
import { type Copy, withCopyEnded } from '../customer/copies.ts';
import { encryptedFileOf, lastCheckFileOf, renewalFilesOf } from '../customer/file-names.ts';
import { openIntents, withIntent, withOutcomes } from '../customer/journal.ts';
import type { Lock } from '../customer/lock.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { findRecord, keepRecord, type RecordFile } from '../customer/record-file.ts';
import type { EscrowPorts } from '../escrow/keep-in-vault.ts';
import { type CopyEnd, removeCopies } from '../escrow/remove-kept.ts';
import { exists } from '../files/target.ts';
import { oldFileOf } from '../preferences/preferences-file.ts';
import { apply } from '../setup/apply.ts';
import { purgeRemoved } from '../setup/deleted-application.ts';
import type { RemovalWish } from '../setup/existing.ts';
import { newOperation, uniqueNameIn } from '../setup/keys.ts';
import { makePlan } from '../setup/plan.ts';
import { isBlocked } from '../setup/pre-flight.ts';
import {
  plainName,
  type Remains,
  removalFindings,
  restorableUntil,
  whatIsLeft,
  withRemovalBegun,
  withRemovalFinished,
} from '../setup/removal.ts';
import { asksFor, copiesToRemove, copyStep } from '../setup/removal-copies.ts';
import { removalFailures } from '../setup/removal-failures.ts';
import { replicationWindowMs } from '../setup/replication.ts';
import type { SetUpProgress } from '../setup/run.ts';
import { hasScope } from '../setup/steps/write-exchange-removal.ts';
import { tellingWhatExists } from '../setup/what-exists.ts';
import { errors } from '../words/errors.ts';
import { say, type Words } from '../words/say.ts';
import { locked } from './locked.ts';
import { type Job, lookAround, type Ports, type Preparation, type Prepared } from './prepare.ts';

export interface RemoveJob extends Omit<Job, 'adopt' | 'removeSurplus'> {
  readonly wish: RemovalWish;
  /** Whether the application, and the copy in the Key Vault if it goes, is deleted permanently, so that no one can restore it. */
  readonly purge: boolean;
}

export interface RemovePorts extends Omit<Ports, 'agreeToAdopt' | 'agreeToRemove' | 'askAboutDeleted'> {
  /** Asked once, before the first change: the customer's name as the person enters it; `undefined` where they stop. */
  readonly askName: (prepared: Prepared) => Promise<string | undefined>;
  /** Asked apart, before the first change too, where the application is to be deleted for good. */
  readonly confirmPurge: (prepared: Prepared) => Promise<boolean>;
  /** For the copy in the Key Vault, where that is wanted. */
  readonly signInToAzure: EscrowPorts['signInToAzure'];
}

export type RemoveProgress =
  | Preparation
  | SetUpProgress
  | { readonly kind: 'purged' }
  | { readonly kind: 'copy'; readonly copy: Copy; readonly end: CopyEnd };

export interface Removed extends Remains {
  readonly prepared: Prepared;
}

/**
 * Takes away in the tenant what this tool has put there, and nothing else, after the customer's name was entered. It stops at
 * the first failure; running it again goes on.
 */
export async function* remove(job: RemoveJob, ports: RemovePorts): AsyncGenerator<RemoveProgress, Removed> {
  return yield* locked(job.files.record, job.by, ports, (own, lock) => lookAndRemove(job, own, lock));
}

async function* lookAndRemove(
  { wish, ...job }: RemoveJob,
  ports: RemovePorts,
  lock: Lock,
): AsyncGenerator<RemoveProgress, Removed> {
  const known = await findRecord(job.files.record);
  if (!known || uniqueNameIn(known) === undefined) throw removalFailures.nothingOfOurs();
  const removal = { ...wish, purge: job.purge };
  const papers = hasScope(job.customer, known) ? [removal.exchangeScript] : [];
  const { placeNotes: _none, ...found } = yield* lookAround({ ...job, removal, papers }, ports);
  const { existing, clock } = found;
  const findings = removalFindings(job.customer, existing, clock.now());
  const plan = makePlan(job.customer, existing, clock.now());
  yield { kind: 'looked', findings, plan };
  if (isBlocked(findings)) throw removalFailures.blocked(findings);
  const prepared = { ...found, findings, plan };
  const purge = await isAgreed(job, prepared, ports);
  const recordFile = keepRecord(lock, existing.record);
  const work = takeAway({ ...job, purge }, prepared, recordFile, { ...ports, clock });
  return yield* tellingWhatExists(work, recordFile, whatIsLeft);
}

/** Whether the application, or the copy, goes for good. Throws a Failure unless the customer's name was entered. */
async function isAgreed(
  { customer, purge }: Pick<RemoveJob, 'customer' | 'purge'>,
  prepared: Prepared,
  ports: RemovePorts,
): Promise<boolean> {
  const { record, removal } = prepared.existing;
  const isPurgeable = purge && record.removal?.permanent !== true;
  const hasCopy = removal?.vault === true && copiesToRemove(record, purge).length > 0;
  if (prepared.plan.changes.length === 0 && !isPurgeable && !hasCopy) return false;
  const name = await ports.askName(prepared);
  if (name === undefined) throw errors.cancelled(say`Nothing was removed.`, { doing: say`confirm` });
  if (plainName(name) !== plainName(customer.name)) throw removalFailures.otherName(customer.name);
  return purge && (isPurgeable || hasCopy) && (await ports.confirmPurge(prepared));
}

/** From the confirmation on. What is removed is in the record before the first request leaves. */
async function* takeAway(
  job: Omit<RemoveJob, 'wish'>,
  prepared: Prepared,
  recordFile: RecordFile,
  ports: RemovePorts,
): AsyncGenerator<RemoveProgress, Removed> {
  const { graph, file, existing, plan, session } = prepared;
  const { objectId, userPrincipalName } = session.admin;
  const { clock } = ports;
  const begun = withRemovalBegun(recordFile.current(), existing, clock.now());
  if (plan.changes.length > 0) {
    await recordFile.save(begun);
    yield* apply(
      job.customer,
      existing,
      plan,
      { objectId, userPrincipalName },
      { ...ports, graph, recordFile, file },
    );
  } else recordFile.learn(begun);
  await recordFile.save(withRemovalFinished(recordFile.current(), clock.now()));
  const copyNotes = existing.removal?.vault ? yield* removeAllCopies(job, recordFile, ports) : [];
  if (job.purge) yield* deleteForGood(prepared, recordFile, ports);
  const record = recordFile.current();
  const restorable = restorableAsSeen(record, prepared);
  return { prepared, record, restorableUntil: restorable, copyNotes, ...(await filesLeft(job.files)) };
}

/** What lies there under the names that this tool gives, and is not in the record. */
async function filesLeft({ preferences, record }: Job['files']): Promise<Pick<Remains, 'copies' | 'papers'>> {
  const { sheet, reminders } = renewalFilesOf(record);
  return {
    copies: await namesOf([oldFileOf(preferences), encryptedFileOf(preferences)]),
    papers: await namesOf([sheet, reminders, lastCheckFileOf(record)]),
  };
}

async function namesOf(paths: readonly string[]): Promise<string[]> {
  const there = await Promise.all(paths.map(exists));
  return paths.filter((_path, at) => there[at]).map((path) => basename(path));
}

/** The secret opens nothing any more; with an application that is restored it would. Gives what is to be said of them besides. */
async function* removeAllCopies(
  { purge }: Pick<RemoveJob, 'purge'>,
  recordFile: RecordFile,
  ports: RemovePorts,
): AsyncGenerator<RemoveProgress, Words[]> {
  const known = recordFile.current();
  const copies = copiesToRemove(known, purge);
  if (copies.length === 0 || !known.removal) return [];
  const { clientId } = known.removal.application;
  const wasAsked = (copy: Copy): boolean => openIntents(known).some((intent) => asksFor(copy, intent));
  const onDelete = ({ resourceId: note }: Copy): Promise<void> => {
    const moment = { at: ports.clock.now(), operation: newOperation(), step: copyStep, note };
    return recordFile.save(withIntent(recordFile.current(), moment));
  };
  const notes: Words[] = [];
  for await (const { copy, end } of removeCopies(
    known,
    copies,
    { clientId, purge, wasAsked },
    { ...ports, onDelete },
  )) {
    const settled = withOutcomes(recordFile.current(), ports.clock.now(), (intent) =>
      !asksFor(copy, intent) ? undefined : end.kind === 'disabled' ? 'failed' : 'done',
    );
    await recordFile.save(end.kind === 'left' ? settled : withCopyEnded(settled, copy, copyAfter(copy, end)));
    notes.push(...copyNote(copy, end));
    if (end.kind !== 'gone') yield { kind: 'copy', copy, end };
  }
  return notes;
}

function copyNote({ uri }: Copy, end: CopyEnd): Words[] {
  if (end.kind === 'gone') return [];
  if (end.kind !== 'deleted') return [say`The copy was not deleted: ${end.note} Its address: ${uri}`];
  if (end.recoverable === 'for good')
    return [say`The copy of the client secret in the Key Vault is deleted permanently: ${uri}.`];
  return end.note === undefined
    ? []
    : [say`The copy was not deleted permanently: ${end.note} Its address: ${uri}`];
}

function copyAfter(copy: Copy, end: CopyEnd): Copy | undefined {
  if (end.kind === 'disabled') return { ...copy, disabled: true };
  if (end.kind !== 'deleted' || end.recoverable === 'for good') return undefined;
  const { recoverable } = end;
  return { ...copy, deleted: typeof recoverable === 'object' ? { recoverableUntil: recoverable.until } : {} };
}

async function* deleteForGood(
  { graph, plan }: Prepared,
  recordFile: RecordFile,
  ports: RemovePorts,
): AsyncGenerator<RemoveProgress> {
  const { clock, signal } = ports;
  const record = recordFile.current();
  if (!record.removal || record.removal.permanent) return;
  const step = 'purge-application';
  const moment = { at: clock.now(), operation: newOperation(), step };
  // What an earlier run has deleted is listed by now, or was purged by it.
  const isNew = plan.changes.length > 0 && !openIntents(record).some((intent) => intent.step === step);
  await recordFile.save(withIntent(record, moment));
  const patienceMs = isNew ? replicationWindowMs : 0;
  await purgeRemoved(record.removal, { graph, clock, signal, patienceMs });
  const removal = { ...record.removal, permanent: true };
  const purged = { ...recordFile.current(), removal };
  await recordFile.save(
    withOutcomes(purged, clock.now(), (intent) => (intent.step === step ? 'done' : undefined)),
  );
  yield { kind: 'purged' };
}

/** Only what was seen now can be restored: someone else may have deleted it for good. */
function restorableAsSeen({ removal }: CustomerRecord, { existing, plan }: Prepared): string | undefined {
  const { deleted } = existing.snapshot;
  const isThere = deleted !== undefined || plan.changes.some(({ kind }) => kind === 'delete-application');
  return removal && isThere ? restorableUntil(removal, deleted?.deletedAt) : undefined;
}
