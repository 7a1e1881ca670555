import { execFile } from 'node:child_process';
import { copyFile, cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { documentNamed, documents, shellBlocksIn } from '../support/documents.ts';
import { extensionCheckout } from '../support/extension-checkout.ts';
import { git } from '../support/git-repository.ts';
import { testWith } from '../support/machine-tools.ts';
import { manifest } from '../support/manifest.ts';
import { root } from '../support/source-imports.ts';

/** What is printed for a shell: the first words of each line that a test runs, and the test. */
const runElsewhere: Readonly<Record<string, string>> = {
  'sha256sum --check': 'test/house/workflows.test.ts',
  'TA_LIVE_CUSTOMER=': 'test/live/run.test.ts',
};

/** Asks GitHub about a release, and there is none yet; it also needs someone who is signed in there. */
const runByNoOne = 'gh attestation verify ';

const blocks = documents.flatMap(shellBlocksIn);
const building = blocks.find(([first]) => first?.startsWith('git checkout ')) ?? [];

test('every command that is printed for a shell is run by a test, but for one', async () => {
  const lines = blocks.filter((block) => block.join() !== building.join()).flat();
  const known = [runByNoOne, ...Object.keys(runElsewhere)];
  expect(lines.filter((line) => !known.some((begin) => line.startsWith(begin)))).toEqual([]);
  expect(known.filter((begin) => !lines.some((line) => line.startsWith(begin)))).toEqual([]);
  for (const [begin, file] of Object.entries(runElsewhere))
    expect(await readFile(join(root, file), 'utf8'), file).toContain(begin.replace('=', ''));
});

test('the one that no test runs names a workflow that there is, and that attests', async () => {
  const line = blocks.flat().find((each) => each.startsWith(runByNoOne)) ?? '';
  const [, path = ''] = /--signer-workflow OWNER\/REPOSITORY\/(\S+)/.exec(line) ?? [];
  expect(await readFile(join(root, path), 'utf8')).toContain('uses: actions/attest');
  const [, file = ''] = /^gh attestation verify (\S+)/.exec(line) ?? [];
  expect(documentNamed('docs/releases.md')).toContain(`| \`${file}\` |`);
});

/** A clone with the tag of this version, and a commit after it. */
async function taggedClone(): Promise<string> {
  const clone = await extensionCheckout(async (folder) => {
    for (const room of ['src', 'webview', 'scripts', 'docs'])
      await cp(join(root, room), join(folder, room), { recursive: true });
    for (const name of ['esbuild.mjs', 'package-lock.json', 'tsconfig.json', '.gitignore', '.gitattributes'])
      await copyFile(join(root, name), join(folder, name));
  });
  await git(clone, 'init', '--quiet');
  await git(clone, 'add', '--all');
  await git(clone, 'commit', '--quiet', '--message', 'released');
  await git(clone, 'tag', `v${manifest.version}`);
  await writeFile(join(clone, 'esbuild.mjs'), 'throw new Error("not the commit of the release");');
  await git(clone, 'commit', '--quiet', '--all', '--message', 'after it');
  await installInto(clone);
  return clone;
}

/** As `npm ci` leaves it, with the packages of the machine; what starts ours works in the folder that it lies in. */
async function installInto(clone: string): Promise<void> {
  const [from, to] = [root, clone].map((folder) => join(folder, 'node_modules')) as [string, string];
  const ours = 'node-of-the-scripts';
  await mkdir(join(to, '.bin'), { recursive: true });
  for (const name of await readdir(from))
    if (name !== '.bin' && name !== ours) await symlink(join(from, name), join(to, name));
  await symlink(join(clone, 'scripts', 'node'), join(to, ours));
  await symlink(join('..', ours, 'node24.mjs'), join(to, '.bin', 'node24'));
}

testWith('bash')('the packages are built from the tag of a release, as it is printed', async () => {
  const cwd = await taggedClone();
  const script = building.join('\n').replaceAll('VERSION', manifest.version);
  const PATH = `${dirname(process.execPath)}:${process.env.PATH}`;
  const env = { ...process.env, PATH, npm_config_offline: 'true', npm_config_cache: join(cwd, '.npm') };
  const { stdout } = await promisify(execFile)('bash', ['-ec', script], { cwd, env });
  const sums = stdout.trim().split('\n').slice(-2);
  expect(sums.map((line) => line.replace(/^[0-9a-f]{64} [ *]/, ''))).toEqual([
    'ta-exchange-setup.vsix',
    `ta-exchange-${manifest.version}.tgz`,
  ]);
});
