import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeHandOver } from '../../../src/core/stories/hand-over.ts';
import { packFolder, packRecord } from '../../support/handed-over.ts';

test('where the preferences file is gone the sheet is made from what is known, and the report says so', async () => {
  const { out, job, preferencesFile } = await packFolder();
  await rm(preferencesFile);
  const handed = await writeHandOver(job());
  expect(handed.places).toEqual([]);
  const sheet = await readFile(join(out, 'entry-sheet.html'), 'utf8');
  expect(sheet).toContain('(left out; the report says where it is)');
  expect(sheet).toContain('ta@contoso.com');
  expect(await readFile(join(out, 'report.html'), 'utf8')).toContain('no copy is known');
});

test('a secret that lies in a vault of the customer is looked for there, not at who did the set-up', async () => {
  const times = { expiresAt: '2027-05-23T10:00:00Z', writtenAt: '2026-11-24T10:00:00Z' };
  const escrow = { resourceId: 'r', uri: 'https://ta.vault.azure.net/secrets/s/1', keyId: 'key-1', ...times };
  const { out, job } = await packFolder(packRecord({ escrow }));
  await writeHandOver(job());
  expect(await readFile(join(out, 'entry-sheet.html'), 'utf8')).toContain(
    '(left out; the report says where it is)',
  );
});

test('the report names the copies of the secret in other vaults too', async () => {
  const at = '2026-11-24T10:00:00Z';
  const copy = (vault: string, keyId: string) => ({
    ...{ resourceId: vault, uri: `https://${vault}.vault.azure.net/secrets/s/1` },
    ...{ keyId, expiresAt: at, writtenAt: at },
  });
  const otherCopies = [copy('first', 'key-0'), { ...copy('gone', 'key-0'), deleted: {} }];
  const { out, job } = await packFolder(packRecord({ escrow: copy('second', 'key-1'), otherCopies }));
  await writeHandOver(job());
  const report = await readFile(join(out, 'report.html'), 'utf8');
  expect(report).toMatch(/It is in the customer&#39;s Azure Key Vault: <code[^>]*>https:\/\/second\./);
  expect(report).toMatch(/may be in a Key Vault of the customer: <code[^>]*>https:\/\/first\./);
  expect(report).not.toContain('https://gone.');
});

test('where the record does not know who signed in, the sheet and the report name nobody', async () => {
  const { out, job } = await packFolder(packRecord({ admin: undefined }));
  await writeHandOver(job());
  expect(await readFile(join(out, 'entry-sheet.html'), 'utf8')).toContain(
    '(left out; ask the person who did the set-up)',
  );
  expect(await readFile(join(out, 'report.html'), 'utf8')).toContain(
    'The person who did the set-up has it. Ask',
  );
});
