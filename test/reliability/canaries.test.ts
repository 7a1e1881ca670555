import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { listFiles, PackageManager } from '@vscode/vsce';
import { expect, test, vi } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import { findWait, keepWait } from '../../src/extension/set-up/waits.ts';
import { clientSecrets, createSecretKeeper } from '../../src/extension/shell/secret-keeper.ts';
import { buildInto } from '../support/built-cli.ts';
import { extensionCheckout } from '../support/extension-checkout.ts';
import { forgetfulContext } from '../support/forgetful-context.ts';
import { disguisesOf, filesBelow } from '../support/hiding-places.ts';
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

/** All that stands in VS Code's state, which is a file in the clear; SecretStorage is encrypted by VS Code. */
const stateOf = ({ globalState }: ReturnType<typeof forgetfulContext>): string =>
  JSON.stringify(globalState.keys().map((key) => [key, globalState.get(key)]));

test("canaries: VS Code's state", async () => {
  const context = forgetfulContext();
  const keeper = createSecretKeeper(context, clientSecrets);
  const customer = 'file:///customers/contoso.ta-customer.json';
  const wait = { tenantId: '1b4e28ba-2fa1-4d2c-883f-0016d3cca427', signIn: new Secret(canary), agreed: [] };
  const keeping = {
    'a client secret': () => keeper.keep('2b4e28ba-2fa1-4d2c-883f-0016d3cca427', new Secret(canary)),
    'what renews a sign-in while a consent is waited for': () => keepWait(context, customer, wait),
  };
  await counted("canaries: VS Code's state", async (cell) => {
    for (const [what, keep] of Object.entries(keeping))
      await cell(what, async () => {
        await keep();
        expect(holds(stateOf(context))).toEqual([]);
      });
  });
  expect((await keeper.find('2b4e28ba-2fa1-4d2c-883f-0016d3cca427'))?.reveal()).toBe(canary);
  expect((await findWait(context, customer))?.signIn.reveal()).toBe(canary);
});
