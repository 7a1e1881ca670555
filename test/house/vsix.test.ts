import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { expect, test } from 'vitest';
import { tempFolder } from '../support/temp-folder.ts';

/** Chunks come and go with the code and carry a hash: what counts is that nothing else is beside them. */
function withoutChunkNames(files: readonly string[]): string[] {
  const names = files.map((file) => file.replace(/^(dist\/chunks\/)[^/]*?(\.js(\.LEGAL\.txt)?)$/, '$1*$2'));
  return [...new Set(names)].sort();
}

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await tempFolder();
  for (const name of ['package.json', '.vscodeignore']) await copyFile(name, join(folder, name));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

test('the package holds just the files that are listed', async () => {
  const files = await listFiles({ cwd: process.cwd(), packageManager: PackageManager.None });
  await expect(`${withoutChunkNames(files).join('\n')}\n`).toMatchFileSnapshot('../golden/vsix-files.txt');
});

test('the package holds at most 60 files', async () => {
  const files = await listFiles({ cwd: process.cwd(), packageManager: PackageManager.None });
  expect(files.length).toBeLessThanOrEqual(60);
});

const wanted = [
  'dist/extension.js',
  'dist/chunks/sign-in-ABCDEFGH.js',
  'dist/webview/main.js',
  'l10n/bundle.l10n.de.json',
  'schemas/ta-customer.schema.json',
];
const strays = [
  '.env',
  '.npmrc',
  'package.nls.qps-ploc.json',
  'l10n/bundle.l10n.qps-ploc.json',
  'dist/.env',
  'dist/cli.js',
  'dist/cli/plan-ABCDEFGH.js',
  'dist/extension.js.map',
  'dist/chunks/.env',
  'media/.env',
  'media/contoso.ta-email.json',
  'schemas/contoso.ta-email.json',
  'src/extension.ts',
  'webview/main.ts',
  'test/canary.test.ts',
  'contoso.ta-customer.json',
  'contoso.ta-email.json',
  'contoso.ta-record.json',
  'node_modules/canary/index.js',
  '.cache/host/index.cjs',
  '.vscode/settings.json',
  'scripts/canary.ts',
];

test('nothing that lies about gets into the package', async () => {
  const cwd = await folderWith(Object.fromEntries([...wanted, ...strays].map((name) => [name, 'canary'])));
  const files = await listFiles({ cwd, packageManager: PackageManager.None });
  expect(files.sort()).toEqual(['package.json', ...wanted].sort());
});
