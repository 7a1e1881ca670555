import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lookAt } from '../../core/files/look-at.ts';

/** Above the size up to which Graph takes an attachment in one request, so that T&A's upload session is used. */
const size = 5 * 1024 * 1024;

/** The path of a 5 MB file in the extension's own folder, made when it is not there yet. */
export async function makeTestFile(folder: string): Promise<string> {
  const path = join(folder, 'ta-test-file-5-mb.bin');
  const found = await lookAt(path, (at) => stat(at));
  if (found?.size === size) return path;
  await mkdir(folder, { recursive: true });
  await writeFile(path, testBytes());
  return path;
}

/** Numbered lines of 32 bytes, so that a part that is lost or doubled on the way shows. */
function testBytes(): Buffer {
  const line = (index: number): string => `${String(index).padStart(10, '0')} T&A test attachment.\n`;
  return Buffer.from(Array.from({ length: size / 32 }, (_, index) => line(index)).join(''));
}
