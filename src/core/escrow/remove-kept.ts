import * as z from 'zod/mini';
import { clouds } from '../cloud/clouds.ts';
import type { Http } from '../cloud/http.ts';
import type { CustomerRecord } from '../customer/record.ts';
import type { Clock } from '../ports.ts';
import type { Session } from '../sign-in/session.ts';
import { drain, growing, type Look, waitUntil } from '../waiting.ts';
import { errors } from '../words/errors.ts';
import { Failure } from '../words/failure.ts';
import { say, type Words } from '../words/say.ts';
import { type Arm, answeringChallenges, createArm, readResource } from './arm.ts';
import { escrowFailures } from './failures.ts';
import type { EscrowPorts } from './keep-in-vault.ts';
import { readBackLimitMs, secretNameOf } from './kept-secret.ts';
import { type DeletedSecret, openVault, type VaultSecrets, vaultHostOf, whyNot } from './vault.ts';

/** How the copy of the secret has ended. */
export type CopyEnd =
  /** Nothing of ours is there any more. */
  | { readonly kind: 'gone' }
  | {
      readonly kind: 'deleted';
      /** Until when it can be recovered, ISO 8601; `for good`, or `unknown` where no one may look here. */
      readonly recoverable: { readonly until: string } | 'for good' | 'unknown';
      /** Why it was not deleted for good, where that was wanted. */
      readonly note?: Words | undefined;
    }
  /** Why it was not deleted. */
  | { readonly kind: 'disabled'; readonly note: Words };

interface RemovePorts extends Pick<EscrowPorts, 'signInToAzure'> {
  readonly http: Http;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  /** Told right before the request that deletes leaves. */
  readonly onDelete: () => Promise<void>;
}

interface Wanted {
  readonly clientId: string;
  /** Whether no one is to recover it. */
  readonly purge: boolean;
  /** Whether an earlier run has asked for the deletion, and did not learn what came of it. */
  readonly wasAsked: boolean;
}

const Found = z.object({
  id: z.string(),
  tags: z.nullish(z.record(z.string(), z.string())),
  properties: z.object({ attributes: z.object({ enabled: z.nullish(z.boolean()) }) }),
});

/**
 * Takes the copy of the client secret out of the vault, all versions of it: only one that lies under our name for this application, with
 * its client id on it. Azure Resource Manager can write secrets and switch them off, but delete none
 * (learn.microsoft.com/rest/api/keyvault/secrets), so Key Vault's own API is asked; where that refuses, the copy is disabled. Throws a Failure.
 */
export async function removeKept(
  { escrow, tenant, cloud: name }: CustomerRecord,
  wanted: Wanted,
  ports: RemovePorts,
): Promise<CopyEnd> {
  const path = escrow?.resourceId ?? '';
  if (!path.startsWith('/subscriptions/') || !path.endsWith(`/secrets/${secretNameOf(wanted.clientId)}`))
    return { kind: 'gone' };
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
  try {
    const arm = await createArm({ ...ports, http, cloud, token: () => session().token() });
    const found = await look(arm, path);
    if (found && found.tags?.clientId !== wanted.clientId) return { kind: 'gone' };
    const uri = await vaultUri(arm, path);
    if (uri === undefined) return { kind: 'gone' };
    const open = async (): Promise<VaultSecrets> => {
      const host = vaultHostOf(uri, cloud);
      return openVault({
        ...ports,
        host,
        token: await session().tokenFor(`https://${cloud.vaults}/.default`),
      });
    };
    return found
      ? await deleteOrDisable(arm, path, open, wanted, ports)
      : await afterwards(open, wanted, ports);
  } finally {
    for (const each of sessions) each.signOut();
  }
}

const Vault = z.object({ properties: z.object({ vaultUri: z.string() }) });

async function vaultUri(arm: Arm, path: string): Promise<string | undefined> {
  const doing = say`look at the vault`;
  const answer = await arm.find(path.slice(0, path.lastIndexOf('/secrets/')), doing);
  return answer === undefined ? undefined : readResource(Vault, answer, doing).properties.vaultUri;
}

async function deleteOrDisable(
  arm: Arm,
  path: string,
  open: () => Promise<VaultSecrets>,
  wanted: Wanted,
  ports: RemovePorts,
): Promise<CopyEnd> {
  const opened = await unlessRefused(open);
  if (opened.note) return await disable(arm, path, opened.note, ports);
  await ports.onDelete();
  const vault = opened.done;
  const { note, done: deleted } = await unlessRefused(() => vault.delete(secretNameOf(wanted.clientId)));
  if (note) return await disable(arm, path, note, ports);
  if (deleted && deleted.recoverableUntil === undefined) return { kind: 'deleted', recoverable: 'for good' };
  const end = await listed(vault, { ...wanted, wasAsked: true }, ports, deleted);
  if (end.kind === 'deleted' && end.recoverable === 'for good' && !deleted && (await look(arm, path)))
    throw escrowFailures.copyStays();
  return end;
}

async function disable(arm: Arm, path: string, note: Words, ports: RemovePorts): Promise<CopyEnd> {
  const properties = { attributes: { enabled: false } };
  await arm.change(path, { properties }, say`disable the copy of the secret in the vault`);
  await requireDisabled(arm, path, ports);
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
async function afterwards(
  open: () => Promise<VaultSecrets>,
  wanted: Wanted,
  ports: RemovePorts,
): Promise<CopyEnd> {
  const { done } = await unlessRefused(async () => await listed(await open(), wanted, ports));
  return done ?? (wanted.wasAsked ? { kind: 'deleted', recoverable: 'unknown' } : { kind: 'gone' });
}

/** Waits until the vault lists it among the deleted ones: from then on it can be recovered, or deleted for good. */
async function listed(
  vault: VaultSecrets,
  wanted: Wanted,
  ports: RemovePorts,
  answered?: DeletedSecret,
): Promise<CopyEnd> {
  const name = secretNameOf(wanted.clientId);
  const isListed = async (): Promise<Look<DeletedSecret | undefined>> => {
    const found = await vault.findDeleted(name).catch((cause: unknown) => {
      if (answered && cause instanceof Failure && cause.status === 403) return answered;
      throw cause;
    });
    if (found || !wanted.wasAsked) return { settled: found };
    return { because: 'lag', reason: say`not seen yet`, toldMs: undefined };
  };
  const doing = say`look at the deleted secret in the vault`;
  const found = await patiently(isListed, { doing, ...ports }, () => answered);
  // Neither there nor among the deleted ones: the run that asked for it, or someone else, has purged it.
  if (!found) return wanted.wasAsked ? { kind: 'deleted', recoverable: 'for good' } : { kind: 'gone' };
  if (found !== answered && found.clientId !== wanted.clientId) return { kind: 'gone' };
  const { recoverableUntil: until, isPurgeable } = found;
  const end = { kind: 'deleted', recoverable: until === undefined ? 'unknown' : { until } } as const;
  if (!wanted.purge) return end;
  if (!isPurgeable) return { ...end, note: say`purge protection of the vault does not allow that.` };
  const isPurged = async (): Promise<Look<boolean>> => {
    const answer = await vault.purge(name);
    // One that was listed and is missing was purged by a request whose answer was lost.
    if (answer === 'purged' || (answer === 'missing' && found !== answered)) return { settled: true };
    return { because: 'lag', reason: say`Waiting for Azure`, toldMs: undefined };
  };
  const doingSo = { doing: say`delete the copy of the secret permanently`, ...ports };
  const { note, done } = await unlessRefused(() => patiently(isPurged, doingSo, () => false));
  if (done) return { kind: 'deleted', recoverable: 'for good' };
  return { ...end, note: note ?? say`Key Vault was still deleting it.` };
}

const patienceMs = 60_000;

const patiently = <T>(
  look: () => Promise<Look<T>>,
  { doing, clock, signal }: Pick<RemovePorts, 'clock' | 'signal'> & { readonly doing: Words },
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

/** `undefined` where nothing lies there. Throws a Failure where the answer is of something else. */
async function look(arm: Arm, path: string): Promise<z.infer<typeof Found> | undefined> {
  const doing = say`look at the secret in the vault`;
  const answer = await arm.find(path, doing);
  if (answer === undefined) return undefined;
  const found = readResource(Found, answer, doing);
  if (found.id.toLowerCase() !== path.toLowerCase()) throw errors.oddAnswer(doing, { path: 'id' });
  return found;
}

/** That the change was answered well is one thing; that no one can read the secret is another. */
async function requireDisabled(arm: Arm, path: string, { clock, signal }: RemovePorts): Promise<void> {
  const doing = say`check whether the copy of the secret is disabled`;
  const isDisabled = async (): Promise<Look<void>> => {
    const found = await look(arm, path);
    return found && found.properties.attributes.enabled !== false
      ? { because: 'lag', reason: say`still enabled`, toldMs: undefined }
      : { settled: undefined };
  };
  const overdue = (): never => {
    throw escrowFailures.copyStays();
  };
  const pauses = growing({ firstMs: 100, capMs: 15_000 });
  await drain(waitUntil(isDisabled, { doing, clock, signal, patienceMs: readBackLimitMs, pauses, overdue }));
}
