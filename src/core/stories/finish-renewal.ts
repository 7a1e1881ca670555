import { lastCheckFileOf } from '../customer/file-names.ts';
import { withDone } from '../customer/journal.ts';
import { findLastCheck, signInsOf } from '../customer/last-check.ts';
import type { Lock } from '../customer/lock.ts';
import { withCheck } from '../customer/own-sign-ins.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { keepRecord, type RecordFile } from '../customer/record-file.ts';
import { apply } from '../setup/apply.ts';
import { replacedBy } from '../setup/existing.ts';
import { setUpFailures } from '../setup/failures.ts';
import { finishFindings } from '../setup/findings/renewal.ts';
import { newOperation } from '../setup/keys.ts';
import { isBlocked } from '../setup/pre-flight.ts';
import { planFinish, withLostSecrets } from '../setup/renewal.ts';
import type { SetUpProgress } from '../setup/run.ts';
import { askEvidence, type Evidence, evidenceWords, isOldInUse, withEvidence } from '../setup/secret-uses.ts';
import { requireApplication } from '../setup/step.ts';
import { tellingWhatExists } from '../setup/what-exists.ts';
import { lookAtApplication } from '../tenant/snapshot.ts';
import { drain, growing, type Look, waitUntil } from '../waiting.ts';
import { errors } from '../words/errors.ts';
import { say, type Words } from '../words/say.ts';
import { locked } from './locked.ts';
import { asFinding, type Job, lookAround, type Ports, type Preparation, type Prepared } from './prepare.ts';

/** The question before the old secret is removed, and what the answer is for. One text for both faces. */
export const testQuestion = {
  title: say`Did the email of T&A's own Test arrive?`,
  text: say`Remove the old client secret only after you entered the new one in T&A and pressed Test, on every server that sends email. After that, only the new one works.`,
};

export interface FinishPorts extends Omit<Ports, 'agreeToAdopt' | 'agreeToRemove' | 'askAboutDeleted'> {
  /** Asks `testQuestion`. `line` says what Entra has seen. */
  readonly confirm: (prepared: Prepared, line: Words, evidence: Evidence) => Promise<boolean>;
}

export type FinishProgress =
  | Preparation
  | SetUpProgress
  | { readonly kind: 'last use'; readonly evidence: Evidence; readonly line: Words };

export interface Finished {
  readonly prepared: Prepared;
  readonly record: CustomerRecord;
  readonly evidence: Evidence;
}

/**
 * Removes the old secret once T&A is known to use the new one: a person says that T&A's own Test arrived, and Entra is asked
 * which secret was used last. Throws a Failure where it was the old one.
 */
export async function* endRenewal(
  job: Omit<Job, 'adopt' | 'removeSurplus'>,
  ports: FinishPorts,
): AsyncGenerator<FinishProgress, Finished> {
  return yield* locked(job.files.record, job.by, ports, (own, lock) => lookAndFinish(job, own, lock));
}

async function* lookAndFinish(
  job: Omit<Job, 'adopt' | 'removeSurplus'>,
  ports: FinishPorts,
  lock: Lock,
): AsyncGenerator<FinishProgress, Finished> {
  const { http } = ports;
  const { placeNotes, ...looked } = yield* lookAround(job, ports);
  const { clock, file } = looked;
  const existing = { ...looked.existing, record: withLostSecrets(looked.existing, clock.now()) };
  const found = { ...looked, existing };
  const findings = [...finishFindings(job.customer, existing, clock.now()), ...placeNotes.map(asFinding)];
  const prepared = { ...found, findings, plan: planFinish(job.customer, existing, clock.now()) };
  yield { kind: 'looked', findings, plan: prepared.plan };
  const preferences = file.current();
  if (isBlocked(findings) || !preferences) throw setUpFailures.blocked(findings);
  const lastCheck = await findLastCheck(lastCheckFileOf(job.files.record));
  const record = withCheck(existing.record, lastCheck);
  const used = { record, preferences, preferencesFile: file.path };
  // Those of this run grow; the record has what checks kept of the new secret.
  const own = { signIns: lock.signIns, oldSignIns: signInsOf(lastCheck).oldSignIns };
  const reading = { now: clock.now(), own };
  const evidence = await askEvidence(used, { ...reading, http, signal: ports.signal });
  const line = evidenceWords(evidence, clock.now());
  yield { kind: 'last use', evidence, line };
  const recordFile = keepRecord(lock, record);
  await recordFile.save(withEvidence(record, evidence));
  if (isOldInUse(evidence)) throw setUpFailures.oldSecretInUse(line);
  if (!(await ports.confirm(prepared, line, evidence)))
    throw errors.cancelled(say`Nothing was removed. Both client secrets stay.`, { doing: say`confirm` });
  const work = removeOld(job, prepared, recordFile, { ...ports, http, clock });
  return { evidence, ...(yield* tellingWhatExists(work, recordFile, whatStays)) };
}

/** The new secret was given a token in this run, read back from the file; now the old one goes. */
async function* removeOld(
  { customer }: Pick<Job, 'customer'>,
  prepared: Prepared,
  recordFile: RecordFile,
  ports: FinishPorts,
): AsyncGenerator<FinishProgress, Omit<Finished, 'evidence'>> {
  const { graph, file, existing, plan, session } = prepared;
  const { objectId, userPrincipalName } = session.admin;
  const known = { ...existing, record: recordFile.current() };
  const run = { ...ports, graph, recordFile, file };
  yield* apply(customer, known, plan, { objectId, userPrincipalName }, run);
  await requireGone(prepared, recordFile.current(), ports);
  const { renewal: _finished, ...record } = recordFile.current();
  const moment = { at: ports.clock.now(), operation: newOperation(), step: 'finish-renewal' };
  // While the record tells of the renewal, a run that ends here is continued.
  await file.dropOld();
  await recordFile.save(withDone(record, moment));
  return { prepared, record: recordFile.current() };
}

const gonePatienceMs = 2 * 60_000;

/** That the removal was answered well is one thing; that Entra lists the secret no more is another. */
async function requireGone(
  { graph }: Prepared,
  record: CustomerRecord,
  { clock, random, signal }: FinishPorts,
): Promise<void> {
  const { clientId } = requireApplication(record);
  const replaced = replacedBy(record.renewal);
  const [first] = replaced;
  if (!first) return;
  let stays = first;
  const look = async (): Promise<Look<void>> => {
    const { application } = await lookAtApplication(graph, clientId, signal);
    const secrets = application?.secrets.map(({ keyId }) => keyId) ?? [];
    const listed = replaced.find(({ keyId }) => secrets.includes(keyId));
    stays = listed ?? stays;
    return listed ? { because: 'lag', reason: say`still listed`, toldMs: undefined } : { settled: undefined };
  };
  await drain(
    waitUntil(look, {
      ...{ clock, random, signal, patienceMs: gonePatienceMs },
      doing: say`check whether the old secret was removed`,
      pauses: growing({ firstMs: 500, capMs: 15_000 }),
      overdue: () => {
        throw setUpFailures.oldSecretStays(stays);
      },
    }),
  );
}

function whatStays({ secret, preferences }: CustomerRecord): Words {
  const hint = secret?.hint ?? '';
  return say`The new client secret (begins with ${hint}) works and is in ${preferences?.file ?? ''}. Run it again to continue.`;
}
