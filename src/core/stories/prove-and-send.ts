import { type CustomerRecord, keyIdOf } from '../customer/record.ts';
import { notesIn, type RecordFile } from '../customer/record-file.ts';
import { holdsAll, isScopeProved } from '../customer/scope.ts';
import { openRenewal } from '../customer/standing.ts';
import type { OutgoingMail } from '../mail/mail.ts';
import { type Verification, verify } from '../mail/verify.ts';
import { proveScope, type ScopePorts, type ScopeProgress } from '../mailbox-scope/proof.ts';
import type { Preferences } from '../preferences/preferences.ts';
import { type PreferencesFile, readPreferences } from '../preferences/preferences-file.ts';
import type { Trial } from '../setup/existing.ts';
import { prove } from '../setup/proof.ts';
import type { SetUpProgress } from '../setup/run.ts';
import type { Job, Ports } from './prepare.ts';

export type ProofProgress =
  | SetUpProgress
  | { readonly kind: 'proved'; readonly roles: readonly string[] }
  | ScopeProgress;

interface MailJob extends Pick<Job, 'customer'> {
  readonly file: PreferencesFile;
  /** What came of the secret in this run; `undefined` where it was not tried, or anything was changed since. */
  readonly trial: Trial | undefined;
  readonly mail: OutgoingMail | undefined;
  /** The secret was proved before it was written: what the file gives back is proved too, and not told a second time. */
  readonly isReadBack?: boolean;
}

type ProofPorts = ScopePorts & Pick<Ports, 'random'>;

export interface Proved {
  readonly provedAt: number;
  readonly verification: Verification | undefined;
}

/**
 * What follows when the preferences file is written, whoever made its secret: proof, and the mail where one is wanted.
 * Throws a Failure.
 */
export async function* proveAndSend(
  job: MailJob,
  ports: ProofPorts,
  recordFile: RecordFile,
): AsyncGenerator<ProofProgress, Proved> {
  yield* proveOnce(job, ports, recordFile);
  const provedAt = ports.clock.now();
  await job.file.requireUnchanged();
  // In a renewal the old file has the secret that T&A may still use: it goes when the renewal is finished.
  if (!openRenewal(recordFile.current())) await job.file.dropOld();
  const verification = yield* isScopeOpen(job, recordFile)
    ? proveScope({ ...job, preferencesFile: job.file.path }, ports, recordFile)
    : sendMail(job, ports, recordFile);
  return { provedAt, verification };
}

/** A secret that has to be proved before it takes the place of one that works. Returns what the record keeps of the proof. */
export async function* proveFirst(
  preferences: Preferences,
  { customer, keyId }: Pick<Job, 'customer'> & { readonly keyId: string },
  ports: ProofPorts,
): AsyncGenerator<ProofProgress, NonNullable<CustomerRecord['proof']>> {
  const roles = yield* prove(preferences, customer, ports.http, ports, false);
  yield { kind: 'proved', roles };
  return { at: new Date(ports.clock.now()).toISOString(), keyId, roles };
}

/** In every run, for what lies in the file: a token that was given to it a moment ago will do. */
async function* proveOnce(
  { customer, file, trial, isReadBack }: MailJob,
  ports: ProofPorts,
  recordFile: RecordFile,
): AsyncGenerator<ProofProgress> {
  const given = trial?.kind === 'given' ? trial.roles : undefined;
  const roles =
    given && holdsAll(given, customer)
      ? given
      : yield* prove(await readPreferences(file.path), customer, ports.http, ports);
  const record = recordFile.current();
  const secret = file.current()?.connection.clientSecret;
  const keyId = (secret && keyIdOf(record, secret)) ?? '';
  const known = record.proof?.keyId === keyId && holdsAll(record.proof.roles, customer);
  const at = new Date(ports.clock.now()).toISOString();
  // On disk a healthy customer is left alone.
  if (!known || !given) await recordFile.save({ ...record, proof: { at, keyId, roles: [...roles] } });
  if (!isReadBack) yield { kind: 'proved', roles };
}

async function* sendMail(
  { mail, file }: MailJob,
  ports: ProofPorts,
  recordFile: RecordFile,
): AsyncGenerator<ProofProgress, Verification | undefined> {
  const notes = notesIn(recordFile);
  return mail && (yield* verify(await readPreferences(file.path), mail, { ...ports, notes }));
}

/** What was proved needs no second proof while nothing changes. */
function isScopeOpen({ customer, trial }: MailJob, recordFile: RecordFile): boolean {
  const proved = isScopeProved(customer, recordFile.current()) && trial !== undefined;
  return customer.scope === 'mailbox' && !proved;
}
