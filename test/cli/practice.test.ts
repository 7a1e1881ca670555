import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { formOn } from '../../src/practice/browser.ts';
import { playedHosts } from '../../src/practice/tenant.ts';
import { identityOf } from '../../src/practice/tls.ts';
import { customerFolder, customerName } from '../support/customer-folder.ts';
import { personOnPage } from '../support/login-client.ts';
import { loopbackFetch } from '../support/loopback-fetch.ts';
import { testWith } from '../support/machine-tools.ts';
import { runCli } from '../support/run-cli.ts';
import { type CliProcess, startCli } from '../support/start-cli.ts';
import { tempFolder } from '../support/temp-folder.ts';

test.concurrent('prints the flags to use as its first line, answers as every host, and ends with Ctrl+C', async () => {
  const practice = await startPractice();
  const shown = await practice.shows('--fresh begins a new one.');
  const [flags = ''] = shown.split('\n');
  const port = portIn(shown);
  expect(flags).toBe(playedHosts.map((host) => `--connect-to ${host}=http://127.0.0.1:${port}`).join(' '));

  const visit = loopbackFetch(port);
  const discovery = await visit(
    'https://login.microsoftonline.com/contoso.com/v2.0/.well-known/openid-configuration',
  );
  expect(await discovery.json()).toMatchObject({ tenant_region_scope: 'EU' });
  expect((await visit('https://graph.microsoft.com/v1.0/me')).status).toBe(401);
  expect((await visit('https://example.com/')).status).toBe(421);
  const page = await fetch(`http://127.0.0.1:${port}/`);
  expect(await page.text()).toContain('Robin Recipient');

  practice.interrupt();
  const { code, stdout, stderr } = await practice.ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('The practice tenant has stopped.');
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
});

test.concurrent('prints one object with --json', async () => {
  const practice = await startPractice(['--json', '--scenario', 'throttled', '--scenario=flaky']);
  const document = JSON.parse(await practice.shows(/\n}\n/));
  const { origin } = document;
  expect(document).toEqual({
    origin,
    connections: Object.fromEntries(playedHosts.map((host) => [host, origin])),
    flags: playedHosts.map((host) => `--connect-to ${host}=${origin}`),
    scenarios: ['throttled', 'flaky'],
  });
  practice.child.kill('SIGTERM');
  expect((await practice.ended).code).toBe(0);
});

test.concurrent('takes the port that it is told, and says when that is taken', async () => {
  const other = createServer();
  await once(other.listen(0, '127.0.0.1'), 'listening');
  const { port } = other.address() as AddressInfo;
  const taken = await (await startPractice(['--port', String(port)])).ended;
  expect(taken.code).toBe(3);
  expect(taken.stderr).toContain(`Port ${port} of this computer cannot be used (EADDRINUSE).`);
  expect(taken.stderr).toContain('Another program uses this port.');
  await new Promise((resolve) => other.close(resolve));

  const practice = await startPractice(['--port', String(port)]);
  expect(portIn(await practice.shows('--fresh begins a new one.'))).toBe(port);
  practice.interrupt();
  await practice.ended;
});

test.each([
  [['--scenario', 'nope'], 'There is no scenario "nope". Available: instant, slow-replication,'],
  [['--scenario', '__proto__'], 'There is no such scenario.'],
  [['--port', '65536'], '--port takes a number from 0 to 65535.'],
  [['--port', 'http'], '--port takes a number from 0 to 65535.'],
])('refuses %j', async (args, sentence) => {
  const { code, stdout, stderr } = await runCli(['practice', ...args], { cwd: await tempFolder() });
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(stderr).toContain(sentence);
});

test.concurrent('onboards by the printed flags, the admin approving on the device login page', async () => {
  await using folder = await customerFolder();
  const practice = await startPractice();
  const shown = await practice.shows('--fresh begins a new one.');
  const flags = (shown.split('\n')[0] ?? '').split(' ');
  const onboarding = startCli(['onboard', customerName, '--yes', ...flags], { cwd: folder.path });
  const [, userCode = ''] = /enters (\S+) /.exec(await onboarding.shows('(good until ')) ?? [];
  await approveOnPage(`http://127.0.0.1:${portIn(shown)}`, userCode, 'grace@contoso.com');
  expect(await onboarding.ended).toMatchObject({ code: 0, stderr: '' });
  await end(practice);
});

test.concurrent('--practice --manual waits for the page of the practice tenant, and the code is that of the flag', async () => {
  await using folder = await customerFolder();
  const plan = startCli(['plan', customerName, '--practice', '--manual'], { cwd: folder.path });
  const [, page = '', userCode = ''] =
    /opens (\S+) and enters (\S+) /.exec(await plan.shows('(good until ')) ?? [];
  await approveOnPage(new URL(page).origin, userCode, 'petra@contoso.com');
  const { code, stdout } = await plan.ended;
  expect(code).toBe(2);
  expect(stdout).toContain('Petra Privilege (petra@contoso.com)');
});

const graphMe = 'https://graph.microsoft.com/v1.0/me';
const nodeLine = `fetch('${graphMe}').then(async (r) => console.log(r.status, await r.text()))`;
/** With what Python has by itself, and with what most programs in it have. */
const pythonLine = `
import urllib.error, urllib.request
try: urllib.request.urlopen('${graphMe}')
except urllib.error.HTTPError as e: print(e.code, e.read().decode())
try: import requests
except ImportError: requests = None
if requests: assert requests.get('${graphMe}').status_code == 401`;

const programs = [
  ['node', testWith(), process.execPath, ['-e', nodeLine]],
  ['python', testWith('python3'), 'python3', ['-c', pythonLine]],
  ['curl', testWith('curl'), 'curl', ['--silent', '--show-error', '--write-out', ' %{http_code}', graphMe]],
] as const;

for (const [name, one, program, args] of programs)
  one(
    `--tls: ${name} with the printed environment reaches it under the real names, and nothing is left`,
    async () => {
      const practice = await startPractice(['--tls']);
      const shown = await practice.shows('tenant for Microsoft.');
      const pairs = new RegExp(`^ +${name} +(.*)$`, 'm').exec(shown)?.[1]?.split(' ') ?? [];
      const printed: Record<string, string> = Object.fromEntries(pairs.map((pair) => pair.split(/=(.*)/s)));
      const certificates = Object.values(printed).find((value) => value.endsWith('.pem')) ?? '';
      expect(existsSync(certificates)).toBe(true);
      const env = { PATH: process.env.PATH, ...printed };
      const { stdout } = await promisify(execFile)(program, args, { env });
      expect(stdout).toMatch(/401/);
      expect(stdout).toContain('Access token is empty');
      await end(practice);
      expect(existsSync(dirname(certificates))).toBe(false);
    },
  );

test.concurrent('--tls FOLDER takes the place of what a killed run left there, and of nothing else', async () => {
  const [cwd, folder] = [await tempFolder(), await tempFolder()];
  const file = join(folder, 'ca.pem');
  await writeFile(file, 'the authority of someone else');
  const refused = await startCli(['practice', '--tls', folder], { cwd }).ended;
  expect(refused.stderr).toContain(`${file} already exists, and this tool did not write it.`);
  expect(refused.code).toBe(3);
  expect(await readFile(file, 'utf8')).toBe('the authority of someone else');
  await writeFile(file, identityOf(['graph.microsoft.com'], Date.now()).authority);
  const practice = startCli(['practice', '--tls', folder], { cwd });
  await practice.shows('tenant for Microsoft.');
  await end(practice);
  expect(existsSync(file)).toBe(false);
});

test.concurrent('what is served is kept in the folder, also where it is killed, and served again', async () => {
  await using folder = await customerFolder();
  const begin = async (...args: string[]) => {
    const practice = startCli(['practice', folder.path, ...args]);
    const shown = await practice.shows('--fresh begins a new one.');
    return { practice, shown, origin: `http://127.0.0.1:${portIn(shown)}` };
  };
  const applications = async (origin: string) =>
    (await (await fetch(origin)).text()).includes('Time and Attendance Exchange Online Integration');
  const first = await begin();
  const flags = (first.shown.split('\n')[0] ?? '').split(' ');
  const onboarding = startCli(['onboard', customerName, '--yes', ...flags], { cwd: folder.path });
  const [, userCode = ''] = /enters (\S+) /.exec(await onboarding.shows('(good until ')) ?? [];
  await approveOnPage(first.origin, userCode, 'grace@contoso.com');
  expect(await onboarding.ended).toMatchObject({ code: 0 });
  const other = await startCli(['practice', folder.path]).ended;
  expect(other.stderr).toContain('Another run is using the practice tenant of this folder.');
  first.practice.child.kill('SIGKILL');
  await first.practice.ended;

  const second = await begin();
  expect(await applications(second.origin)).toBe(true);
  await end(second.practice);
  const third = await begin('--fresh');
  expect(await applications(third.origin)).toBe(false);
  await end(third.practice);
});

/** In a folder of its own, where it is kept; the folder goes when it ends. */
async function startPractice(args: readonly string[] = []): Promise<CliProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'ta-practice-'));
  const practice = startCli(['practice', ...args], { cwd: folder });
  void practice.ended.then(() => rm(folder, { recursive: true, force: true }));
  return practice;
}

/** What a person does in the browser: types the code, picks the account, approves. */
async function approveOnPage(origin: string, userCode: string, person: string): Promise<void> {
  const page = await (await fetch(`${origin}/devicelogin?user_code=${userCode}`)).text();
  const { action, fields } = formOn(page);
  const body = new URLSearchParams({ ...fields, action: 'approve', person: personOnPage(page, person) });
  const answer = await fetch(new URL(action, origin), { method: 'POST', body, headers: { origin } });
  expect(await answer.text()).toContain('You are signed in');
}

function portIn(shown: string): number {
  return Number(/127\.0\.0\.1:(\d+)/.exec(shown)?.[1]);
}

async function end(practice: CliProcess): Promise<void> {
  practice.interrupt();
  await practice.ended;
}
