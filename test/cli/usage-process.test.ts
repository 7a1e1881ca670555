import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';
import { customerName } from '../support/customer-folder.ts';
import { runCli } from '../support/run-cli.ts';
import { servedPractice } from '../support/served-practice.ts';
import { startCli } from '../support/start-cli.ts';

test.each([
  [['onbord', customerName], "error: unknown command 'onbord'\n(Did you mean onboard?)"],
  [['onboard', customerName, '--yse'], "error: unknown option '--yse'\n(Did you mean --yes?)"],
  [['onboard'], "error: missing required argument 'customer'"],
  [['onboard', customerName, 'another.json', '--yes'], 'error: too many arguments'],
  [['send', 'contoso.ta-email.json'], "error: required option '--to <address>' not specified"],
  [['plan', 'contoso.ta-record.json'], 'That is contoso.ta-customer.json.'],
  [['onboard', customerName, '--yes', '--yes'], '--yes is given twice'],
  [['send', 'contoso.ta-email.json', '--to='], '--to= needs a value.'],
  [
    ['plan', customerName, '--save', '--practice'],
    '--save needs a value. What follows it is --practice. To mean that, write --save=--practice',
  ],
  [
    ['onboard', customerName, '--secret', 'abc'],
    "--secret is refused: a secret on the command line stays in the shell's",
  ],
  [['onboard', customerName], 'No one can be asked here before the first change. Add --yes'],
  [
    ['onboard', customerName, '--yes', '--practice', '--scenario', 'no-such-one'],
    'There is no scenario "no-such-one".',
  ],
  [['onboard', customerName, '--yes', '--scenario', 'flaky'], '--scenario needs --practice.'],
  [['onboard', customerName, '--yes', '--manual'], '--manual needs --practice.'],
  [
    ['onboard', customerName, '--practice', 'app-admin-only,flaky', '--yes'],
    '--practice takes no value. Write: --practice --scenario app-admin-only --scenario flaky',
  ],
  [['onboard', customerName, '--yes', '--expect-receipt', '60'], '--expect-receipt needs --to'],
  [['onboard', customerName, '--yes', '--attach', 'x.pdf'], '--attach needs --to'],
  [['scope', customerName, '--out', 'x.ps1', '--other', 'robin@contoso.com'], '--other belongs to --prove'],
  [['scope', customerName, '--out', 'x.ps1', '--wait-for-exchange', '5'], '--wait-for-exchange belongs to'],
  [
    ['plan', customerName, '--connect-to', 'graph.microsoft.com=http://10.0.0.1:80'],
    '--connect-to: expected HOST=http://127.0.0.1:PORT',
  ],
  [
    ['plan', customerName, '--connect-to', 'graph.microsoft.com=https://127.0.0.1.example.com:443'],
    '--connect-to: expected',
  ],
])('exit code 3 and no request: %j', async (args, sentence) => {
  await using practice = await servedPractice();
  const { code, stdout, stderr } = await practice.cli(...args);
  expect({ code, requests: practice.state.requests }).toEqual({ code: 3, requests: [] });
  expect(stdout + stderr).toContain(sentence);
  expect(stderr).not.toMatch(/\n {4}at /);
  expect(await practice.folder.names()).toEqual([customerName]);
});

test.concurrent('--json without --yes is refused as a document', async () => {
  await using practice = await servedPractice();
  const { code, stdout } = await practice.cli('onboard', customerName, '--json');
  expect(code).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'TA-USAGE', who: 'you' } });
  expect(practice.state.requests).toEqual([]);
});

test.concurrent.each([
  [['onbord', customerName], "unknown command 'onbord'"],
  [['onboard'], "missing required argument 'customer'"],
  [['onboard', customerName, '--yse'], "unknown option '--yse'"],
  [['onboard', customerName, '--secret', 'abc'], '--secret is refused'],
  [['send', 'contoso.ta-email.json'], "required option '--to <address>' not specified"],
  [['export', 'x', '--format', 'word', '--out', 'y'], "argument 'word' is invalid"],
  [['onboard', customerName, '--practice', 'flaky'], '--practice takes no value.'],
  [['plan', customerName, '--scenario', 'flaky'], '--scenario needs --practice.'],
  [['plan', customerName, '--save'], '--save needs a value.'],
  [[], 'unknown option'],
])('with --json a wrong command line is told by one document: %j', async (args, message) => {
  const { code, stdout } = await runCli([...args, '--json']);
  expect(code).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({
    error: { code: 'TA-USAGE', message: expect.stringContaining(message), who: 'you' },
  });
});

const pasted = 'hunter2~Zq.9x';
test.concurrent.each([
  [[pasted], 'error: unknown command, which is not shown'],
  [['help', pasted], 'Usage: '],
  [['onboard', customerName, `--application=${pasted}`], "unknown option '--application'"],
  [['onboard', customerName, `-x${pasted}`], 'error: unknown option, which is not shown'],
  [['onboard', customerName, '--yes', pasted], 'Expected 1 argument but got 2.'],
  [
    ['export', 'x', '--format', 'csv', '--out', 'y', '--secret', pasted],
    'argument is invalid. Allowed choices',
  ],
  [['plan', customerName, '--practice', '--scenario', pasted], 'There is no such scenario.'],
  [['plan', customerName, '--practice', pasted], 'too many arguments'],
  [['plan', customerName, '--connect-to', pasted], 'expected HOST=http://127.0.0.1:PORT'],
  [['onboard', customerName, '--yes', '--adopt', pasted], 'a GUID'],
  [['onboard', customerName, '--yes', '--wait-for-consent', pasted], 'whole minutes'],
  [['script', customerName, '--form', 'az', '--recipient', pasted], ''],
])('what is pasted into a wrong place of the command line is not repeated: %j', async (args, sentence) => {
  await using practice = await servedPractice();
  for (const words of [args, [...args, '--json']]) {
    const { stdout, stderr } = await runCli(words, { cwd: practice.folder.path });
    expect(stderr).toContain(sentence);
    expect(stdout + stderr).not.toContain(pasted);
  }
});

test.concurrent.each([['--version'], ['-V'], ['plan', '--version']])(
  '%s prints the version',
  async (...args) => {
    const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(await runCli(args)).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  },
);

test.concurrent('--verbose begins with the versions of this program and of Node', async () => {
  await using practice = await servedPractice();
  const { stderr } = await practice.cli('plan', customerName, '--verbose');
  expect(stderr.split('\n')[0]).toMatch(/^ta-exchange \d+\.\d+\.\d+, Node \d+\.\d+\.\d+, \w+ \w+$/);
  // What Node loads by this runs before anything of ours, so a report says that there is something.
  const env = { NODE_OPTIONS: '--no-deprecation' };
  const told = await startCli(['plan', 'none.json', '--verbose'], { cwd: practice.folder.path, env }).ended;
  expect(told.stderr.split('\n')[0]).toMatch(/, Node \d+\.\d+\.\d+ with NODE_OPTIONS, \w+ \w+$/);
  expect(told.stderr).not.toContain('--no-deprecation');
});

test.concurrent('certificate checks that are off are refused, except towards this machine', async () => {
  await using practice = await servedPractice({
    ownProcess: { env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } },
  });
  const { path } = practice.folder;
  const real = await startCli(['plan', customerName], {
    cwd: path,
    env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
  }).ended;
  expect(real.code).toBe(1);
  expect(real.stderr).toContain('TA-CERTIFICATE-CHECK-OFF');
  expect((await practice.cli('plan', customerName)).code).toBe(2);
});

test.concurrent.each(['', '/proc'])(
  'a home folder that is not there or takes no file changes nothing: %j',
  async (HOME) => {
    const env = { HOME, USERPROFILE: HOME, LOCALAPPDATA: HOME, XDG_CACHE_HOME: '' };
    await using practice = await servedPractice({ ownProcess: { env } });
    expect(await practice.cli('plan', customerName)).toMatchObject({ code: 2, stderr: '' });
    expect(await practice.folder.names()).toEqual([customerName]);
  },
);

test.concurrent('help names every command and goes to stdout', async () => {
  const { code, stdout, stderr } = await startCli(['--help']).ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const [table = ''] = stdout.split('\nExamples:');
  const commands = [...table.matchAll(/^ {2}([\w-]+) /gm)].map(([, name]) => name);
  expect(commands).toEqual([...createProgram(() => {}).commands.map((command) => command.name()), 'help']);
  expect(commands).toEqual(expect.arrayContaining(['onboard', 'plan', 'send', 'practice']));
});

test.concurrent('without a terminal nothing is painted and no line is rewritten', async () => {
  await using practice = await servedPractice({ ownProcess: { env: { FORCE_COLOR: '' } } });
  const { stdout } = await practice.cli('plan', customerName);
  expect(stdout).not.toContain('\u001b');
  expect(stdout).not.toContain('\r');
});

test.concurrent('a reader that goes away is no failure', async () => {
  await using practice = await servedPractice({ ownProcess: {} });
  const running = startCli(['plan', customerName, ...practice.flags], { cwd: practice.folder.path });
  running.child.stdout.destroy();
  expect(await running.ended).toMatchObject({ code: 2, stderr: '' });
});

test.concurrent('an argument of 100 KB is an unknown file, not a crash', async () => {
  await using practice = await servedPractice();
  const { code, stderr } = await practice.cli('plan', `${'x'.repeat(100_000)}.json`);
  expect(code).toBe(3);
  expect(stderr).toContain('cannot be read (ENAMETOOLONG).');
});
