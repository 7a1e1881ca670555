import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { PracticeTenant } from '../../src/practice/tenant.ts';
import { customerName, preferencesName, recordName } from '../support/customer-folder.ts';
import { testWith } from '../support/machine-tools.ts';
import { fileOf } from '../support/mail-tenant.ts';
import { makeNamedPipe } from '../support/named-pipe.ts';
import type { RunningCli } from '../support/run-cli.ts';
import { servedPractice, whatIsLeft } from '../support/served-practice.ts';
import { startCli } from '../support/start-cli.ts';

const onboarding = ['onboard', customerName, '--yes', '--to', 'robin@contoso.com'] as const;
const finished = { applications: 1, servicePrincipals: 1, secrets: 1, grants: 4, mails: 1 };

/**
 * Ctrl+C at the moment when the tenant gets the request; it is answered after the command has noticed. In a tenant without
 * lags, which would refuse the first try.
 */
function stopAt(method: string, path: RegExp) {
  let running: RunningCli | undefined;
  const through =
    (fetch: PracticeTenant['fetch']): PracticeTenant['fetch'] =>
    async (request, connection) => {
      if (running && request.method === method && path.test(decodeURIComponent(request.url))) {
        running.interrupt();
        await running.shows('Press Ctrl+C again');
        running = undefined;
      }
      return fetch(request, connection);
    };
  return {
    through,
    watch(command: RunningCli): RunningCli {
      running = command;
      return command;
    },
  };
}

test('Ctrl+C while the code waits changes nothing and writes no record', async () => {
  await using practice = await servedPractice();
  practice.state.approveAs = undefined;
  const running = practice.start(...onboarding);
  await running.shows('good until');
  running.interrupt();
  const { code, stderr } = await running.ended;
  expect(code).toBe(1);
  expect(stderr).toContain('Stopped on request.');
  expect(stderr).toContain('TA-CANCELLED');
  expect(await practice.folder.names()).toEqual([customerName]);
  expect(practice.state.applications).toEqual([]);

  practice.state.approveAs = 'grace@contoso.com';
  expect(await practice.onboard()).toMatchObject({ code: 0, stderr: '' });
  expect(whatIsLeft(practice.state)).toEqual(finished);
});

test.each([
  [
    'application is registered',
    'PATCH',
    /\/applications\(/,
    { applications: 1, servicePrincipals: 0, secrets: 0, grants: 0 },
  ],
  [
    'service principal is added',
    'PATCH',
    /\/servicePrincipals\(/,
    { applications: 1, servicePrincipals: 1, secrets: 0, grants: 0 },
  ],
] as const)(
  'Ctrl+C while the %s: the call is finished, the next not begun',
  async (_what, method, path, left) => {
    const stop = stopAt(method, path);
    await using practice = await servedPractice({ lagFactor: 0, through: stop.through });
    const { code, stderr } = await stop.watch(practice.start(...onboarding)).ended;
    expect(code).toBe(1);
    expect(whatIsLeft(practice.state)).toEqual({ ...left, mails: 0 });
    expect(stderr).toContain('Created so far: the application (client id ');
    expect(stderr).toContain('Run it again to continue.');
    expect(await practice.folder.names()).toEqual([customerName, recordName]);

    expect(await practice.onboard()).toMatchObject({ code: 0, stderr: '' });
    expect(whatIsLeft(practice.state)).toEqual(finished);
  },
);

test('Ctrl+C while the secret is made: it is shown only once, so it goes into the file', async () => {
  const stop = stopAt('POST', /\$batch/);
  await using practice = await servedPractice({ lagFactor: 0, through: stop.through });
  const running = practice.start(...onboarding);
  await running.shows('Permissions are granted to it.\n  3.');
  const { code, stderr } = await stop.watch(running).ended;
  expect(code).toBe(1);
  expect(stderr).toContain('a client secret (begins with ');
  expect(stderr).toContain(`The preferences file ${preferencesName} is written.`);
  expect(whatIsLeft(practice.state)).toEqual({ ...finished, mails: 0 });
  const file = await practice.folder.read(preferencesName);

  expect(await practice.onboard()).toMatchObject({ code: 0, stderr: '' });
  expect(whatIsLeft(practice.state)).toEqual(finished);
  expect(await practice.folder.read(preferencesName)).toBe(file);
});

test('Ctrl+C during the upload: no mail leaves, the draft goes, running again sends one', async () => {
  const stop = stopAt('PUT', /AttachmentSessions/);
  await using practice = await servedPractice({ lagFactor: 0, through: stop.through });
  await practice.folder.write('hours.csv', fileOf(10_000_000));
  const args = ['--attach', 'hours.csv'];
  const { code, stderr } = await stop.watch(practice.start(...onboarding, ...args)).ended;
  expect(code).toBe(1);
  expect(stderr).toContain('The email was not sent. Its draft was deleted.');
  expect(whatIsLeft(practice.state)).toEqual({ ...finished, mails: 0 });
  expect(practice.state.mailboxes.flatMap(({ mails }) => mails)).toEqual([]);

  expect(await practice.onboard(...args)).toMatchObject({ code: 0, stderr: '' });
  expect(whatIsLeft(practice.state)).toEqual(finished);
});

test('Ctrl+C in a wait that the service asked for ends it at once', async () => {
  let slow = true;
  await using practice = await servedPractice({
    ownProcess: {},
    through: (fetch) => async (request, connection) =>
      slow && request.method === 'PATCH'
        ? new Response('{}', { status: 429, headers: { 'Retry-After': '600' } })
        : fetch(request, connection),
  });
  const running = practice.start(...onboarding);
  await running.shows('asks to slow down');
  running.interrupt();
  const { code, stderr } = await running.ended;
  expect(code).toBe(1);
  expect(stderr).toContain('TA-CANCELLED');
  expect(practice.state.applications).toEqual([]);

  slow = false;
  expect(await practice.onboard()).toMatchObject({ code: 0, stderr: '' });
  expect(whatIsLeft(practice.state)).toEqual(finished);
});

test('a second Ctrl+C ends at once, and running again finishes all the same', async () => {
  let running: RunningCli | undefined;
  await using practice = await servedPractice({
    ownProcess: {},
    through: (fetch) => async (request, connection) => {
      const answer = await fetch(request, connection);
      if (running && request.method === 'PATCH') {
        running.interrupt();
        await running.shows('Press Ctrl+C again');
        running.interrupt();
        await running.ended;
        running = undefined;
      }
      return answer;
    },
  });
  running = practice.start(...onboarding);
  expect((await running.ended).code).toBe(1);
  expect(whatIsLeft(practice.state)).toMatchObject({ applications: 1, servicePrincipals: 0 });

  expect(await practice.onboard()).toMatchObject({ code: 0, stderr: '' });
  expect(whatIsLeft(practice.state)).toEqual(finished);
});

/** Every look at a file waits for the other end of a pipe, as it would for a drive that is gone. */
const silentDisk = (pipe: string): string => `
  import fs from 'node:fs/promises';
  import { syncBuiltinESMExports } from 'node:module';
  fs.stat = () => { process.stderr.write('looking'); return fs.open(${JSON.stringify(pipe)}); };
  syncBuiltinESMExports();`;

testWith('mkfifo')('where the disk does not answer, Ctrl+C ends a run all the same', async () => {
  await using practice = await servedPractice();
  const { path } = practice.folder;
  makeNamedPipe(join(path, 'pipe'));
  await practice.folder.write('silent.mjs', silentDisk(join(path, 'pipe')));
  const env = { NODE_OPTIONS: `--import=${join(path, 'silent.mjs')}` };
  const running = startCli(['plan', customerName], { cwd: path, env });
  await running.shows('looking');
  running.interrupt();
  await running.shows('Press Ctrl+C again');
  let hasEnded = false;
  void running.ended.then(() => {
    hasEnded = true;
  });
  await vi.waitUntil(() => hasEnded || running.interrupt(), { interval: 100, timeout: 20_000 });
  expect(practice.state.requests).toEqual([]);
});
