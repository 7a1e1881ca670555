import * as z from 'zod/mini';
import { clouds } from '../cloud/clouds.ts';
import type { Http } from '../cloud/http.ts';
import type { Copy } from '../customer/copies.ts';
import type { CustomerRecord } from '../customer/record.ts';
import type { Clock } from '../ports.ts';
import type { Session } from '../sign-in/session.ts';
import { drain, growing, type Look, waitUntil } from '../waiting.ts';
import { Failure } from '../words/failure.ts';
import { say, type Words } from '../words/say.ts';
import { type Arm, answeringChallenges, createArm, readResource } from './arm.ts';
import { escrowFailures } from './failures.ts';
import type { EscrowPorts } from './keep-in-vault.ts';
import { disableSecret, isSecretPath, lookAtSecret, secretNameOf, vaultPathIn } from './kept-secret.ts';
import { type DeletedSecret, openVault, type VaultSecrets, vaultHostOf, whyNot } from './vault.ts';

/** How a copy of the secret has ended. */
export type CopyEnd =
  /** Nothing of it is there any more. */
  | { readonly kind: 'gone' }
  | {
      readonly kind: 'deleted';
      /** Until when it can be recovered, ISO 8601; `for good`, or `unknown` where no one may look here. */
      readonly recoverable: { readonly until: string } | 'for good' | 'unknown';
      /** Why it was not deleted for good, where that was wanted. */
      readonly note?: Words | undefined;
    }
  /** Why it was not deleted. */
  | { readonly kind: 'disabled'; readonly note: Words }
  /** Nothing was changed, and why. */
  | { readonly kind: 'left'; readonly note: Words };

interface RemovePorts extends Pick<EscrowPorts, 'signInToAzure'> {
  readonly http: Http;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  /** Told right before the request that deletes leaves. */
  readonly onDelete: (copy: Copy) => Promise<void>;
}

interface Wanted {
  /** Of the application that is removed. */
  readonly clientId: string;
  /** Whether no one is to recover them. */
  readonly purge: boolean;
  /** Whether an earlier run has asked for the deletion of this one, and did not learn what came of it. */
  readonly wasAsked: (copy: Copy) => boolean;
}

/** What is wanted of one of them. */
interface One {
  readonly path: string;
  readonly clientId: string;
  readonly purge: boolean;
  readonly wasAsked: boolean;
  readonly onDelete: () => Promise<void>;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
}

/**
 * Takes the copies of the client secret out of their vaults, all versions of each: only one that lies under our name for this application,
 * with its client id on it. Azure Resource Manager can write secrets and switch them off, but delete none
 * (learn.microsoft.com/rest/api/keyvault/secrets), so Key Vault's own API is asked; where that refuses, the copy is disabled. Throws a Failure.
 */
export async function* removeCopies(
  { tenant, cloud: name }: CustomerRecord,
  copies: readonly Copy[],
  { clientId, purge, wasAsked }: Wanted,
  { onDelete, ...ports }: RemovePorts,
): AsyncGenerator<{ readonly copy: Copy; readonly end: CopyEnd }> {
  const sessions: Session[] = [await ports.signInToAzure(tenant.id)];
  const session = (): Session => {
    const last = sessions.at(-1);
    if (!last) throw new Error('someone is signed in by now');
    return last;
  };
  const http = answeringChallenges(ports.http, async (claims) => {
    sessions.push(await ports.signInToAzure(tenant.id, claims));
    return await session().token();
  });
  const cloud = clouds[name];
  const openAt = async (uri: string): Promise<VaultSecrets> => {
    const host = vaultHostOf(uri, cloud);
    return openVault({ ...ports, host, token: await session().tokenFor(`https://${cloud.vaults}/.default`) });
  };
  try {
    const arm = await createArm({ ...ports, http, cloud, token: () => session().token() });
    for (const copy of copies) {
      const one = { ...ports, path: copy.resourceId, clientId, purge, wasAsked: wasAsked(copy) };
      yield { copy, end: await removeOne(arm, openAt, { ...one, onDelete: () => onDelete(copy) }) };
    }
  } finally {
    for (const each of sessions) each.signOut();
  }
}

async function removeOne(
  arm: Arm,
  openAt: (vaultUri: string) => Promise<VaultSecrets>,
  one: One,
): Promise<CopyEnd> {
  const { path, clientId } = one;
  if (!isSecretPath(path))
    return { kind: 'left', note: say`the record names no secret of a Key Vault there.` };
  const isOurs = path.endsWith(`/secrets/${secretNameOf(clientId)}`);
  const found = await lookAtSecret(arm, path);
  const uri = await vaultUri(arm, path);
  if (uri === undefined)
    return {
      kind: 'left',
      note: say`the vault is not where the record says. It was moved or deleted, or the account you signed in with has no role there.`,
    };
  if (found && (!isOurs || found.tags?.clientId !== clientId))
    return { kind: 'left', note: say`it does not belong to the application that was removed.` };
  if (!isOurs) return { kind: 'gone' };
  const open = (): Promise<VaultSecrets> => openAt(uri);
  return found ? await deleteOrDisable(arm, open, one) : await afterwards(open, one);
}

const Vault = z.object({ properties: z.object({ vaultUri: z.string() }) });

async function vaultUri(arm: Arm, path: string): Promise<string | undefined> {
  const doing = say`look at the vault`;
  const answer = await arm.find(vaultPathIn(path), doing);
  return answer === undefined ? undefined : readResource(Vault, answer, doing).properties.vaultUri;
}

async function deleteOrDisable(arm: Arm, open: () => Promise<VaultSecrets>, one: One): Promise<CopyEnd> {
  const opened = await unlessRefused(open);
  if (opened.note) return await disable(arm, opened.note, one);
  await one.onDelete();
  const vault = opened.done;
  const { note, done: deleted } = await unlessRefused(() => vault.delete(secretNameOf(one.clientId)));
  if (note) return await disable(arm, note, one);
  if (deleted && deleted.recoverableUntil === undefined) return { kind: 'deleted', recoverable: 'for good' };
  const end = await listed(vault, { ...one, wasAsked: true }, deleted);
  if (
    end.kind === 'deleted' &&
    end.recoverable === 'for good' &&
    !deleted &&
    (await lookAtSecret(arm, one.path))
  )
    throw escrowFailures.copyStays();
  return end;
}

async function disable(arm: Arm, note: Words, one: One): Promise<CopyEnd> {
  await disableSecret(arm, one.path, one);
  return { kind: 'disabled', note };
}

type Tried<T> =
  | { readonly done: T; readonly note?: undefined }
  | { readonly done?: undefined; readonly note: Words };

/** What came of it, or why it was refused. */
async function unlessRefused<T>(work: () => Promise<T>): Promise<Tried<T>> {
  try {
    return { done: await work() };
  } catch (cause) {
    const note = whyNot(cause);
    if (note === undefined) throw cause;
    return { note };
  }
}

/** Where no copy lies: an earlier run, or someone else, may have deleted it. */
async function afterwards(open: () => Promise<VaultSecrets>, one: One): Promise<CopyEnd> {
  const { done } = await unlessRefused(async () => await listed(await open(), one));
  return done ?? (one.wasAsked ? { kind: 'deleted', recoverable: 'unknown' } : { kind: 'gone' });
}

/** Waits until the vault lists it among the deleted ones: from then on it can be recovered, or deleted for good. */
async function listed(vault: VaultSecrets, one: One, answered?: DeletedSecret): Promise<CopyEnd> {
  const name = secretNameOf(one.clientId);
  const isListed = async (): Promise<Look<DeletedSecret | undefined>> => {
    const found = await vault.findDeleted(name).catch((cause: unknown) => {
      if (answered && cause instanceof Failure && cause.status === 403) return answered;
      throw cause;
    });
    if (found || !one.wasAsked) return { settled: found };
    return { because: 'lag', reason: say`not seen yet`, toldMs: undefined };
  };
  const doing = say`look at the deleted secret in the vault`;
  const found = await patiently(isListed, { ...one, doing }, () => answered);
  // Neither there nor among the deleted ones: the run that asked for it, or someone else, has purged it.
  if (!found) return one.wasAsked ? { kind: 'deleted', recoverable: 'for good' } : { kind: 'gone' };
  if (found !== answered && found.clientId !== one.clientId) return { kind: 'gone' };
  const { recoverableUntil: until, isPurgeable } = found;
  const end = { kind: 'deleted', recoverable: until === undefined ? 'unknown' : { until } } as const;
  if (!one.purge) return end;
  if (!isPurgeable) return { ...end, note: say`purge protection of the vault does not allow that.` };
  const isPurged = async (): Promise<Look<boolean>> => {
    const answer = await vault.purge(name);
    // One that was listed and is missing was purged by a request whose answer was lost.
    if (answer === 'purged' || (answer === 'missing' && found !== answered)) return { settled: true };
    return { because: 'lag', reason: say`Waiting for Azure`, toldMs: undefined };
  };
  const doingSo = { ...one, doing: say`delete the copy of the secret permanently` };
  const { note, done } = await unlessRefused(() => patiently(isPurged, doingSo, () => false));
  if (done) return { kind: 'deleted', recoverable: 'for good' };
  return { ...end, note: note ?? say`Key Vault was still deleting it.` };
}

const patienceMs = 60_000;

const patiently = <T>(
  look: () => Promise<Look<T>>,
  { doing, clock, signal }: Pick<One, 'clock' | 'signal'> & { readonly doing: Words },
  overdue: () => T,
): Promise<T> =>
  drain(
    waitUntil(look, {
      doing,
      clock,
      signal,
      patienceMs,
      overdue,
      pauses: growing({ firstMs: 200, capMs: 5_000 }),
    }),
  );
