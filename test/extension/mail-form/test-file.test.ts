import { readFile, stat, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { smallAttachmentBytes } from '../../../src/core/mail/limits.ts';
import { makeTestFile } from '../../../src/extension/mail-form/test-file.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test('the test file is large enough for an upload session, and no line of it comes twice', async () => {
  const path = await makeTestFile(`${await tempFolder()}/new`);
  const text = await readFile(path, 'latin1');
  expect(text).toHaveLength(5 * 1024 * 1024);
  expect(text.length).toBeGreaterThan(smallAttachmentBytes);
  const lines = text.trimEnd().split('\n');
  expect(new Set(lines).size).toBe(lines.length);
});

test('it is made once, and again where it was cut short', async () => {
  const folder = await tempFolder();
  const path = await makeTestFile(folder);
  const made = await stat(path);
  await makeTestFile(folder);
  expect((await stat(path)).mtimeMs).toBe(made.mtimeMs);
  await writeFile(path, 'short');
  await makeTestFile(folder);
  expect((await stat(path)).size).toBe(made.size);
});
