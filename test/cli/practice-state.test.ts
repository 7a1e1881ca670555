import { lstat, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contoso, customerFolder, customerName } from '../support/customer-folder.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { gitRepository } from '../support/git-repository.ts';
import { runCli } from '../support/run-cli.ts';

/** Commands in one folder, one after the other on one clock. */
async function inFolder() {
  const folder = await customerFolder();
  const clock = fakeClock();
  const run = (...args: string[]) => runCli([...args, '--practice'], { cwd: folder.path, clock });
  const onboard = (...args: string[]) => run('onboard', customerName, '--yes', ...args);
  return { folder, run, onboard, state: join(folder.path, 'practice.state') };
}

test('commands with --practice follow one another, as in life', async () => {
  const { folder, run, onboard, state } = await inFolder();
  await using _folder = folder;
  expect((await onboard('--to', 'robin@contoso.com')).code).toBe(0);
  const sent = await run(
    'send',
    'contoso.ta-email.json',
    '--to',
    'robin@contoso.com',
    '--expect-receipt',
    '60',
  );
  expect(sent).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^PRACTICE: nothing/) });
  expect((await run('plan', customerName)).code).toBe(0);
  expect((await stat(state)).mode & 0o777).toBe(0o600);
});

test('what a killed run left beside the state is removed', async () => {
  const { folder, onboard } = await inFolder();
  await using _folder = folder;
  const left = '.practice.state.ta-999999-0123456789ab.tmp';
  await folder.write(left, '{');
  expect((await onboard()).code).toBe(0);
  expect(await folder.names()).not.toContain(left);
});

test.each(['a folder', 'a link', 'a dangling link'])(
  '%s in the place of the state is refused, and stays',
  async (what) => {
    const { folder, onboard, state } = await inFolder();
    await using _folder = folder;
    if (what === 'a folder') await mkdir(state);
    else await symlink(what === 'a link' ? customerName : 'nothing', state);
    const { code, stderr } = await onboard();
    expect(code).toBe(3);
    expect(stderr).toContain('TA-BAD-INPUT');
    expect((await lstat(state)).isFile()).toBe(false);
  },
);

test('--fresh begins anew', async () => {
  const { folder, run, onboard } = await inFolder();
  await using _folder = folder;
  expect((await onboard()).code).toBe(0);
  expect((await run('plan', customerName)).code).toBe(0);
  expect((await run('plan', customerName, '--fresh')).code).toBe(2);
});

test('a condition stays until a fresh tenant', async () => {
  const { folder, run, onboard } = await inFolder();
  await using _folder = folder;
  expect((await onboard('--scenario', 'app-admin-only')).code).toBe(1);
  expect((await onboard()).code).toBe(1);
  expect((await run('onboard', customerName, '--yes', '--fresh')).code).toBe(0);
});

test('where an advice leads to Microsoft, the failure of a rehearsal says that nothing of it exists there', async () => {
  const { folder, onboard } = await inFolder();
  await using _folder = folder;
  const failed = await onboard('--scenario', 'sender-without-mailbox', '--to', 'robin@contoso.com');
  expect(failed.stderr).toMatch(
    /https:\/\/admin\.exchange.*\n(.*\n)*\s+Practice\s+Nothing named here exists at Microsoft\./,
  );
});

test('what a rehearsal finds and advises says so too, once in a terminal and in each document', async () => {
  const { folder, run, onboard } = await inFolder();
  await using _folder = folder;
  const word = 'PRACTICE: this is a rehearsal. Nothing named here exists at Microsoft.';
  const plan = await run('plan', customerName, '--scenario', 'sender-missing');
  expect(plan.stdout).toMatch(new RegExp(`Exchange admin center.*\\n {5}${word}`));
  expect(plan.stdout.split(word)).toHaveLength(2);
  const document = JSON.parse((await run('plan', customerName, '--json')).stdout);
  expect(document).toMatchObject({ practice: word });
  const refused = await onboard('--json');
  expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'TA-BLOCKED' }, practice: word });
});

test('a state of another version is refused with what to do, and stays as it is', async () => {
  const { folder, run, state } = await inFolder();
  await using _folder = folder;
  await writeFile(state, '{"practice":99}');
  const { code, stderr } = await run('plan', customerName);
  expect(code).toBe(3);
  expect(stderr).toContain('The practice tenant of this folder (practice.state) cannot be used again.');
  expect(stderr).toContain('add --fresh');
  expect(await readFile(state, 'utf8')).toBe('{"practice":99}');
});

test('while a run has the practice tenant, another one is told and changes nothing', async () => {
  const { folder, run, state } = await inFolder();
  await using _folder = folder;
  const owner = {
    pid: process.pid,
    host: 'elsewhere',
    who: 'a run',
    since: new Date().toISOString(),
    token: 't',
  };
  await writeFile(`${state}.lock`, JSON.stringify(owner));
  const { code, stderr } = await run('plan', customerName);
  expect(code).toBe(3);
  expect(stderr).toContain('Another run is using the practice tenant of this folder.');
});

test('git never takes it along: where nothing ignores it, a line is added, once, and told', async () => {
  const root = await gitRepository();
  await writeFile(join(root, customerName), JSON.stringify(contoso));
  const plan = () => runCli(['plan', customerName, '--practice'], { cwd: root });
  expect((await plan()).stdout).toContain('Added practice.state* to .gitignore');
  expect((await plan()).stdout).not.toContain('.gitignore');
  expect(await readFile(join(root, '.gitignore'), 'utf8')).toBe('practice.state*\n');
});

test('no output of a command may take its place', async () => {
  const { folder, run } = await inFolder();
  await using _folder = folder;
  const { code, stderr } = await run('onboard', customerName, '--yes', '--out', 'practice.state');
  expect([code, stderr]).toEqual([3, expect.stringContaining('is the place of')]);
  const script = ['script', customerName, '--form', 'powershell', '--out', 'Practice.State'];
  const written = await runCli(script, { cwd: folder.path });
  expect([written.code, written.stderr]).toEqual([3, expect.stringContaining('practice.state are reserved')]);
});

test('a folder that is not there is refused', async () => {
  const { code, stderr } = await runCli(['practice', 'nowhere-at-all']);
  expect([code, stderr]).toEqual([1, expect.stringContaining('Choose a folder that exists')]);
});

test('--fresh is for --practice', async () => {
  const { code, stderr } = await runCli(['plan', 'x.ta-customer.json', '--fresh']);
  expect([code, stderr]).toEqual([3, expect.stringContaining('--fresh needs --practice.')]);
});
