import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkPlace } from '../../../src/core/files/place.ts';
import { errorFrom } from '../../support/error-from.ts';
import { git, gitRepository } from '../../support/git-repository.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** A repository that lacks a tree and names the remote to fetch it from: whatever asks git about it starts that remote. */
async function luringRepository(): Promise<string> {
  const root = await gitRepository();
  for (const folder of ['a', 'b']) {
    await mkdir(join(root, folder));
    await writeFile(join(root, folder, 'file'), folder);
  }
  await git(root, 'add', '-A');
  await git(root, 'commit', '--quiet', '-m', 'first');
  await git(root, 'sparse-checkout', 'set', '--cone', '--sparse-index', 'a');
  const tree = (await git(root, 'rev-parse', 'HEAD:b')).trim();
  await rm(join(root, '.git', 'objects', tree.slice(0, 2), tree.slice(2)));
  await git(root, 'config', 'core.repositoryformatversion', '1');
  await git(root, 'config', 'extensions.partialClone', 'origin');
  await git(root, 'config', 'remote.origin.promisor', 'true');
  return root;
}

const lures: Record<string, (marker: string) => [string, string][]> = {
  'remote helper ext::': (marker) => [
    ['remote.origin.url', `ext::sh -c touch% ${marker}`],
    ['protocol.ext.allow', 'always'],
  ],
  'remote.*.uploadpack': (marker) => [
    ['remote.origin.url', '/'],
    ['remote.origin.uploadpack', `touch ${marker}; false`],
  ],
  'core.sshCommand': (marker) => [
    ['remote.origin.url', 'ssh://host.example/x'],
    ['core.sshCommand', `touch ${marker}; false`],
  ],
};

test.each(Object.keys(lures))(
  'a look at a folder starts no program that its repository names: %s',
  async (lure) => {
    const root = await luringRepository();
    const traces = await tempFolder();
    for (const [name, value] of lures[lure]?.(join(traces, 'started')) ?? [])
      await git(root, 'config', name, value);
    expect(await errorFrom(checkPlace(join(root, 'a', 'contoso.ta-email.json')))).toMatchObject({
      code: 'TA-NOT-IGNORED',
    });
    await writeFile(join(root, '.gitignore'), '*.ta-email.json\n');
    expect(await checkPlace(join(root, 'a', 'contoso.ta-email.json'))).toEqual([]);
    expect(await readdir(traces)).toEqual([]);
  },
);
