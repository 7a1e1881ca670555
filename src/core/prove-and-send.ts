import type { RecordFile } from './customer/record-file.ts';
import { isScopeProved } from './customer/scope.ts';
import { exists } from './files/target.ts';
import type { OutgoingMail } from './mail/mail.ts';
import { oldFileOf } from './preferences/old-file.ts';
import { type PreferencesFile, readPreferences } from './preferences/preferences-file.ts';
import type { Job, Ports } from './prepare.ts';
import { proveScope, type ScopePorts, type ScopeProgress } from './prove-scope.ts';
import type { Progress } from './setup/progress.ts';
import { differences, prove } from './setup/proof.ts';
import { type Verification, verify } from './verify.ts';

export type ProofProgress =
  | Progress
  | { readonly kind: 'proved'; readonly roles: readonly string[] }
  | ScopeProgress;

interface MailJob extends Pick<Job, 'customer'> {
  readonly file: PreferencesFile;
  readonly mail: OutgoingMail | undefined;
}

type ProofPorts = ScopePorts & Pick<Ports, 'random'>;

/**
 * What follows when the preferences file is written, whoever made its secret: proof, and the mail where one is wanted.
 * `changed`: whether anything was made since the record's last proof. Throws a Failure.
 */
export async function* proveAndSend(
  job: MailJob,
  changed: boolean,
  ports: ProofPorts,
  recordFile: RecordFile,
): AsyncGenerator<ProofProgress, Verification | undefined> {
  yield* proveOnce(job, changed, ports, recordFile);
  await job.file.requireUnchanged();
  await job.file.dropOld();
  const scopeOpen = isScopeOpen(job, changed, recordFile);
  const verification = yield* scopeOpen
    ? proveScope({ ...job, preferencesFile: job.file.path }, ports, recordFile)
    : sendMail(job, ports);
  if (verification) await recordFile.save({ ...recordFile.current(), verification: verification.entry });
  return verification;
}

/**
 * A secret that was proved with all permissions needs no second proof while nothing changes. Where an old file is kept,
 * what stands in its place was put there by other means, and was not proved.
 */
async function* proveOnce(
  { customer, file }: MailJob,
  changed: boolean,
  ports: ProofPorts,
  recordFile: RecordFile,
): AsyncGenerator<ProofProgress> {
  const record = recordFile.current();
  const keyId = record.secret?.keyId ?? '';
  const { proof } = record;
  const { missing, tooMuch } = differences(proof?.roles ?? [], customer);
  const proved = proof?.keyId === keyId && missing.length === 0 && tooMuch.length === 0;
  if (proved && !changed && !(await exists(oldFileOf(file.path)))) return;
  const roles = yield* prove(file.path, customer, ports.http, ports);
  const at = new Date(ports.clock.now()).toISOString();
  await recordFile.save({ ...record, proof: { at, keyId, roles } });
  yield { kind: 'proved', roles };
}

async function* sendMail(
  { mail, file }: MailJob,
  ports: ProofPorts,
): AsyncGenerator<ProofProgress, Verification | undefined> {
  return mail && (yield* verify(await readPreferences(file.path), mail, ports));
}

/** As with the token: what was proved needs no second proof while nothing changes. */
function isScopeOpen({ customer }: MailJob, changed: boolean, recordFile: RecordFile): boolean {
  const proved = isScopeProved(customer, recordFile.current()) && !changed;
  return customer.scope === 'mailbox' && !proved;
}
