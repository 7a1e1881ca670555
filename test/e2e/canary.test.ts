import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { contoso, customerName, preferencesName } from '../support/customer-folder.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { fieldsOf, type GivenSecret, listen } from '../support/given-secrets.ts';
import { disguisesOf, filesBelow } from '../support/hiding-places.ts';
import { fileOf } from '../support/mail-tenant.ts';
import type { CliRun } from '../support/run-cli.ts';
import {
  type ServedPractice,
  type ServedPracticeOptions,
  servedPractice,
} from '../support/served-practice.ts';

interface Watched {
  readonly practice: ServedPractice;
  readonly heard: readonly GivenSecret[];
  /** Where which secret was found, in which disguise. */
  find(run: CliRun): Promise<string[]>;
}

/** Where its temporary and home folder are known. */
async function knownMachine() {
  const machine = await mkdtemp(join(tmpdir(), 'ta-canary-'));
  onTestFinished(() => rm(machine, { recursive: true, force: true }));
  const [temp, home] = [join(machine, 'temp'), join(machine, 'home')];
  for (const folder of [temp, home]) await mkdir(folder);
  return { machine, env: { TMPDIR: temp, TEMP: temp, HOME: home, USERPROFILE: home } };
}

/** A tenant whose secrets are known. Without a clock commands are processes of their own. */
async function watched({ clock, ...options }: ServedPracticeOptions = {}): Promise<Watched> {
  const { machine, env } = await knownMachine();
  const { heard, through } = listen();
  const where = clock ? { clock } : { ownProcess: { env } };
  const practice = await servedPractice({ ...options, through, ...where });
  // The customer's own folder is not one of the machine's.
  for (const [name, folder] of Object.entries(clock ? env : {})) vi.stubEnv(name, folder);
  onTestFinished(() => void vi.unstubAllEnvs());
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

/** To a run that attaches a large file; the last one to no other. */
const givenOut = ['access_token', 'device_code', 'id_token', 'refresh_token', 'secretText', 'uploadUrl'];

/** Where a secret was found that must not be there. */
async function strayed(
  found: Promise<string[]>,
  places: readonly string[] = [preferencesName],
): Promise<string[]> {
  return (await found).filter((hit) => !places.some((place) => hit.startsWith(`${place}: secretText, `)));
}

const attached = ({ folder }: ServedPractice) => folder.write('hours.csv', fileOf(6_000_000));

test('a whole onboarding with --verbose leaves its secret in the preferences file alone, its tokens nowhere', async () => {
  const { practice, heard, find } = await watched();
  await using _closed = practice;
  await attached(practice);
  const run = await practice.onboard('--verbose', '--attach', 'hours.csv');
  expect(run.code).toBe(0);
  expect(run.stderr).toContain('POST graph.microsoft.com/v1.0/$batch 200');
  expect(fieldsOf(heard)).toEqual(givenOut);
  expect(await strayed(find(run))).toEqual([]);
  expect(await find(run)).toContain(`${preferencesName}: secretText, plain`);
});

test('an onboarding that fails with advice leaves its secret in no other place, with --json too', async () => {
  const { practice, find } = await watched({ scenarios: ['mailbox-size-limited'] });
  await using _closed = practice;
  await attached(practice);
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

const dayMs = 86_400_000;
const yes = ['--yes'];
const mailing = [...yes, '--to', 'robin@contoso.com'];

/** A life of a customer: days before it, the command, and what it is called with. */
const life: readonly (readonly [days: number, command: string, ...args: string[]])[] = [
  [0, 'plan', customerName],
  [0, 'onboard', customerName, ...mailing],
  [150, 'check', customerName, '--format', 'csv', '--out', 'check.csv'],
  [0, 'import', preferencesName, '--customer', customerName],
  [0, 'adopt', 'again.ta-customer.json', '--preferences', preferencesName, ...yes],
  [0, 'renew', customerName, ...mailing],
  [1, 'check', customerName],
  [0, 'renew', customerName, '--finish', ...yes],
  [0, 'send', preferencesName, '--to', 'robin@contoso.com'],
  [0, 'export', preferencesName, '--format', 'html', '--out', 'sheet.html'],
  [0, 'handover', customerName, '--out', 'pack'],
  [0, 'remove', customerName, '--confirm', contoso.name, '--purge', '--delete-preferences'],
];
const ofPreferences = [preferencesName, 'contoso.before.ta-email.json', 'again.ta-email.json'];

test.each([[['--verbose']], [['--verbose', '--json']]])(
  'from the plan to the removal, with %j, each secret is in files of preferences alone, and the tokens nowhere',
  async (flags) => {
    const clock = fakeClock();
    const { practice, heard, find } = await watched({ clock });
    await using _closed = practice;
    for (const [days, command, ...args] of life) {
      clock.advance(days * dayMs);
      const run = await practice.cli(command, ...args, ...flags);
      expect([0, 2], `${command}: ${run.stdout}${run.stderr}`).toContain(run.code);
      expect(await strayed(find(run), ofPreferences), command).toEqual([]);
      if (command === 'renew') expect(await find(run)).toContain(`${preferencesName}: secretText, plain`);
    }
    expect(fieldsOf(heard)).toEqual(givenOut.slice(0, -1));
    expect(heard.filter(([field]) => field === 'secretText')).toHaveLength(2);
    expect(await practice.folder.names()).not.toContain(preferencesName);
  },
);
