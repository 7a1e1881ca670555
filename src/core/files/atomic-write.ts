import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errors } from '../words/errors.ts';
import { temporaryName } from './leftovers.ts';
import { checkTarget } from './target.ts';

/** So long a locked file is asked again. */
const patienceMs = 20_000;

export interface Writing {
  /** Readable by the owner alone, unless another one is asked for. */
  readonly mode?: number;
  /** Whether the text is to outlive a power cut, which takes the disk some milliseconds. */
  readonly durable?: boolean;
}

/**
 * Puts a text in place of a file so that at every moment, a crash included, the file holds the old text or the new one,
 * whole. Throws a Failure, and then the old text stands.
 */
export async function writeAtomically(
  path: string,
  text: string | Buffer,
  { mode = 0o600, durable = true }: Writing = {},
): Promise<void> {
  await checkTarget(path);
  const temporary = temporaryName(path);
  try {
    await writeNew(temporary, text, { mode, durable });
    await renamePatiently(temporary, path, patienceMs);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw errors.cannotWrite(path, cause);
  }
  if (durable) await settleFolder(dirname(path));
}

/** `wx` is O_EXCL: no one's file or link is written through. */
async function writeNew(
  path: string,
  text: string | Buffer,
  { mode, durable }: Required<Writing>,
): Promise<void> {
  await using file = await open(path, 'wx', mode);
  await file.writeFile(text, 'utf8');
  if (durable) await file.sync();
}

/** Makes the rename itself survive a power cut. Windows cannot open a folder; there the file system's journal does it. */
async function settleFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(folder, 'r');
    await handle.sync();
  } catch {
    // The file is in place already: to call the write failed would be wrong.
  } finally {
    await handle?.close();
  }
}

const busy = new Set(['EPERM', 'EACCES', 'EBUSY']);

/** Renames; while another program holds the target or the folder, as virus scanners and sync clients do, tries again. */
export async function renamePatiently(from: string, to: string, patienceMs: number): Promise<void> {
  const until = performance.now() + patienceMs;
  for (let pause = 10; ; pause = Math.min(pause * 2, 200)) {
    try {
      return await rename(from, to);
    } catch (cause) {
      if (!isBusy(cause) || performance.now() >= until) throw cause;
      await sleep(pause);
    }
  }
}

function isBusy(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && busy.has(String(cause.code));
}
