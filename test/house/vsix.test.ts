import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, copyFile, cp, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { listFiles, PackageManager } from '@vscode/vsce';
import { expect, test } from 'vitest';
import { buildInto } from '../support/built-cli.ts';
import { builtFolder } from '../support/cli-entry.ts';
import { extensionCheckout } from '../support/extension-checkout.ts';
import { root } from '../support/source-imports.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** Chunks come and go with the code and carry a hash: what counts is that nothing else is beside them. */
function withoutChunkNames(files: readonly string[]): string[] {
  const names = files.map((file) => file.replace(/^(dist\/chunks\/)[^/]*?(\.js)$/, '$1*$2'));
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

const built = builtFolder();
const copied = (folder: string) =>
  Promise.all(
    ['dist', '.cache', 'ThirdPartyNotices.txt'].map((name) =>
      cp(join(built, name), join(folder, name), { recursive: true }),
    ),
  );

/** vsce adds the repository's README where it is not told of another one, as `scripts/package.ts` does. */
async function packedFiles(cwd: string): Promise<string[]> {
  const files = await listFiles({ cwd, packageManager: PackageManager.None });
  return files.filter((file) => file !== 'README.md');
}

test('the package holds just the files that are listed, and at most 70', async () => {
  const files = await packedFiles(await extensionCheckout(copied));
  await expect(`${withoutChunkNames(files).join('\n')}\n`).toMatchFileSnapshot('../golden/vsix-files.txt');
  expect(files.length).toBeLessThanOrEqual(70);
});

const pack = (cwd: string, env: NodeJS.ProcessEnv, ...args: string[]) =>
  promisify(execFile)(process.execPath, [join(root, 'scripts', 'package.ts'), ...args], {
    cwd,
    env: { ...process.env, ...env },
  });

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((each) => each.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

/** The names of all files in a folder, each with what is in it. */
async function contentOf(folder: string): Promise<Record<string, string>> {
  const hashes = (await filesIn(folder)).sort().map(async (file) => {
    const hash = createHash('sha256').update(await readFile(file));
    return [file.slice(folder.length), hash.digest('hex')] as const;
  });
  return Object.fromEntries(await Promise.all(hashes));
}

test('two builds and two packages, elsewhere and in another time zone, language and umask, have the same bytes', async () => {
  const umask = process.umask(0o077);
  const [one, other] = [await extensionCheckout(copied), await extensionCheckout(buildInto)];
  process.umask(umask);
  // npm packs each file with the mode that it has.
  const modes = (await filesIn(join(other, 'dist'))).map(async (file) => (await stat(file)).mode & 0o777);
  expect(new Set(await Promise.all(modes))).toEqual(new Set([0o644, 0o755]));
  expect(await contentOf(join(other, 'dist'))).toEqual(await contentOf(join(one, 'dist')));
  await Promise.all((await filesIn(one)).map((file) => chmod(file, 0o664)));
  // In Czech "ch" follows "h".
  await pack(one, { TZ: 'Asia/Tokyo', LC_ALL: 'cs_CZ.UTF-8' });
  await pack(other, {});
  const packages = [one, other].map((folder) => readFile(join(folder, 'ta-exchange-setup.vsix')));
  const [first, second] = await Promise.all(packages);
  expect(second && first?.equals(second)).toBe(true);
});

test.each([
  ['of a publisher that is a placeholder', 'ta-exchange', 'contoso', 'v1.2.0', '1.2.0', 'is a placeholder'],
  [
    'whose links are placeholders',
    'contoso',
    'ta-exchange',
    'v1.2.0',
    '1.2.0',
    '.git in package.json is a placeholder',
  ],
  ['whose tag is another version', 'contoso', 'contoso', 'v1.2.1', '1.2.0', 'is v1.2.0, not v1.2.1'],
  ['that CHANGELOG.md does not tell of', 'contoso', 'contoso', 'v1.2.0', '1.1.0', 'is 1.1.0, not 1.2.0'],
])('a release is refused %s', async (_, publisher, owner, tag, told, said) => {
  const shipped = await readFile('package.json', 'utf8');
  const manifest: object = JSON.parse(shipped.replaceAll('github.com/ta-exchange/', `github.com/${owner}/`));
  const cwd = await folderWith({
    'package.json': JSON.stringify({ ...manifest, version: '1.2.0', publisher }),
    'CHANGELOG.md': `## Unreleased\n\n## ${told} - 2026-12-01\n`,
  });
  const refused = await pack(cwd, {}, '--release', tag).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining(said) });
  expect(await readdir(cwd)).not.toContain('ta-exchange-setup.vsix');
});
