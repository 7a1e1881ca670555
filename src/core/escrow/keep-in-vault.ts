import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { mayBeDone } from '../cloud/answers.ts';
import { clouds } from '../cloud/clouds.ts';
import type { Http } from '../cloud/http.ts';
import { type Copy, withAskedCopy, withCopy, withCopyEnded } from '../customer/copies.ts';
import { withDone, withFailed, withIntent, withOutcomes } from '../customer/journal.ts';
import { type CustomerRecord, keyIdOf } from '../customer/record.ts';
import type { RecordFile } from '../customer/record-file.ts';
import type { Preferences } from '../preferences/preferences.ts';
import type { Session } from '../sign-in/session.ts';
import { errors } from '../words/errors.ts';
import { Failure } from '../words/failure.ts';
import { dayOf } from '../words/moment.ts';
import { say, type Words } from '../words/say.ts';
import { type Arm, answeringChallenges, createArm } from './arm.ts';
import { escrowFailures } from './failures.ts';
import {
  findKeptSecret,
  isSecretPath,
  type KeptSecret,
  readBack,
  type SecretToKeep,
  secretNameOf,
  secretPathIn,
  vaultPathIn,
  writeSecret,
} from './kept-secret.ts';
import {
  type Choose,
  findPlace,
  type MakePorts,
  makePlace,
  type PlaceProgress,
  type PlaceWish,
  type VaultPlace,
  vaultPathOf,
} from './place.ts';

export interface EscrowPorts extends MakePorts {
  readonly http: Http;
  /**
   * Signs a person in to Azure in this tenant, or gives the session of one who is. With `claims`, which Azure asks for in
   * its own words, the person signs in anew.
   */
  readonly signInToAzure: (tenantId: string, claims?: string) => Promise<Session>;
  readonly choose: Choose;
  /** Asked once, before the first change. */
  readonly confirm: (place: VaultPlace) => Promise<boolean>;
}

export type EscrowProgress =
  | { readonly kind: 'signed in'; readonly admin: Session['admin']; readonly tenantId: string }
  | { readonly kind: 'place'; readonly place: VaultPlace }
  | PlaceProgress
  | { readonly kind: 'secret written' }
  | { readonly kind: 'read back'; readonly uri: string }
  /** One that this run leaves where it is. */
  | { readonly kind: 'other copy'; readonly copy: Copy };

type RecordedEscrow = NonNullable<CustomerRecord['escrow']>;

export interface Kept {
  readonly session: Session;
  readonly place: VaultPlace;
  readonly escrow: RecordedEscrow;
  /** Those that lie elsewhere. */
  readonly otherCopies: readonly Copy[];
  /** Whether it lay there already. */
  readonly wasThere: boolean;
}

/** The secret of an open customer into the vault: look, make the place, write, read back, record. Twice is once. */
export async function* keepInVault(
  { recordFile, preferences, wish }: { recordFile: RecordFile; preferences: Preferences; wish: PlaceWish },
  ports: EscrowPorts,
): AsyncGenerator<EscrowProgress, Kept> {
  const { clock, signal } = ports;
  const record = recordFile.current();
  const tenantId = record.tenant.id.toLowerCase();
  const secret = secretToKeep(record, preferences, clock.now());
  let session = await ports.signInToAzure(tenantId);
  yield { kind: 'signed in', admin: session.admin, tenantId };
  const cloud = clouds[record.cloud];
  const http = answeringChallenges(ports.http, async (claims) => {
    session = await ports.signInToAzure(tenantId, claims);
    return await session.token();
  });
  const arm = await createArm({ http, cloud, token: () => session.token(), clock, signal });
  const place = await findPlace(arm, record, wish, ports.choose);
  if (!place.vault.isNew) await requireOwn(arm, place, tenantId);
  yield { kind: 'place', place };
  const path = secretPathIn(vaultPathOf(place), secret);
  const there = place.vault.isNew ? undefined : await findKeptSecret(arm, path, secret);
  if (there === undefined) {
    if (!(await ports.confirm(place)))
      throw errors.cancelled(say`Nothing was changed in Azure.`, { doing: say`confirm` });
    const made: Words[] = [];
    try {
      yield* makePlace(arm, place, tenantId, ports, made);
      await writeRecorded(arm, place, secret, recordFile, ports);
    } catch (cause) {
      throw cause instanceof Failure ? escrowFailures.withMade(cause, made) : cause;
    }
    yield { kind: 'secret written' };
  }
  const kept = there ?? (await readBack(arm, path, secret, ports));
  yield { kind: 'read back', uri: kept.uri };
  const escrow = await recordKept(kept, secret, recordFile, ports);
  yield* otherCopiesLeft(arm, recordFile);
  const { otherCopies = [] } = recordFile.current();
  return { session, place, escrow, otherCopies, wasThere: there !== undefined };
}

const VaultAnswer = z.object({ properties: z.object({ tenantId: z.string() }) });

/** Who may read a vault's secrets is told by the tenant that it belongs to, which stays when its subscription moves to another one. */
async function requireOwn(arm: Arm, place: VaultPlace, tenantId: string): Promise<void> {
  const doing = say`look at the vault`;
  const parsed = z.safeParse(VaultAnswer, await arm.find(vaultPathOf(place), doing));
  if (!parsed.success) throw errors.oddAnswer(doing, { path: 'properties.tenantId' });
  const found = parsed.data.properties.tenantId.toLowerCase();
  if (found !== tenantId) throw escrowFailures.vaultOfOtherTenant(place.vault.name, found, tenantId);
}

const step = 'escrow';

/** One that is known to be gone is forgotten; the others are named. */
async function* otherCopiesLeft(arm: Arm, recordFile: RecordFile): AsyncGenerator<EscrowProgress> {
  for (const copy of recordFile.current().otherCopies ?? []) {
    if (!copy.deleted && (await isGone(arm, copy)))
      await recordFile.save(withCopyEnded(recordFile.current(), copy, undefined));
    else yield { kind: 'other copy', copy };
  }
}

/** Known to be: the vault shows itself, and no secret of that name. */
async function isGone(arm: Arm, { resourceId }: Copy): Promise<boolean> {
  if (!isSecretPath(resourceId)) return false;
  try {
    if ((await arm.find(resourceId, say`look at the secret in the vault`)) !== undefined) return false;
    return (await arm.find(vaultPathIn(resourceId), say`look at the vault`)) !== undefined;
  } catch (cause) {
    if (cause instanceof Failure && cause.code !== 'TA-CANCELLED') return false;
    throw cause;
  }
}

async function writeRecorded(
  arm: Arm,
  place: VaultPlace,
  secret: SecretToKeep,
  recordFile: RecordFile,
  { clock, signal }: EscrowPorts,
): Promise<void> {
  if (signal?.aborted === true) throw errors.cancelled('', { doing: say`write the secret into the vault` });
  const operation = randomUUID();
  const moment = () => ({ at: clock.now(), operation, step });
  const before = recordFile.current();
  const path = secretPathIn(vaultPathOf(place), secret);
  const { keyId, expiresAt } = secret;
  const asked = {
    resourceId: decodeURIComponent(path),
    uri: `https://${place.vault.name}.${clouds[before.cloud].vaults}/secrets/${secretNameOf(secret.clientId)}`,
    ...{ keyId, expiresAt, writtenAt: new Date(clock.now()).toISOString() },
  };
  await recordFile.save(withIntent(withAskedCopy(before, asked), moment()));
  try {
    await writeSecret(arm, path, secret);
  } catch (cause) {
    const inDoubt = !(cause instanceof Failure) || mayBeDone(cause);
    const { otherCopies: _asked, ...refused } = recordFile.current();
    const { otherCopies } = before;
    if (!inDoubt)
      await recordFile.save(withFailed({ ...refused, ...(otherCopies && { otherCopies }) }, moment()));
    throw cause;
  }
  await recordFile.save(withDone(recordFile.current(), moment()));
}

async function recordKept(
  { resourceId, uri }: KeptSecret,
  { keyId, expiresAt }: SecretToKeep,
  recordFile: RecordFile,
  { clock }: EscrowPorts,
): Promise<RecordedEscrow> {
  const record = recordFile.current();
  // What an earlier run did not know of its writing is over: this secret is what lies there.
  const settled = withOutcomes(record, clock.now(), (intent) => (intent.step === step ? 'done' : undefined));
  const isKnown = record.escrow?.uri === uri && settled === record;
  if (record.escrow && isKnown) return record.escrow;
  const escrow = { resourceId, uri, keyId, expiresAt, writtenAt: new Date(clock.now()).toISOString() };
  await recordFile.save(withCopy(settled, escrow));
  return escrow;
}

/** The secret in the preferences, with what the record knows of it; a Failure where the two do not belong together. */
function secretToKeep(record: CustomerRecord, preferences: Preferences, now: number): SecretToKeep {
  const { secret, application } = record;
  const { clientId, tenantId, clientSecret } = preferences.connection;
  if (!secret || !application) throw escrowFailures.nothingToKeep(say`the record has none`);
  if (keyIdOf(record, clientSecret) !== secret.keyId)
    throw escrowFailures.nothingToKeep(say`the preferences file contains another secret than the record`);
  if (clientId !== application.clientId.toLowerCase() || tenantId !== record.tenant.id.toLowerCase())
    throw escrowFailures.nothingToKeep(
      say`the preferences file is for another app or tenant than the record`,
    );
  if (Date.parse(secret.expiresAt) <= now)
    throw escrowFailures.nothingToKeep(say`it expired on ${dayOf(secret.expiresAt)}`);
  return { value: clientSecret, clientId, keyId: secret.keyId, expiresAt: secret.expiresAt };
}
