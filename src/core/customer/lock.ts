import { open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import * as z from 'zod/mini';
import { errors } from '../advice/errors.ts';
import { isAlive } from '../files/process-alive.ts';
import { jsonOrUndefined } from '../json.ts';

/** A lock whose owner has not been heard of for so long is taken for left behind. */
const silentMs = 2 * 60_000;
const beatMs = 30_000;

const Owner = z.object({ pid: z.number(), host: z.string(), who: z.string(), since: z.string() });
type Owner = z.infer<typeof Owner>;

/** Who has made the lock file, but not yet written into it. */
const unknownOwner: Owner = {
  pid: 0,
  host: 'this or another machine',
  who: 'another run',
  since: 'just now',
};

/**
 * Does the work while nobody else, in another window or terminal, works on the same customer. The lock is a file beside
 * the record that says who holds it; its age is kept low while the work goes on. Throws a Failure naming the holder.
 */
export async function withLock<T>(recordFile: string, who: string, work: () => Promise<T>): Promise<T> {
  const path = `${recordFile}.lock`;
  await take(recordFile, path, { pid: process.pid, host: hostname(), who, since: new Date().toISOString() });
  const beat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, beatMs);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await rm(path, { force: true });
  }
}

/** Whether somebody works on this customer now. */
export async function isBusy(recordFile: string): Promise<boolean> {
  return (await liveHolder(`${recordFile}.lock`)) !== undefined;
}

async function take(recordFile: string, path: string, owner: Owner): Promise<void> {
  try {
    await claim(path, owner);
  } catch (cause) {
    if (!isTaken(cause)) throw errors.cannotWrite(recordFile, cause);
    await takeOver(recordFile, path, owner);
  }
}

/** One run alone looks whether the holder is dead and takes its place: else two could remove each other's new lock. */
async function takeOver(recordFile: string, path: string, owner: Owner): Promise<void> {
  const lifting = `${path}.lifting`;
  if (await isSilent(lifting)) await rm(lifting, { force: true });
  await claimOrGiveWay(recordFile, lifting, owner);
  try {
    const holder = await liveHolder(path);
    if (holder) throw errors.busy(holder);
    await rm(path, { force: true });
    await claimOrGiveWay(recordFile, path, owner);
  } finally {
    await rm(lifting, { force: true });
  }
}

async function claimOrGiveWay(recordFile: string, path: string, owner: Owner): Promise<void> {
  try {
    await claim(path, owner);
  } catch (cause) {
    throw isTaken(cause) ? errors.busy(unknownOwner) : errors.cannotWrite(recordFile, cause);
  }
}

/** A function of its own: what esbuild makes of `await using` inside a loop throws the error of an earlier turn again. */
async function claim(path: string, owner: Owner): Promise<void> {
  await using file = await open(path, 'wx', 0o600);
  await file.writeFile(JSON.stringify(owner));
}

const isTaken = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';

/** `undefined` where the holder is gone, dead or long silent. */
async function liveHolder(path: string): Promise<Owner | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined || (await isSilent(path))) return undefined;
  const owner = Owner.safeParse(jsonOrUndefined(text));
  if (!owner.success) return unknownOwner;
  return owner.data.host === hostname() && !isAlive(owner.data.pid) ? undefined : owner.data;
}

async function isSilent(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > silentMs;
}
