import { randomUUID } from 'node:crypto';
import { link, lstat, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import * as z from 'zod/mini';
import { isAlive, startOf, sweepLeftovers, temporaryName } from '../files/leftovers.ts';
import { lookAt } from '../files/look-at.ts';
import { jsonOrUndefined } from '../json.ts';
import { errors } from '../words/errors.ts';
import { say } from '../words/say.ts';
import { createWriteQueue, type WriteQueue } from './write-queue.ts';

/** A lock of another computer of which nothing was heard for so long is taken for left behind. */
const silentMs = 2 * 60_000;
const beatMs = 30_000;
/** A lock without an owner is one that is just being made, where the file system knows no hard links. */
const makingMs = 3000;

const Owner = z.object({
  pid: z.number(),
  host: z.string(),
  who: z.string(),
  since: z.string(),
  /** Of one run, so that it removes and keeps alive no other's lock. */
  token: z._default(z.string(), ''),
  /** When the process began, as the system counts: a number is given to another process one day. Linux tells. */
  started: z.optional(z.string()),
});
type Owner = z.infer<typeof Owner>;

const unknownOwner = { pid: 0, host: 'this or another machine', who: 'another run', since: 'just now' };

/** Tokens of this process: a lock of ours that none of its runs holds could not be removed when its run ended. */
const held = new Set<string>();

/**
 * Only a run that holds a customer's lock can change its record: `keepRecord` asks for this, and only `withLock` and
 * `lockStory` give it.
 */
export interface Lock {
  readonly recordFile: string;
  /** Aborted by the caller's own signal, and when the lock was lost to another run. */
  readonly signal: AbortSignal;
  /** Why the work was stopped, where another run has taken the lock. */
  lost(): unknown;
  /** When the app signed in in this run, epoch milliseconds; `keepRecord` keeps them while a renewal is open. */
  readonly signIns: number[];
  readonly writes: WriteQueue;
  readonly [isHeld]: true;
}
const isHeld = Symbol('held');

/**
 * Does the work while no one else, in another window or terminal, works on the same customer. The lock is a file beside
 * the record that says who holds it; its age is kept low while the work goes on. Throws a Failure naming the holder.
 */
export async function withLock<T>(
  recordFile: string,
  who: string,
  work: (lock: Lock) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const lock = await takeLock(recordFile, who, signal);
  try {
    return await work(lock);
  } catch (cause) {
    throw lock.lost() ?? cause;
  } finally {
    await lock.release();
  }
}

/** The same for a story. It works with the lock's signal, so a run that lost its lock stops. */
export async function* lockStory<Ports extends { readonly signal: AbortSignal | undefined }, Event, Result>(
  recordFile: string,
  who: string,
  ports: Ports,
  story: (ports: Ports, lock: Lock) => AsyncGenerator<Event, Result>,
): AsyncGenerator<Event, Result> {
  const lock = await takeLock(recordFile, who, ports.signal);
  try {
    return yield* story({ ...ports, signal: lock.signal }, lock);
  } catch (cause) {
    throw lock.lost() ?? cause;
  } finally {
    await lock.release();
  }
}

/** Whether someone works on this customer now. */
export async function isBusy(recordFile: string): Promise<boolean> {
  const found = await look(`${recordFile}.lock`).catch(() => undefined);
  return found?.live !== undefined;
}

interface TakenLock extends Lock {
  release(): Promise<void>;
}

async function takeLock(recordFile: string, who: string, signal?: AbortSignal): Promise<TakenLock> {
  const path = `${recordFile}.lock`;
  const owner = await ownerNamed(who);
  await sweepLeftovers(path, Date.now());
  // Before it is on the disk: a lock that no run of this process holds is taken for a dead one's.
  held.add(owner.token);
  try {
    await take(path, owner);
  } catch (cause) {
    held.delete(owner.token);
    throw cause;
  }
  const loss = new AbortController();
  const beat = setInterval(() => {
    void keepAlive(path, owner).then((ours) => ours || loss.abort(errors.lockLost()));
  }, beatMs);
  const writes = createWriteQueue();
  return {
    recordFile,
    signIns: [],
    writes,
    [isHeld]: true,
    signal: signal ? AbortSignal.any([signal, loss.signal]) : loss.signal,
    lost: () => loss.signal.reason,
    async release() {
      await writes.end();
      clearInterval(beat);
      await remove(path, owner);
      held.delete(owner.token);
    },
  };
}

async function ownerNamed(who: string): Promise<Owner> {
  const { pid } = process;
  const since = new Date().toISOString();
  return { pid, host: hostname(), who, since, token: randomUUID(), started: await startOf(pid) };
}

/** Whether the lock is still ours. What cannot be read now, on a network drive that is gone, is not lost yet. */
async function keepAlive(path: string, { token }: Owner): Promise<boolean> {
  try {
    if ((await look(path))?.owner?.token !== token) return false;
    const now = new Date();
    await utimes(path, now, now);
  } catch {
    // The next beat tries again.
  }
  return true;
}

async function take(path: string, owner: Owner): Promise<void> {
  if (await claim(path, owner)) return;
  const found = await look(path);
  if (found?.live) throw errors.busy(found.live);
  await takeOver(path, owner);
}

/** One run alone takes the place of a dead holder: otherwise two could remove each other's new lock. */
async function takeOver(path: string, owner: Owner): Promise<void> {
  const lifting = `${path}.lifting`;
  await removeDead(lifting);
  if (!(await claim(lifting, owner))) throw errors.busy((await look(path))?.live ?? unknownOwner);
  try {
    await removeDead(path);
    if (!(await claim(path, owner))) throw errors.busy((await look(path))?.live ?? unknownOwner);
  } finally {
    await remove(lifting, owner);
  }
}

/**
 * Whether the lock could be made. It is linked into its place with its owner in it, so that no moment shows it without.
 * Some network drives and sticks know no hard links; there it is made first and then written.
 */
async function claim(path: string, owner: Owner): Promise<boolean> {
  const aside = temporaryName(path);
  const made = { flag: 'wx', mode: 0o600 };
  try {
    await writeFile(aside, JSON.stringify(owner), made);
    await link(aside, path).catch((cause: unknown) => {
      if (codeOf(cause) === 'EEXIST') throw cause;
      return writeFile(path, JSON.stringify(owner), made);
    });
    return true;
  } catch (cause) {
    if (codeOf(cause) === 'EEXIST') return false;
    throw errors.cannotWrite(path, cause);
  } finally {
    await putAway(aside);
  }
}

/** Tried twice. What stays the next run sweeps, or finds to be no one's lock: it is no reason for this run to fail. */
const putAway = (aside: string): Promise<void> =>
  rm(aside, { force: true }).catch(() => rm(aside, { force: true }).catch(() => undefined));

async function remove(path: string, { token }: Owner): Promise<void> {
  const found = await look(path).catch(() => look(path).catch(() => undefined));
  if (found?.owner?.token === token) await putAway(path);
}

/** Puts back what turns out to be another lock than the dead one that was seen. */
async function removeDead(path: string): Promise<void> {
  const found = await look(path);
  if (!found || found.live) return;
  const aside = temporaryName(path);
  try {
    await rename(path, aside);
    if ((await readFile(aside, 'utf8')) !== found.text) await link(aside, path);
  } catch (cause) {
    if (codeOf(cause) !== 'ENOENT' && codeOf(cause) !== 'EEXIST') throw errors.cannotWrite(path, cause);
  } finally {
    await putAway(aside);
  }
}

const codeOf = (cause: unknown): unknown => cause instanceof Error && 'code' in cause && cause.code;

interface Found {
  readonly text: string;
  readonly owner: Owner | undefined;
  /** The holder, unless it is dead or long silent. */
  readonly live: Omit<Owner, 'token'> | undefined;
}

/** `undefined` where there is no lock. Throws a Failure where something else is in its place. */
async function look(path: string): Promise<Found | undefined> {
  const stats = await lookAt(path, (at) => lstat(at));
  if (stats && !stats.isFile()) {
    const found = stats.isDirectory() ? say`a folder` : say`a link or device`;
    throw errors.badInput({ file: path, path: '', expected: say`nothing, or the lock of a run`, found });
  }
  const text = await lookAt(path, (at) => readFile(at, 'utf8'));
  if (!stats || text === undefined) return undefined;
  const age = Math.abs(Date.now() - stats.mtimeMs);
  const owner = Owner.safeParse(jsonOrUndefined(text)).data;
  if (!owner) return { text, owner, live: age < makingMs ? unknownOwner : undefined };
  const live = owner.host === hostname() ? await isRunning(owner) : age < silentMs;
  return { text, owner, live: live ? owner : undefined };
}

/**
 * A process of this computer that lives is never silent, however long the computer slept. Where the system does not tell
 * when a process began, another one with the number of a dead run counts as that run until it ends.
 */
async function isRunning({ pid, token, started }: Owner): Promise<boolean> {
  if (pid === process.pid && token !== '') return held.has(token);
  if (!isAlive(pid)) return false;
  const begun = await startOf(pid);
  return started === undefined || begun === undefined || started === begun;
}
