import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openIntents } from '../../src/core/customer/journal.ts';
import { findRecord } from '../../src/core/customer/record-file.ts';
import { systemClock } from '../../src/core/ports.ts';
import { readPreferences } from '../../src/core/preferences/preferences-file.ts';
import type { PracticeTenant } from '../../src/practice/tenant.ts';
import { blankRecord } from '../support/blank-record.ts';
import { customerName, preferencesName, recordName } from '../support/customer-folder.ts';
import { expectInvariants } from '../support/invariants.ts';
import { fileOf, mailboxOf } from '../support/mail-tenant.ts';
import { type CliRun, runCli } from '../support/run-cli.ts';
import { type ServedPractice, servedPractice, whatIsLeft } from '../support/served-practice.ts';
import { type CliProcess, startCli } from '../support/start-cli.ts';
import { expectMicrosoftAlone, expectPrivate } from './in-order.ts';
import { type Cell, counted, isLong } from './tally.ts';

vi.setConfig({ testTimeout: 3_600_000 });

const signals = ['SIGKILL', 'SIGINT', 'SIGTERM'] as const;
const moments = ['before', 'within', 'after'] as const;
type Moment = (typeof moments)[number];

interface Command {
  readonly name: string;
  readonly args: readonly string[];
  /** Of a customer that is set up already, and keeps a copy of the secret in a vault where the command comes to one; strikes count from there on. */
  readonly later?: true | 'at a vault';
  /** What is there once the command was run to its end. */
  readonly end: Partial<ReturnType<typeof whatIsLeft>>;
}

const mail = ['--to', 'robin@contoso.com', '--attach', 'hours.csv'];
const setUp = { applications: 1, servicePrincipals: 1, grants: 4 };
const removed = { applications: 0, servicePrincipals: 0, secrets: 0, grants: 0 };
const commands: readonly Command[] = [
  {
    name: 'onboard with a test email and an upload',
    args: ['onboard', customerName, '--yes', ...mail],
    end: setUp,
  },
  { name: 'renew', args: ['renew', customerName, '--yes'], later: true, end: setUp },
  { name: 'send with an upload', args: ['send', preferencesName, ...mail], later: true, end: setUp },
  { name: 'check', args: ['check', customerName], later: true, end: { ...setUp, secrets: 1 } },
  {
    name: 'remove',
    args: ['remove', customerName, '--confirm', 'Contoso Ltd'],
    later: true,
    end: removed,
  },
  {
    name: 'renew with its copy in the vault',
    args: ['renew', customerName, '--yes'],
    later: 'at a vault',
    end: setUp,
  },
  {
    name: 'remove with its copy in the vault',
    args: ['remove', customerName, '--confirm', 'Contoso Ltd', '--delete-copy'],
    later: 'at a vault',
    end: removed,
  },
];
const vault = ['--resource-group', 'contoso-it', '--location', 'westeurope', '--yes'];

/** A tenant that sends the process a signal at its nth request, or at the nth to Azure. */
function signalAt(signal: (typeof signals)[number], moment: Moment, nth: number, later: Command['later']) {
  let child: CliProcess | undefined;
  let seen = 0;
  /** Until the process is gone, or has said that it will stop. */
  const strike = async (): Promise<void> => {
    child?.child.kill(signal);
    if (signal === 'SIGKILL') await child?.ended;
    else await child?.shows(/Press Ctrl\+C again|Stopped on request/).catch(() => undefined);
  };
  const answer = async (fetch: () => Promise<Response>): Promise<Response> => {
    if (moment !== 'before') return await inTwo(await fetch(), moment, strike);
    await strike();
    return await fetch();
  };
  const through =
    (fetch: PracticeTenant['fetch']): PracticeTenant['fetch'] =>
    async (request, connection) => {
      const counts = later !== 'at a vault' || /^management\.|\.vault\./.test(new URL(request.url).host);
      if (child && counts) seen += 1;
      return child && counts && seen === nth
        ? await answer(() => fetch(request, connection))
        : fetch(request, connection);
    };
  return {
    through,
    aimAt(one: CliProcess): CliProcess {
      child = one;
      return one;
    },
    reached: (): boolean => seen >= nth,
  };
}

/** The answer, its body in two pieces with the strike between them, or behind the second. */
async function inTwo(answer: Response, moment: Moment, strike: () => Promise<void>): Promise<Response> {
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const headers = new Headers(answer.headers);
  if (bytes.length === 0) {
    // No body to cut: the answer comes while the process is already being ended.
    await strike();
    return new Response(null, { status: answer.status, headers });
  }
  headers.set('Content-Length', String(bytes.length));
  const half = moment === 'within' ? Math.ceil(bytes.length / 2) : bytes.length;
  const pieces = [bytes.subarray(0, half), bytes.subarray(half)];
  const body = new ReadableStream(
    {
      async pull(stream) {
        const piece = pieces.shift();
        if (piece === undefined) return stream.close();
        if (pieces.length === 0) await strike();
        if (piece.length > 0) stream.enqueue(piece);
        else stream.close();
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { status: answer.status, headers });
}

/** In this process, which has the code loaded already. */
const inHere = ({ folder, flags }: ServedPractice, args: readonly string[]): Promise<CliRun> =>
  runCli([...args, ...flags], { cwd: folder.path, clock: systemClock });

async function oneCell(command: Command, signal: (typeof signals)[number], moment: Moment, nth: number) {
  const aim = signalAt(signal, moment, nth, command.later);
  const practice = await servedPractice({ ownProcess: {}, through: aim.through });
  const { folder, flags } = practice;
  await folder.write('hours.csv', fileOf(4_500_000));
  if (command.later) expect((await inHere(practice, ['onboard', customerName, '--yes'])).code).toBe(0);
  if (command.later === 'at a vault')
    expect((await inHere(practice, ['escrow', customerName, ...vault])).code).toBe(0);
  const before = liveSecrets(practice);
  const run = await aim.aimAt(startCli([...command.args, ...flags], { cwd: folder.path })).ended;
  if (!aim.reached()) {
    await practice[Symbol.asyncDispose]();
    return undefined;
  }
  return async (): Promise<void> => {
    await using _closed = practice;
    if (signal === 'SIGKILL') expect(run.code).toBeNull();
    else expect([0, 1, 2], run.stderr).toContain(run.code);
    expect(run.stderr).not.toMatch(/\n {4}at /);
    await expectSound(practice, before, run);
    const again = await inHere(practice, command.args);
    expect(again.code, again.stderr).toBe(0);
    expect(whatIsLeft(practice.state)).toMatchObject(command.end);
    await expectSound(practice, before, again);
    if (command.later === 'at a vault') await expectCopy(practice, command);
    expect((await folder.names()).filter((name) => /\.tmp|\.lock/.test(name))).toEqual([]);
  };
}

/** One copy: of the secret in the file, or deleted with the rest. */
async function expectCopy({ state, folder }: ServedPractice, { end }: Command): Promise<void> {
  const isKept = end === setUp;
  const { clientSecret } = (await readPreferences(join(folder.path, preferencesName))).connection;
  const sha256 = createHash('sha256').update(clientSecret.reveal()).digest('hex');
  const { vaults } = state.azure;
  expect(vaults.flatMap(({ secrets }) => secrets)).toMatchObject(isKept ? [{ enabled: true, sha256 }] : []);
  expect(vaults.flatMap((vault) => vault.deletedSecrets)).toMatchObject(isKept ? [] : [{ sha256 }]);
}

const liveSecrets = ({ state }: ServedPractice): string[] =>
  state.applications.flatMap(({ secrets }) => secrets).map(({ sha256 }) => sha256);

/** From the tenant and the disk: one of each, no secret that is unknown, no email twice, no draft untold. */
async function expectSound(practice: ServedPractice, before: readonly string[], run: CliRun): Promise<void> {
  const { state, folder } = practice;
  const record = async () => (await findRecord(join(folder.path, recordName))) ?? blankRecord();
  const clientSecret = async () =>
    (await readPreferences(join(folder.path, preferencesName))).connection.clientSecret.reveal();
  await expectInvariants({ state, record, clientSecret }, before);
  expectMicrosoftAlone(state);
  await expectPrivate(join(folder.path, preferencesName));
  const subjects = mailboxOf(state, 'robin').mails.map(({ graph }) => graph.subject);
  expect(new Set(subjects).size, 'each email once').toBe(subjects.length);
  const drafts = mailboxOf(state, 'ta').mails.filter((each) => each.folder === 'drafts');
  if (drafts.length === 0) return;
  const inJournal = openIntents(await record()).some(({ step }) => step === 'send-mail');
  expect(inJournal || /[Dd]raft/.test(run.stderr), 'a draft that stays is told').toBe(true);
}

interface Blow {
  readonly signal: (typeof signals)[number];
  readonly moment: Moment;
  /** The first request that it comes at, and how many there are to the next one. */
  readonly first: number;
  readonly stride: number;
}

const every = signals.flatMap((signal) =>
  moments.map((moment): Blow => ({ signal, moment, first: 1, stride: 1 })),
);
const [blows, few]: [readonly Blow[], readonly Command[]] = isLong
  ? [every, commands]
  : [[{ signal: 'SIGTERM', moment: 'within', first: 6, stride: 1000 }], commands.slice(0, 1)];

async function everyAnswer(cell: Cell, command: Command, blow: Blow): Promise<void> {
  for (let nth = blow.first; ; nth += blow.stride) {
    const check = await oneCell(command, blow.signal, blow.moment, nth);
    if (!check) return;
    await cell(`${blow.signal} ${blow.moment} answer ${nth}`, check);
  }
}

test.each(few.map((command) => [command.name, command] as const))('signals: %s', async (name, command) => {
  await counted(`signals: ${name}`, async (cell) => {
    for (const blow of blows) await everyAnswer(cell, command, blow);
  });
});
