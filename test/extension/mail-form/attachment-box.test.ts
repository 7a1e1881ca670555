import { readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { smallAttachmentBytes } from '../../../src/core/mail/limits.ts';
import { createAttachmentBox, makeTestFile } from '../../../src/extension/mail-form/attachment-box.ts';
import { formMemory } from '../../support/form-memory.ts';
import { filesOf } from '../../support/sending-tenant.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test('the page gets id, name and size of a file, and the host finds its path again after a restart', async () => {
  const kept = new Map<string, string>();
  const paths = await filesOf({ 'a.txt': new Uint8Array(3), 'b.bin': new Uint8Array(0) });
  const added = await createAttachmentBox(formMemory(kept)).add(paths);
  expect(added).toMatchObject([
    { name: 'a.txt', size: 3 },
    { name: 'b.bin', size: 0 },
  ]);
  expect(Object.keys(added[0] ?? {}).sort()).toEqual(['id', 'name', 'size']);
  for (const { id } of added) expect(paths.join()).not.toContain(id);

  const again = await createAttachmentBox(formMemory(kept)).find(added.map(({ id }) => id).reverse());
  expect(again.map(({ path }) => path)).toEqual([...paths].reverse());
});

test('the same file picked again keeps its id', async () => {
  const box = createAttachmentBox(formMemory());
  const paths = await filesOf({ 'a.txt': new Uint8Array(3) });
  const [first] = await box.add(paths);
  const [second] = await box.add(paths);
  expect(second?.id).toBe(first?.id);
});

test('a file that is gone and an id that was never given are not found', async () => {
  const box = createAttachmentBox(formMemory());
  const paths = await filesOf({ 'a.txt': new Uint8Array(3) });
  const [file] = await box.add(paths);
  await rm(paths[0] ?? '');
  expect(await box.find([file?.id ?? '', 'never', '/etc/passwd'])).toEqual([]);
});

test('a file that can no longer be looked at is one that is gone: the form opens all the same', async () => {
  const box = createAttachmentBox(formMemory());
  const [path = ''] = await filesOf({ 'a.txt': new Uint8Array(3) });
  const [file] = await box.add([path]);
  await rm(path);
  // As a drive that is gone or a folder without rights, it says something else than that there is nothing.
  await symlink(path, path);
  expect(await box.find([file?.id ?? ''])).toEqual([]);
});

test('a memory that holds something else is taken for empty', async () => {
  const box = createAttachmentBox(formMemory(new Map([['mailForm.files', '{"a":1}']])));
  expect(await box.find(['a'])).toEqual([]);
});

test('the test file is large enough for an upload session, and no line of it comes twice', async () => {
  const path = await makeTestFile(`${await tempFolder()}/new`);
  const text = await readFile(path, 'latin1');
  expect(text).toHaveLength(5 * 1024 * 1024);
  expect(text.length).toBeGreaterThan(smallAttachmentBytes);
  const lines = text.trimEnd().split('\n');
  expect(new Set(lines).size).toBe(lines.length);
});

test('the test file is made once, and again where it was cut short', async () => {
  const folder = await tempFolder();
  const path = await makeTestFile(folder);
  const made = await stat(path);
  await makeTestFile(folder);
  expect((await stat(path)).mtimeMs).toBe(made.mtimeMs);
  await writeFile(path, 'short');
  await makeTestFile(folder);
  expect((await stat(path)).size).toBe(made.size);
});
