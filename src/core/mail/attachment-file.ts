import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { isPlainLine } from '../customer/text.ts';
import { lookAt } from '../files/look-at.ts';
import { say, type Words } from '../words/say.ts';
import { largestAttachmentBytes, maximumAttachments, rangeBytes } from './limits.ts';
import { mailFailures } from './mail-failures.ts';

/** A file that can be attached, and what it looked like when it was checked. */
export interface ReadyAttachment {
  readonly path: string;
  readonly name: string;
  readonly size: number;
  readonly changedAtMs: number;
}

/** Throws a Failure with exit code 3 that names the file. Reads no content. */
export async function checkAttachments(paths: readonly string[]): Promise<ReadyAttachment[]> {
  if (paths.length > maximumAttachments) {
    throw mailFailures.badMail('attachments', say`at most ${maximumAttachments} files`);
  }
  const ready: ReadyAttachment[] = [];
  for (const path of paths) ready.push(await checkAttachment(path));
  const names = ready.map(({ name }) => name.normalize('NFC').toLowerCase());
  const twice = ready.find((_, index) => names.indexOf(names[index] ?? '') !== index);
  if (twice)
    throw mailFailures.badMail(say`attachment ${twice.path.slice(0, 200)}`, say`each file name once`);
  const total = ready.reduce((sum, { size }) => sum + size, 0);
  if (total > largestAttachmentBytes) throw mailFailures.badMail('attachments', say`at most 150 MB together`);
  return ready;
}

async function checkAttachment(path: string): Promise<ReadyAttachment> {
  const refuse = (expected: Words) => mailFailures.badMail(say`attachment ${path.slice(0, 200)}`, expected);
  const name = basename(path);
  const fault = nameFault(name);
  if (fault !== undefined) throw refuse(fault);
  if (/\.ta-email\./i.test(name))
    throw refuse(say`a file without a secret; the preferences contain the client secret`);
  // A look first: to open a pipe would wait for its other end for ever.
  const found = await lookAt(path, (at) => stat(at));
  if (found === undefined) throw mailFailures.noAttachment(path);
  if (!found.isFile()) throw refuse(say`a file`);
  if (found.size > largestAttachmentBytes) throw refuse(say`at most 150 MB, the limit of Exchange Online`);
  const file = await open(path).catch(() => undefined);
  if (file === undefined) throw refuse(say`a file that you can read`);
  await file.close();
  return { path, name, size: found.size, changedAtMs: found.mtimeMs };
}

/** What keeps a name from one that any recipient's computer can keep, and that shows as what it is; completes "expected". */
function nameFault(name: string): Words | undefined {
  if (!isPlainLine(name))
    return say`a file name without control characters and without marks that reorder letters`;
  if (/[\\/:*?"<>|]|[. ]$/.test(name))
    return say`a file name without any of < > : " | ? * \\ and without a dot or a space at its end`;
  return Buffer.byteLength(name) > 255 ? say`a file name of at most 255 bytes` : undefined;
}

export async function openAttachment({ path, name }: ReadyAttachment): Promise<FileHandle> {
  try {
    return await open(path);
  } catch {
    throw mailFailures.fileChanged(name);
  }
}

/**
 * Gives the part of a file that begins at an offset, and reads the one behind it while this one is sent. Two buffers are used in turn, so
 * that the file is never whole in memory. Throws a Failure as soon as the file is no longer the one that was checked.
 */
export function readerOf(file: FileHandle, ready: ReadyAttachment): (offset: number) => Promise<Uint8Array> {
  let [free, other] = [new Uint8Array(rangeBytes), new Uint8Array(rangeBytes)];
  const begin = (offset: number) => {
    const bytes = readPart(file, ready, offset, free);
    [free, other] = [other, free];
    // It is told when the part is asked for.
    bytes.catch(() => undefined);
    return { offset, bytes };
  };
  let ahead = begin(0);
  return async (offset) => {
    if (ahead.offset !== offset) {
      await ahead.bytes;
      ahead = begin(offset);
    }
    const bytes = await ahead.bytes;
    ahead = begin(offset + bytes.length);
    return bytes;
  };
}

/** The bytes from `offset`, as many as `buffer` takes, as long as the file is still the one that was checked; otherwise a Failure. */
export async function readPart(
  file: FileHandle,
  { name, size, changedAtMs }: ReadyAttachment,
  offset: number,
  buffer: Uint8Array,
): Promise<Uint8Array> {
  const length = Math.min(buffer.length, size - offset);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, offset + filled);
    if (bytesRead === 0) throw mailFailures.fileChanged(name);
    filled += bytesRead;
  }
  const now = await file.stat();
  if (now.size !== size || now.mtimeMs !== changedAtMs) throw mailFailures.fileChanged(name);
  return buffer.subarray(0, length);
}
