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

async function take(recordFile: string, path: string, owner: Owner): Promise<void> {
  for (const retry of [true, false]) {
    try {
      return await claim(path, owner);
    } catch (cause) {
      if (!isTaken(cause)) throw errors.cannotWrite(recordFile, cause);
      const holder = await liveHolder(path);
      if (holder || !retry) throw errors.busy(holder ?? unknownOwner);
      await rm(path, { force: true });
    }
  }
}

/** A function of its own: what esbuild makes of `await using` inside a loop throws the error of an earlier turn again. */
async function claim(path: string, owner: Owner): Promise<void> {
  await using file = await open(path, 'wx', 0o600);
  await file.writeFile(JSON.stringify(owner));
}

const isTaken = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';

/** `undefined` where the holder is dead or long silent. */
async function liveHolder(path: string): Promise<Owner | undefined> {
  const [text, found] = await Promise.all([readFile(path, 'utf8'), stat(path)]).catch(
    () => ['', undefined] as const,
  );
  const silent = found !== undefined && Date.now() - found.mtimeMs > silentMs;
  const owner = Owner.safeParse(jsonOrUndefined(text));
  if (silent) return undefined;
  if (!owner.success) return found && unknownOwner;
  return owner.data.host === hostname() && !isAlive(owner.data.pid) ? undefined : owner.data;
}
