import { type FileHandle, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errors } from '../words/errors.ts';
import { temporaryName } from './leftovers.ts';
import { renamePatiently } from './rename-patiently.ts';
import { checkTarget } from './target.ts';

/** So long a locked file is asked again. */
const patienceMs = 20_000;

/**
 * Puts a text in place of a file so that at every moment, a crash included, the file holds the old text or the new one,
 * whole. Mode 0600: readable by the owner alone. Throws a Failure, and then the old text stands.
 */
export async function writeAtomically(path: string, text: string): Promise<void> {
  await checkTarget(path);
  const temporary = temporaryName(path);
  try {
    await writeDurably(temporary, text);
    await renamePatiently(temporary, path, patienceMs);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw errors.cannotWrite(path, cause);
  }
  await settleFolder(dirname(path));
}

/** `wx` is O_EXCL: nobody's file or link is written through. */
async function writeDurably(path: string, text: string): Promise<void> {
  await using file = await open(path, 'wx', 0o600);
  await file.writeFile(text, 'utf8');
  await file.sync();
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
