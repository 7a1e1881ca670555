import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { listFiles, PackageManager } from '@vscode/vsce';
import { expect, test, vi } from 'vitest';
import { buildInto } from '../support/built-cli.ts';
import { extensionCheckout } from '../support/extension-checkout.ts';
import { fieldsOf } from '../support/given-secrets.ts';
import { disguisesOf, filesBelow, findIn } from '../support/hiding-places.ts';
import { setUpInVsCode } from '../support/set-up-in-vs-code.ts';
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
  const folder = await extensionCheckout(buildInto);
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

test("canaries: VS Code's state", async () => {
  const { verdicts, given, texts, encrypted } = await setUpInVsCode();
  expect(verdicts).toEqual(['arrived', 'not sent']);
  expect(fieldsOf(given)).toEqual(['access_token', 'device_code', 'id_token', 'refresh_token', 'secretText']);
  await counted("canaries: VS Code's state", async (cell) => {
    for (const [place, text] of Object.entries(texts))
      for (const field of fieldsOf(given))
        await cell(`${field} in ${place}`, async () => {
          const values = given.filter(([name]) => name === field).map(([, value]) => value);
          expect(values.flatMap((value) => findIn({ [place]: text }, value))).toEqual([]);
        });
  });
  // The same search finds what VS Code encrypts, and each place was written to.
  const hidden = given.filter(([, value]) => findIn({ encrypted }, value).length > 0);
  expect(fieldsOf(hidden)).toEqual(['access_token', 'id_token', 'refresh_token', 'secretText']);
  for (const text of Object.values(texts)) expect(text).not.toBe('');
});
