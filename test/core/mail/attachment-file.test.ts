import { appendFile, chmod, mkdir, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  checkAttachments,
  openAttachment,
  readerOf,
  readPart,
} from '../../../src/core/mail/attachment-file.ts';
import { rangeBytes } from '../../../src/core/mail/limits.ts';
import { errorFrom } from '../../support/error-from.ts';
import { testWith } from '../../support/machine-tools.ts';
import { fileOf } from '../../support/mail-tenant.ts';
import { makeNamedPipe } from '../../support/named-pipe.ts';
import { runAsUser } from '../../support/run-as-user.ts';
import { tempFile, tempFolder } from '../../support/temp-folder.ts';

const mb150 = 150 * 1024 * 1024;

/** A file of this length that takes no room on the disk. */
async function sparseFile(name: string, length: number): Promise<string> {
  const path = await tempFile(name, '');
  await truncate(path, length);
  return path;
}

test('takes files of every size up to 150 MB, an empty one and a linked one too', async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, 'empty.txt'), '');
  await symlink(join(folder, 'empty.txt'), join(folder, 'linked.txt'));
  const ready = await checkAttachments([join(folder, 'empty.txt'), join(folder, 'linked.txt')]);
  expect(ready.map(({ name, size }) => ({ name, size }))).toEqual([
    { name: 'empty.txt', size: 0 },
    { name: 'linked.txt', size: 0 },
  ]);
  expect(await checkAttachments([await sparseFile('big.bin', mb150)])).toMatchObject([{ size: mb150 }]);
});

test('refuses what is too large before it reads a byte', async () => {
  // Reading 1 TB of nothing would outlast the test.
  for (const length of [mb150 + 1, 1024 ** 4]) {
    const path = await sparseFile('big.bin', length);
    expect(await errorFrom(checkAttachments([path]))).toMatchObject({
      message: `attachment ${path}: expected at most 150 MB, the limit of Exchange Online.`,
      exitCode: 3,
    });
  }
});

test('refuses more than 150 MB together, and more than 100 files', async () => {
  const paths = [await sparseFile('a.bin', mb150 / 2), await sparseFile('b.bin', mb150 / 2 + 1)];
  const message = 'attachments: expected at most 150 MB together.';
  expect(await errorFrom(checkAttachments(paths))).toMatchObject({ message });
  const many = Array.from({ length: 101 }, (_, index) => `/none/${index}`);
  expect(await errorFrom(checkAttachments(many))).toMatchObject({
    message: 'attachments: expected at most 100 files.',
  });
});

const controlled =
  ': expected a file name without control characters and without marks that reorder letters.';
const signed =
  ': expected a file name without any of < > : " | ? * \\ and without a dot or a space at its end.';

testWith('mkfifo').each([
  ['a missing file', 'none.txt', 'none.txt not found.'],
  ['a folder', 'folder', ': expected a file.'],
  ['a pipe', 'pipe', ': expected a file.'],
  ['a line break in the name', 'a\r\nb.txt', controlled],
  ['a name that reads backwards', 'exe\u202efdp.exe', controlled],
  ['a NUL', 'a\0b', controlled],
  ['a quote in the name', 'a"b.txt', signed],
  ['a dot behind', 'a.', signed],
  ['a stream of Windows', 'a.txt:b', signed],
  ['a long name', 'é'.repeat(128), ': expected a file name of at most 255 bytes.'],
])('refuses %s', async (_, name, expected) => {
  const folder = await tempFolder();
  await mkdir(join(folder, 'folder'));
  makeNamedPipe(join(folder, 'pipe'));
  const error = await errorFrom(checkAttachments([join(folder, name)]));
  expect(error).toMatchObject({ code: 'TA-BAD-MAIL', exitCode: 3 });
  expect(error).toMatchObject({ message: expect.stringContaining(expected) });
});

test('refuses a file that may not be read', async () => {
  const path = await tempFile('a.txt', 'x');
  await chmod(join(path, '..'), 0o755);
  await chmod(path, 0o200);
  const module = new URL('../../../src/core/mail/attachment-file.ts', import.meta.url);
  expect(await runAsUser(module, 'checkAttachments', [[path]])).toBe('TA-BAD-MAIL');
});

test('refuses a device', async () => {
  expect(await errorFrom(checkAttachments(['/dev/zero']))).toMatchObject({
    message: 'attachment /dev/zero: expected a file.',
  });
});

test.each(['contoso.ta-email.json', 'Contoso.TA-Email.ini'])('refuses to mail a secret: %s', async (name) => {
  const path = await tempFile(name, '{}');
  await expect(checkAttachments([path])).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringContaining('a file without a secret'),
  });
});

test('refuses a name twice, whatever its case, for then one could not be told from the other', async () => {
  const path = await tempFile('a.txt', 'x');
  expect(await errorFrom(checkAttachments([path, path]))).toMatchObject({
    message: `attachment ${path}: expected each file name once.`,
  });
  const other = await tempFile('A.TXT', 'x');
  expect(await errorFrom(checkAttachments([path, other]))).toMatchObject({
    message: `attachment ${other}: expected each file name once.`,
  });
});

test('reads any part, and all parts together are the file', async () => {
  const bytes = fileOf(1000);
  const [file] = await checkAttachments([await tempFile('a.bin', bytes)]);
  if (!file) throw new Error('no file');
  await using handle = await openAttachment(file);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 1200 }), async (length) => {
      const parts: Buffer[] = [];
      const buffer = new Uint8Array(length);
      for (let offset = 0; offset < file.size; offset += length) {
        parts.push(Buffer.from(await readPart(handle, file, offset, buffer)));
      }
      expect(Buffer.concat(parts).equals(bytes)).toBe(true);
    }),
    // Down to a byte a part, each a read of the disk.
    { numRuns: 30 },
  );
});

test('gives the part that is asked for, also where it is not the one that was read ahead', async () => {
  const bytes = fileOf(2 * rangeBytes + 1000);
  const [file] = await checkAttachments([await tempFile('a.bin', bytes)]);
  if (!file) throw new Error('no file');
  await using handle = await openAttachment(file);
  const partAt = readerOf(handle, file);
  for (const offset of [0, rangeBytes, 2 * rangeBytes, 0, 1000, rangeBytes, 2 * rangeBytes + 999])
    expect(bytes.subarray(offset, offset + rangeBytes).equals(await partAt(offset)), `at ${offset}`).toBe(
      true,
    );
});

test.each<[string, (path: string) => Promise<void>]>([
  ['grows', (path) => appendFile(path, 'x')],
  ['shrinks', (path) => truncate(path, 10)],
  ['is written again with the same length', (path) => utimes(path, new Date(), new Date(Date.now() + 5000))],
])('stops when a file %s', async (_, change) => {
  const path = await tempFile('a.bin', fileOf(1000));
  const [file] = await checkAttachments([path]);
  if (!file) throw new Error('no file');
  await using handle = await openAttachment(file);
  await readPart(handle, file, 0, new Uint8Array(100));
  await change(path);
  const error = await errorFrom(readPart(handle, file, 100, new Uint8Array(100)));
  expect(error).toMatchObject({ code: 'TA-FILE-CHANGED', message: 'a.bin changed while it was being sent.' });
});

test('stops when a file goes between the check and the reading', async () => {
  const path = await tempFile('a.bin', 'x');
  const [file] = await checkAttachments([path]);
  await rm(path);
  if (!file) throw new Error('no file');
  expect(await errorFrom(openAttachment(file))).toMatchObject({ code: 'TA-FILE-CHANGED' });
});
