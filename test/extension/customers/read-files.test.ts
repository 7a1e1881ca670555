import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as vscode from 'vscode';
import { customerFile } from '../../../src/extension/customers/list.ts';
import { readFiles } from '../../../src/extension/customers/read-files.ts';
import { makeNamedPipe } from '../../support/named-pipe.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test.skipIf(process.platform === 'win32').each<[string, (path: string) => unknown, string]>([
  ['a pipe', makeNamedPipe, 'Expected a file, found something else.'],
  [
    'a link to an endless device',
    (path) => symlink('/dev/zero', path),
    'Expected a file, found something else.',
  ],
  ['a folder', (path) => mkdir(path), 'Expected a file, found a folder.'],
  ['2 MB', (path) => writeFile(path, ' '.repeat(2_000_000)), 'Expected a file of at most 1 MB.'],
])('a customer file that is %s is told and not read', { timeout: 5000 }, async (_, make, reason) => {
  const path = join(await tempFolder(), 'x.ta-customer.json');
  await make(path);
  const { trouble } = await readFiles(customerFile(vscode.Uri.file(path)), { placeOf: () => undefined });
  expect(trouble?.reason).toBe(reason);
});

test('a file name cannot reorder the letters of a row, nor hide some', () => {
  const uri = vscode.Uri.file('/a/\u202egnp\u200b.ta-customer.json');
  expect(customerFile(uri)).toMatchObject({ uri, stem: '\ufffdgnp\ufffd' });
});
