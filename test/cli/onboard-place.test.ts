import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contoso } from '../support/customer-folder.ts';
import { gitRepository } from '../support/git-repository.ts';
import { testWith } from '../support/machine-tools.ts';
import { runCli } from '../support/run-cli.ts';
import { startInTerminal } from '../support/terminal-cli.ts';

async function repositoryWith(ignored: string): Promise<string> {
  const root = await gitRepository();
  await writeFile(join(root, 'contoso.ta-customer.json'), JSON.stringify(contoso));
  await writeFile(join(root, '.gitignore'), ignored);
  return root;
}

test('refuses a git repository that does not ignore the preferences, before any request', async () => {
  const cwd = await repositoryWith('node_modules\n');
  // Nobody listens there: a request would end with another failure.
  const nowhere = ['login.microsoftonline.com', 'graph.microsoft.com'].flatMap((host) => [
    '--connect-to',
    `${host}=http://127.0.0.1:9`,
  ]);
  const { code, stderr } = await runCli(['onboard', 'contoso.ta-customer.json', '--yes', ...nowhere], {
    cwd,
  });
  expect(stderr).toContain('does not ignore it.');
  expect(stderr).toContain('Add the line *.ta-email.json* to');
  expect(code).toBe(3);
  expect((await readdir(cwd)).sort()).toEqual(['.git', '.gitignore', 'contoso.ta-customer.json']);
});

test('onboards where *.ta-email.json is ignored', async () => {
  const cwd = await repositoryWith('*.ta-email.json\n');
  const { code, stderr } = await runCli(['onboard', 'contoso.ta-customer.json', '--yes', '--practice'], {
    cwd,
  });
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(await readdir(cwd)).toContain('contoso.ta-email.json');
});

testWith('python3')(
  'in a terminal the line that keeps the secret out of git is offered, and the set-up goes on',
  async () => {
    const cwd = await repositoryWith('node_modules\n');
    const run = startInTerminal(['onboard', 'contoso.ta-customer.json', '--yes', '--practice'], { cwd });
    await run.shows('Add the line');
    run.type('\r');
    expect(await run.ended).toMatchObject({ code: 0, screen: expect.stringContaining('Done') });
    expect(await readFile(join(cwd, '.gitignore'), 'utf8')).toContain('\n*.ta-email.json*\n');
    expect(await readdir(cwd)).toContain('contoso.ta-email.json');
  },
);
