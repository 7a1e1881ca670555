import type { Customer } from '../customer/customer.ts';
import { renewalFilesOf } from '../customer/file-names.ts';
import type { Lock } from '../customer/lock.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { keepRecord, notesIn, type RecordFile } from '../customer/record-file.ts';
import { type EscrowPorts, type EscrowProgress, keepInVault } from '../escrow/keep-in-vault.ts';
import { type RenewalPapers, writeRenewalPapers } from '../hand-over/renewal-papers.ts';
import { checkMail } from '../mail/mail.ts';
import { type Verification, verify } from '../mail/verify.ts';
import { readPreferences } from '../preferences/preferences-file.ts';
import { preferencesFor } from '../preferences/preferences-for.ts';
import type { Secret } from '../secret.ts';
import { apply } from '../setup/apply.ts';
import { heldSecret } from '../setup/existing.ts';
import { setUpFailures } from '../setup/failures.ts';
import { renewalFindings } from '../setup/findings/renewal.ts';
import { keepInFile, takenBack } from '../setup/keep-secret.ts';
import { missingPermissions } from '../setup/permissions.ts';
import { isBlocked } from '../setup/pre-flight.ts';
import { isRenewalOver, planRenewal, renewalUnderWay, rivalIn, withRenewal } from '../setup/renewal.ts';
import { stopIfAsked } from '../setup/run.ts';
import { requireApplication } from '../setup/step.ts';
import type { KeepSecret } from '../setup/trip.ts';
import { tellingWhatExists } from '../setup/what-exists.ts';
import { errors } from '../words/errors.ts';
import { Failure } from '../words/failure.ts';
import { say } from '../words/say.ts';
import { locked } from './locked.ts';
import type { OnboardJob, OnboardPorts } from './onboard.ts';
import { asFinding, lookAround, type Preparation, type Prepared } from './prepare.ts';
import { type ProofProgress, proveAndSend, proveFirst } from './prove-and-send.ts';
import { type RivalProgress, settleRivals } from './rivals.ts';

export type RenewJob = Omit<OnboardJob, 'adopt' | 'removeSurplus'>;

export interface RenewPorts
  extends Omit<OnboardPorts, 'agreeToAdopt' | 'agreeToRemove' | 'askAboutDeleted' | 'consentPatienceMs'> {
  /** Used where the record names a copy of the secret in a vault. */
  readonly vault: Pick<EscrowPorts, 'signInToAzure' | 'choose'>;
}

export type RenewProgress =
  | Preparation
  | ProofProgress
  | RivalProgress
  | { readonly kind: 'papers'; readonly papers: RenewalPapers }
  | { readonly kind: 'vault'; readonly progress: EscrowProgress };

export interface Renewed {
  readonly prepared: Prepared;
  readonly record: CustomerRecord;
  readonly verification: Verification | undefined;
  readonly provedAt: number;
  readonly papers: RenewalPapers;
}

/**
 * A second client secret beside the first: created, written, proved, sent with, and kept in the vault where the first one is.
 * Both work afterwards; `finishRenewal` removes the first. It stops at the first failure; running it again goes on.
 */
export async function* renew(job: RenewJob, ports: RenewPorts): AsyncGenerator<RenewProgress, Renewed> {
  return yield* locked(job.files.record, job.by, ports, (own, lock) => lookAndRenew(job, own, lock));
}

async function* lookAndRenew(
  job: RenewJob,
  ports: RenewPorts,
  lock: Lock,
): AsyncGenerator<RenewProgress, Renewed> {
  if (job.mail) await checkMail(job.mail);
  const papers = Object.values(renewalFilesOf(job.files.record));
  const { placeNotes, ...found } = yield* lookAround({ ...job, papers }, ports);
  const { existing, clock, file } = found;
  const isOver = isRenewalOver(existing, clock.now());
  const isFirst = !isOver && !renewalUnderWay(existing, clock.now());
  if (isFirst && heldSecret(existing, clock.now())) await file.requireRoom();
  const findings = [...renewalFindings(job.customer, existing, clock.now()), ...placeNotes.map(asFinding)];
  const prepared = { ...found, findings, plan: planRenewal(job.customer, existing, clock.now()) };
  yield { kind: 'looked', findings, plan: prepared.plan };
  if (isBlocked(findings)) throw setUpFailures.blocked(findings);
  if (!(await ports.confirm(prepared)))
    throw errors.cancelled(say`Nothing was changed in the tenant.`, { doing: say`confirm` });
  if (isOver) await file.dropOld();
  const recordFile = keepRecord(lock, existing.record);
  const work = addSecond(job, prepared, recordFile, { ...ports, clock });
  return yield* tellingWhatExists(work, recordFile);
}

/** From the confirmation on. */
async function* addSecond(
  { customer, ...job }: RenewJob,
  prepared: Prepared,
  recordFile: RecordFile,
  ports: RenewPorts,
): AsyncGenerator<RenewProgress, Renewed> {
  const { file, existing, plan } = prepared;
  const { clock, signal } = ports;
  // Permissions that are missing before a renewal are missing after it: that stops no renewal.
  const missing = missingPermissions(customer, existing.snapshot);
  const permissions = customer.app.permissions.filter((name) => !missing.includes(name));
  const wanted = { ...customer, app: { ...customer.app, permissions } };
  const isReadBack = yield* addProved({ customer, wanted, prepared }, recordFile, ports);
  const isScoped = customer.scope === 'mailbox';
  const trial = plan.changes.length === 0 ? existing.trial : undefined;
  const mail = isScoped ? job.mail : undefined;
  const proved = yield* proveAndSend({ customer: wanted, file, trial, mail, isReadBack }, ports, recordFile);
  const notes = notesIn(recordFile);
  const sent =
    !isScoped && job.mail && (yield* verify(await readPreferences(file.path), job.mail, { ...ports, notes }));
  const preferences = await readPreferences(file.path);
  const papers = await writeRenewalPapers({
    ...{ customer, preferences, preferencesFile: file.path, now: clock.now() },
    ...{ record: recordFile.current(), recordFile: recordFile.path },
  });
  yield { kind: 'papers', papers };
  if (recordFile.current().escrow) {
    const keeping = { recordFile, preferences, wish: {} };
    const vault = keepInVault(keeping, { ...ports, ...ports.vault, confirm: async () => true, signal });
    for (let step = await vault.next(); !step.done; step = await vault.next())
      yield { kind: 'vault', progress: step.value };
  }
  const verification = isScoped ? proved.verification : sent || undefined;
  return { prepared, record: recordFile.current(), provedAt: proved.provedAt, verification, papers };
}

/**
 * Until Entra is known to accept the second secret it is in memory alone, and the file keeps the first one, which works. A run that dies
 * before the file is written is named in the journal, by which the next one removes what it added; one that fails removes it itself.
 */
async function* addProved(
  { customer, wanted, prepared }: { customer: Customer; wanted: Customer; prepared: Prepared },
  recordFile: RecordFile,
  ports: RenewPorts,
): AsyncGenerator<RenewProgress, boolean> {
  const { graph, file, existing, plan, session } = prepared;
  const { clock } = ports;
  const { objectId, userPrincipalName } = session.admin;
  const run = { ...ports, graph, recordFile, file };
  const keeping = { ...run, customer };
  const written = plan.changes.find(({ kind }) => kind === 'write-preferences');
  const inTenant = { ...plan, changes: plan.changes.filter((change) => change !== written) };
  const hand: { second?: { text: Secret; made: NonNullable<CustomerRecord['secret']> } } = {};
  const keep: KeepSecret = async (text, { secret: made, ...record }) => {
    const { secret: first } = recordFile.current();
    if (made) hand.second = { text, made };
    return { ...record, ...(first && { secret: first }) };
  };
  try {
    const known = withRenewal(existing, clock.now());
    yield* apply(customer, known, inTenant, { objectId, userPrincipalName }, { ...run, keep });
    const { second } = hand;
    const rival = renewalUnderWay(known, clock.now()) ? undefined : rivalIn(existing, clock.now());
    if (rival) throw setUpFailures.renewedElsewhere(rival);
    if (!second || !written) return false;
    const { clientId } = requireApplication(recordFile.current());
    const { id } = recordFile.current().tenant;
    const { keyId } = second.made;
    const inHand = preferencesFor(customer, id, clientId, second.text);
    yield* settleRivals(keyId, recordFile, run);
    const proof = yield* proveFirst(inHand, { customer: wanted, keyId }, ports);
    stopIfAsked(ports);
    yield { kind: 'started', change: written };
    const record = await keepInFile(keeping, second.text, {
      ...recordFile.current(),
      secret: second.made,
      proof,
    });
    delete hand.second;
    recordFile.learn(record);
    await recordFile.save(record);
    yield { kind: 'done', change: written };
    return true;
  } catch (cause) {
    const { second } = hand;
    if (!(cause instanceof Failure) || !second) throw cause;
    throw await takenBack(cause, { ...recordFile.current(), secret: second.made }, keeping);
  }
}
