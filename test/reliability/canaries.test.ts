import { execFile } from 'node:child_process';
import { copyFile, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { listFiles, PackageManager } from '@vscode/vsce';
import { expect, test, vi } from 'vitest';
import { buildInto } from '../support/built-cli.ts';
import { disguisesOf, filesBelow } from '../support/hiding-places.ts';
import { root } from '../support/source-imports.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { counted, isLong } from './tally.ts';

/** What whoever builds a release has in the environment and lying about. */
const canary = 'npm_CANARY~7f3Q.of-the-build_0123456789';
const variables = ['NPM_TOKEN', 'VSCE_PAT', 'OVSX_PAT', 'GITHUB_TOKEN', 'TA_SECRET'];
const strays = [
  '.env',
  '.npmrc',
  'practice.state',
  'contoso.ta-email.json',
  'media/contoso.ta-email.json',
  'dist/.env',
  'dist/cli/.env',
];

const holds = (text: string): string[] =>
  Object.entries(disguisesOf(canary)).flatMap(([how, disguised]) => (text.includes(disguised) ? [how] : []));

test.runIf(isLong)('canaries: what is built and packed', async () => {
  for (const name of variables) vi.stubEnv(name, canary);
  const folder = await tempFolder();
  await buildInto(folder);
  const texts = ['MARKETPLACE.md', 'CHANGELOG.md', 'SUPPORT.md', 'LICENSE', 'package.nls.json'];
  for (const name of ['package.json', '.vscodeignore', ...texts])
    await copyFile(join(root, name), join(folder, name));
  for (const room of ['media', 'l10n', 'schemas'])
    await cp(join(root, room), join(folder, room), { recursive: true });
  for (const name of strays) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), `TOKEN=${canary}`);
  }
  const extension = await listFiles({ cwd: folder, packageManager: PackageManager.None });
  const { stdout } = await promisify(execFile)('npm', ['pack', '--dry-run', '--json', '--offline'], {
    cwd: join(folder, 'dist'),
  });
  const [{ files }] = JSON.parse(stdout);
  const commandLine: string[] = files.map(({ path }: { path: string }) => join('dist', path));
  const built = Object.keys(await filesBelow(join(folder, 'dist'))).map((name) => join('dist', name));
  const places = {
    'what is built': built.filter((name) => !strays.includes(name)),
    'the package of the extension': extension,
    'the package of the command line': commandLine,
  };
  for (const [place, names] of Object.entries(places))
    await counted(`canaries: ${place}`, async (cell) => {
      for (const name of names)
        await cell(name, async () => expect(holds(await readFile(join(folder, name), 'latin1'))).toEqual([]));
    });
});
