import { clouds } from '../cloud/clouds.ts';
import { withDone } from '../customer/journal.ts';
import type { Lock } from '../customer/lock.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { keepRecord } from '../customer/record-file.ts';
import { openRenewal } from '../customer/standing.ts';
import { scriptFailures } from '../hand-over/scripts/failures.ts';
import { type ResultBlock, readResultBlock } from '../hand-over/scripts/result-block.ts';
import { checkMail, type OutgoingMail } from '../mail/mail.ts';
import type { Verification } from '../mail/verify.ts';
import { openSealed } from '../preferences/age.ts';
import { Preferences } from '../preferences/preferences.ts';
import { preferencesFor } from '../preferences/preferences-for.ts';
import { Secret } from '../secret.ts';
import { keepInFile } from '../setup/keep-secret.ts';
import { operationIn, uniqueNameIn } from '../setup/keys.ts';
import { inOrder } from '../setup/permissions.ts';
import { tellingWhatExists } from '../setup/what-exists.ts';
import { resolveTenant } from '../sign-in/resolve-tenant.ts';
import { errors } from '../words/errors.ts';
import { say, type Words } from '../words/say.ts';
import { locked } from './locked.ts';
import { type Job, lookAtFiles, type Ports, readOwn } from './prepare.ts';
import { type ProofProgress, proveAndSend, proveFirst } from './prove-and-send.ts';

export interface ImportJob extends Job {
  /** What the admin sent; `name` stands for it in messages. */
  readonly result: { readonly name: string; readonly text: string };
  /** A key file as age-keygen writes it. */
  readonly keyFile: Secret | undefined;
  readonly mail: OutgoingMail | undefined;
}

export type ImportPorts = Omit<Ports, 'signIn'> & {
  readonly exchangePatienceMs?: number | undefined;
  /** How long the mail may take to arrive; the usual time unless told. */
  readonly receiptMs?: number | undefined;
};

export type ImportProgress =
  | ProofProgress
  | { readonly kind: 'recorded'; readonly record: CustomerRecord }
  | { readonly kind: 'opened'; readonly file: string };

export interface Imported {
  readonly record: CustomerRecord;
  /** Whether the secret lies open in the preferences file; else it is with the admin, who enters it in T&A. */
  readonly opened: boolean;
  readonly verification: Verification | undefined;
}

/**
 * Goes on where the script of the customer's admin ended: record, preferences file, proof, mail. Nothing is written before
 * the result was found to be this customer's, and its secret opened. Throws a Failure.
 */
export async function* importResult(
  job: ImportJob,
  ports: ImportPorts,
): AsyncGenerator<ImportProgress, Imported> {
  return yield* locked(job.files.record, job.by, ports, (own, lock) => readAndProve(job, own, lock));
}

async function* readAndProve(
  job: ImportJob,
  ports: ImportPorts,
  lock: Lock,
): AsyncGenerator<ImportProgress, Imported> {
  const { customer, files } = job;
  if (job.mail) await checkMail(job.mail);
  const block = readResultBlock(job.result.text, job.result.name);
  const { file } = await lookAtFiles(files, customer);
  const preferences = file.current();
  const tenant = { http: ports.http, cloud: clouds[customer.cloud], tenant: customer.tenant };
  const { tenantId } = await resolveTenant(tenant, ports.signal);
  if (block.tenantId !== tenantId) throw stranger('tenantId', say`the customer's tenant ${tenantId}`);
  const recordFile = keepRecord(lock, await readOwn(job, preferences, tenantId));
  // A script of an earlier version, or a record that was lost: the proof tells whether it is the right application.
  const uniqueName = uniqueNameIn(recordFile.current()) ?? block.uniqueName;
  if (block.uniqueName !== uniqueName) throw stranger('uniqueName', say`${uniqueName}`);
  const secret = await openedSecret(block, job.keyFile);

  const result = recordedResult(recordFile.current(), block, ports.clock.now());
  const keeping = { customer, file, recordFile, clock: ports.clock };
  const { clientId, keyId = '' } = block;
  // In a renewal the file has a secret that works; until the new one is proved it is in the result, from which it is imported again.
  const isReadBack = secret !== undefined && openRenewal(result) !== undefined;
  if (isReadBack) {
    const proving = proveFirst(
      preferencesFor(customer, tenantId, clientId, secret),
      { customer, keyId },
      ports,
    );
    result.proof = yield* tellingWhatExists(proving, recordFile);
  }
  await recordFile.save(secret ? await keepInFile(keeping, secret, result) : result);
  yield { kind: 'recorded', record: recordFile.current() };
  if (secret) yield { kind: 'opened', file: files.preferences };
  else if (!preferences || recordFile.current().preferences?.keyId !== block.keyId)
    return { record: recordFile.current(), opened: false, verification: undefined };
  const proving = proveAndSend({ ...job, file, trial: undefined, isReadBack }, ports, recordFile);
  const { verification } = yield* tellingWhatExists(proving, recordFile);
  return { record: recordFile.current(), opened: true, verification };

  function stranger(path: 'tenantId' | 'uniqueName', expected: Words) {
    return errors.badInput({ file: job.result.name, path, expected, found: block[path] });
  }
}

const SecretText = Preferences.shape.connection.shape.clientSecret;

async function openedSecret(
  { sealedSecret = [], hint }: ResultBlock,
  keyFile: Secret | undefined,
): Promise<Secret | undefined> {
  if (sealedSecret.length === 0) return undefined;
  if (!keyFile) throw scriptFailures.keyNeeded();
  const opened = await openSealed(keyFile, sealedSecret.join(''));
  // PowerShell ends what it hands to another program with a line break.
  const text = opened.reveal().trim();
  if (!SecretText.safeParse(text).success || !text.startsWith(hint ?? ''))
    throw scriptFailures.noSecretInside();
  return new Secret(text);
}

function recordedResult(before: CustomerRecord, block: ResultBlock, at: number): CustomerRecord {
  const { consent: _asked, ...rest } = before;
  const { secret: _s, preferences: _p, proof: _r, ...bare } = rest;
  const same = before.application?.objectId === block.objectId;
  const { uniqueName, objectId, clientId, createdAt, principalId, grants } = block;
  const record = {
    ...(same ? rest : bare),
    application: { uniqueName, objectId, clientId, createdAt },
    servicePrincipal: { objectId: principalId },
    grants: inOrder(grants),
    ...secretIn(block),
    ...(same && renewalIn(before, block, at)),
  };
  return withDone(record, { at, operation: operationIn(block.secretName ?? ''), step: 'import-result' });
}

/** A script that is written when a secret is in the file adds another one: both work until the renewal is finished. */
function renewalIn(
  record: CustomerRecord,
  { keyId }: ResultBlock,
  at: number,
): Pick<CustomerRecord, 'renewal'> {
  const { secret, preferences } = record;
  if (!secret || !keyId || secret.keyId === keyId) return {};
  const open = openRenewal(record);
  if (!open && preferences?.keyId !== secret.keyId) return {};
  const since = new Date(at).toISOString();
  if (!open) return { renewal: { since, oldSecret: secret, ownSignIns: [] } };
  const lostSecrets = [...(open.lostSecrets ?? []), secret].filter((lost) => lost.keyId !== keyId);
  return { renewal: { since, oldSecret: open.oldSecret, lostSecrets, ownSignIns: [] } };
}

function secretIn({
  keyId,
  hint = '',
  secretName = '',
  expiresAt,
}: ResultBlock): Pick<CustomerRecord, 'secret'> {
  return keyId && expiresAt ? { secret: { keyId, hint, displayName: secretName, expiresAt } } : {};
}
