import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { createAttachmentBox } from '../../../src/extension/mail-form/attachment-box.ts';
import { formMemory } from '../../support/form-memory.ts';
import { filesOf } from '../../support/sending-tenant.ts';

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

test('a memory that holds something else is taken for empty', async () => {
  const box = createAttachmentBox(formMemory(new Map([['mailForm.files', '{"a":1}']])));
  expect(await box.find(['a'])).toEqual([]);
});
