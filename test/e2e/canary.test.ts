import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { PracticeTenant } from '../../src/practice/tenant.ts';
import { preferencesName } from '../support/customer-folder.ts';
import { disguisesOf, filesBelow } from '../support/hiding-places.ts';
import { fileOf } from '../support/mail-tenant.ts';
import type { CliRun } from '../support/run-cli.ts';
import {
  type ServedPractice,
  type ServedPracticeOptions,
  servedPractice,
} from '../support/served-practice.ts';

const secretFields = /"(access_token|refresh_token|id_token|device_code|secretText)":"([^"]+)"/g;

/** Notes every secret that the tenant gives out, by the name of its field. */
function listen() {
  const heard: [field: string, value: string][] = [];
  const through =
    (fetch: PracticeTenant['fetch']): PracticeTenant['fetch'] =>
    async (request, connection) => {
      const answer = await fetch(request, connection);
      const text = await answer.clone().text();
      for (const [, field = '', value = ''] of text.matchAll(secretFields)) heard.push([field, value]);
      const upload = /"uploadUrl":"[^"]*authtoken=([^"&]+)/i.exec(text)?.[1];
      if (upload) heard.push(['uploadUrl', decodeURIComponent(upload)]);
      return answer;
    };
  return { heard, through };
}

interface Watched {
  readonly practice: ServedPractice;
  readonly heard: readonly [field: string, value: string][];
  /** Where which secret was found, in which disguise. */
  find(run: CliRun): Promise<string[]>;
}

/** A tenant whose secrets are known, and a machine whose temporary and home folder are known. */
async function watched(options: ServedPracticeOptions = {}): Promise<Watched> {
  const machine = await mkdtemp(join(tmpdir(), 'ta-canary-'));
  onTestFinished(() => rm(machine, { recursive: true, force: true }));
  const [temp, home] = [join(machine, 'temp'), join(machine, 'home')];
  for (const folder of [temp, home]) await mkdir(folder);
  const { heard, through } = listen();
  const env = { TMPDIR: temp, TEMP: temp, HOME: home, USERPROFILE: home };
  const practice = await servedPractice({ ...options, through, ownProcess: { env } });
  await practice.folder.write('hours.csv', fileOf(6_000_000));
  return {
    practice,
    heard,
    async find({ stdout, stderr }) {
      const written = {
        stdout,
        stderr,
        ...(await filesBelow(machine)),
        ...(await filesBelow(practice.folder.path)),
      };
      return Object.entries(written).flatMap(([place, text]) => hitsIn(place, text, heard));
    },
  };
}

function hitsIn(place: string, text: string, heard: Watched['heard']): string[] {
  return heard.flatMap(([field, value]) =>
    Object.entries(disguisesOf(value))
      .filter(([, disguised]) => text.includes(disguised))
      .map(([disguise]) => `${place}: ${field}, ${disguise}`),
  );
}

const fieldsOf = (heard: Watched['heard']) => [...new Set(heard.map(([field]) => field))].sort();

/** Where a secret was found that must not be there. */
async function strayed(found: Promise<string[]>): Promise<string[]> {
  return (await found).filter((hit) => !hit.startsWith(`${preferencesName}: secretText, `));
}

test('a whole onboarding with --verbose leaves its secret in the preferences file alone, its tokens nowhere', async () => {
  const { practice, heard, find } = await watched();
  await using _closed = practice;
  const run = await practice.onboard('--verbose', '--attach', 'hours.csv');
  expect(run.code).toBe(0);
  expect(run.stderr).toContain('POST graph.microsoft.com/v1.0/$batch 200');
  expect(fieldsOf(heard)).toEqual([
    'access_token',
    'device_code',
    'id_token',
    'refresh_token',
    'secretText',
    'uploadUrl',
  ]);
  expect(await strayed(find(run))).toEqual([]);
  expect(await find(run)).toContain(`${preferencesName}: secretText, plain`);
});

test('an onboarding that fails with advice leaves its secret in no other place, with --json too', async () => {
  const { practice, find } = await watched({ scenarios: ['mailbox-size-limited'] });
  await using _closed = practice;
  const run = await practice.onboard('--verbose', '--json', '--attach', 'hours.csv');
  expect(run.code).toBe(1);
  expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: 'ErrorMessageSizeExceeded' } });
  expect(await strayed(find(run))).toEqual([]);
});

test('an onboarding that is stopped before its token, and a send that is refused, leave the secret in no other place', async () => {
  const { practice, find } = await watched();
  await using _closed = practice;
  // The secret is never known to the token endpoint, so the proof waits until it is stopped.
  Object.assign(practice.state.lag, { arrived: (edge: string) => edge !== 'secretToToken' });
  const running = practice.start('onboard', 'contoso.ta-customer.json', '--yes', '--verbose');
  await running.shows('knows the secret and the permissions everywhere');
  running.interrupt();
  const stopped = await running.ended;
  expect(stopped.code).toBe(1);
  expect(await strayed(find(stopped))).toEqual([]);

  practice.state.applications[0]?.secrets.splice(0);
  const failed = await practice.cli('send', preferencesName, '--to', 'robin@contoso.com', '--verbose');
  expect(failed.code).toBe(1);
  expect(await strayed(find(failed))).toEqual([]);
});
