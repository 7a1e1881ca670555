import { open, stat } from 'node:fs/promises';
import { errors } from '../words/errors.ts';
import { repeat } from '../words/faces.ts';
import { say, type Words } from '../words/say.ts';
import { lookAt } from './look-at.ts';

const mebi = 1024 * 1024;

/**
 * A text file, as a rule of at most 1 MiB, without its byte order mark. UTF-8, or UTF-16 with a mark, as Windows editors write it.
 * `expected` names it in the Failure, exit code 3, that anything else throws.
 */
export async function readText(path: string, expected = say`a JSON text`, mostMB = 1): Promise<string> {
  const bytes = await readBytes(path, mostMB * mebi);
  if (bytes.length > mostMB * mebi) throw unfit(path, say`a file of at most ${mostMB} MB`, undefined);
  if (bytes.length === 0) throw unfit(path, expected, say`an empty file`);
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    throw unfit(path, say`text in UTF-8`, say`other bytes`, inUtf8);
  }
}

async function readBytes(path: string, maximumBytes: number): Promise<Uint8Array> {
  // A look first: to open a pipe would wait for its other end for ever.
  const found = await orMissing(path, (at) => stat(at));
  if (!found.isFile())
    throw unfit(path, say`a file`, found.isDirectory() ? say`a folder` : say`something else`);
  return orMissing(path, async () => {
    await using file = await open(path);
    // As large as the file and a byte more; at most as large as is read at all, should it grow meanwhile.
    let buffer = Buffer.allocUnsafe(Math.min(found.size, maximumBytes) + 1);
    let length = 0;
    for (let read = -1; read !== 0; length += read) {
      if (length === buffer.length && length <= maximumBytes)
        buffer = Buffer.concat([buffer], maximumBytes + 1);
      read = (await file.read(buffer, length, buffer.length - length)).bytesRead;
    }
    return buffer.subarray(0, length);
  });
}

async function orMissing<T>(path: string, read: (path: string) => Promise<T>): Promise<T> {
  const found = await lookAt(path, read);
  if (found === undefined) throw errors.fileMissing(path);
  return found;
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return 'utf-8';
}

const anotherFile = say`Check that this is the right file and that it was saved completely. Then ${repeat}.`;
const inUtf8 = say`Open the file in a text editor, save it under the same name with the encoding UTF-8, and ${repeat}. In Notepad the encoding is chosen in the Save As dialog.`;

function unfit(path: string, expected: Words, found: Words | undefined, next: Words = anotherFile) {
  return errors.badInput({ file: path, path: '', expected, found, next });
}
