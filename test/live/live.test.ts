import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { clouds } from '../../src/core/cloud/clouds.ts';
import { Customer } from '../../src/core/customer/customer.ts';
import { startSession } from '../../src/core/sign-in/sign-in.ts';
import { serve } from '../../src/practice/serve.ts';
import type { State } from '../../src/practice/state.ts';
import { createPracticeTenant, type PracticeTenantOptions } from '../../src/practice/tenant.ts';
import { contosoCustomer } from '../support/contoso-customer.ts';
import { documentNamed } from '../support/documents.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { signing } from '../support/signing.ts';
import { runLive } from './live.ts';
import { differences, readShapes, shapesOf, writeShapes } from './shapes.ts';
import { statements } from './statements.ts';
import { withoutNames } from './witness.ts';

const shapesFile = new URL('practice-shapes.txt', import.meta.url);
const silent = { info: () => undefined, debug: () => undefined };

interface Odd {
  readonly hidesRoles?: boolean;
  /** Before each story, as an administrator of the tenant may. */
  readonly endsSessions?: boolean;
  readonly stopAt?: string;
  /** What Microsoft refuses there. */
  readonly refuses?: (method: string, url: string) => boolean;
}

/** A run of all stories in a practice tenant that is served, with an Exchange administrator at hand. */
async function liveIn(
  options: PracticeTenantOptions,
  { hidesRoles = false, endsSessions = false, stopAt, refuses }: Odd = {},
) {
  const stop = new AbortController();
  const clock = fakeClock();
  const tenant = createPracticeTenant({
    signing,
    clock,
    approveAs: 'grace@contoso.com',
    devicePollSeconds: 1,
    ...options,
    scenarios: ['mailbox-scoped', ...(options.scenarios ?? [])],
  });
  const served = await serve({
    fetch: async (request, connection) => {
      const hides =
        hidesRoles && (request.url.endsWith('/$batch') || request.url.includes('/transitiveMemberOf/'));
      if (refuses?.(request.method, decodeURIComponent(request.url)))
        return Response.json(
          { error: { code: 'Authorization_RequestDenied', message: '' } },
          { status: 403 },
        );
      const answer = await tenant.fetch(request, connection);
      return hides ? withoutRoles(answer) : answer;
    },
  });
  const { connections } = served;
  try {
    const run = await runLive({
      customer: Customer.parse({
        ...contosoCustomer,
        mail: { ...contosoCustomer.mail, otherMailbox: 'robin@contoso.com' },
      }),
      ...{
        connections,
        clock,
        random: () => 0.5,
        runId: 'abc123',
        holdMs: 30,
        signal: stop.signal,
        practiceShapes: await readFile(shapesFile, 'utf8'),
      },
      person: {
        ask: async () => true,
        tell: (line) => {
          if (line === `${stopAt} ...`) stop.abort();
          if (endsSessions) tenant.state.revokesNextSession = true;
        },
      },
      signIn: (http, tenantId) =>
        startSession({
          ...{ http, clock, log: silent, tenant: tenantId, signal: undefined, cloud: clouds.global },
          ...{ way: 'device code', showCode: () => undefined },
        }),
    });
    return { ...run, left: whatIsLeft(tenant.state) };
  } finally {
    await served.close();
  }
}

/** Deleted applications and emails of the run count too. */
function whatIsLeft({ applications, mailboxes }: State) {
  const names = [
    ...applications.map(({ graph }) => graph.displayName),
    ...mailboxes.flatMap(({ mails }) => mails.map(({ graph }) => graph.subject)),
  ];
  return names.filter((name) => String(name).startsWith('Live test abc123'));
}

const nothing: readonly string[] = [];

/** A directory that does not list what is held through a group. */
async function withoutRoles(answer: Response): Promise<Response> {
  const text = await answer.text();
  const hidden = text.replaceAll(/\{[^{}]*"roleTemplateId"[^{}]*\},?/g, '');
  return new Response(hidden, { status: answer.status, headers: answer.headers });
}

const outcomes = ({ told }: Awaited<ReturnType<typeof liveIn>>) =>
  Object.fromEntries(
    told.map(({ name, outcome, words }) => [name, outcome === 'done' ? outcome : `${outcome}: ${words}`]),
  );

const allDone = {
  look: 'done',
  onboard: 'done',
  'run again': 'done',
  'what the application may ask': 'done',
  'lost answers': 'done',
  'remove a customer': 'done',
  'delete and restore': 'done',
  'delete and start over': 'done',
  'one mailbox': 'done',
  renew: 'done',
  remove: 'done',
};

test('all stories run in the practice tenant, nothing is left, and its answers are the table', async () => {
  const run = await liveIn({});
  expect(outcomes(run)).toEqual(allDone);
  expect(run.left).toEqual(nothing);
  await expect(writeShapes(shapesOf(run.sights))).toMatchFileSnapshot('practice-shapes.txt');
  expect(run.report).not.toMatch(/contoso|[0-9a-f]{8}-[0-9a-f]{4}-/i);
  for (const { says } of statements) expect(run.report).toContain(says);
  const answers = [...run.report.matchAll(/^\| \d+ \|.*\| ((?:\d+ x|[2-5]\d\d\b).*) \|$/gm)].map(
    ([, seen]) => seen,
  );
  expect(answers.length).toBeGreaterThan(12);
  for (const seen of answers) expect(seen).toMatch(/\b\d+ ms\b/);
});

test('all stories run in another tenant too: slow, in German, with roles that are held through groups', async () => {
  const run = await liveIn(
    { seed: 'fabrikam', lagFactor: 6, scenarios: ['german-mailbox'] },
    { hidesRoles: true },
  );
  expect(outcomes(run)).toEqual(allDone);
  expect(run.left).toEqual(nothing);
  expect(run.report).toContain("1 roles in the token, 0 listed, 1 of the token's not listed, 0 ms.");
  const [, other = ''] = run.report.split('## Answers that differ');
  expect(other).toContain('microsoft.graph.directoryRole 200`: lacks value.displayName');
});

test('where a story stops the next ones are run, the report says where, and what was made is removed', async () => {
  const run = await liveIn({ scenarios: ['secrets-forbidden'] });
  expect(outcomes(run)).toMatchObject({ onboard: expect.stringMatching(/^stopped: /), remove: 'done' });
  expect(run.left).toEqual(nothing);
  expect(run.report).toContain('| onboard | stopped |');
});

test('who is signed out by Microsoft signs in again, before any story and before all is removed; the report says so', async () => {
  const run = await liveIn({ scenarios: ['session-revoked'] }, { endsSessions: true });
  const again = 'Microsoft ended the session; signed in again.';
  const ended = run.told.filter(({ words }) => words.includes(again)).map(({ name }) => name);
  expect(outcomes(run)).toEqual(allDone);
  expect(ended.sort()).toEqual(
    Object.keys(allDone)
      .filter((name) => name !== 'what the application may ask')
      .sort(),
  );
  expect(run.left).toEqual(nothing);
  expect(run.report).toContain(again);
});

test('a run that is stopped in the middle removes what it made', async () => {
  const run = await liveIn({}, { stopAt: 'lost answers' });
  expect(outcomes(run)).toMatchObject({
    onboard: 'done',
    'lost answers': 'not run: the run was stopped',
    'one mailbox': 'not run: the run was stopped',
    remove: 'done',
  });
  expect(run.left).toEqual(nothing);
});

test('where something is left, the report says by which name it is found', async () => {
  const refuses = (method: string, url: string) =>
    method === 'DELETE' && /\/(deletedItems|messages)\//.test(url);
  const { told, report } = await liveIn({}, { stopAt: 'run again', refuses });
  const left = 'look for Live test abc123 in App registrations, among the deleted ones too.';
  expect(told.at(-1)).toMatchObject({
    name: 'remove',
    outcome: 'stopped',
    words: expect.stringMatching(/^emails: .*HTTP 403.*\bapplications: /),
  });
  expect(report).toContain(left);
  expect(report).toContain('look for Live test abc123 in the mailbox of the sender.');
});

test('what could not be looked at is not said to be absent, and an email that may be left is no removal that is done', async () => {
  const refuses = (method: string, url: string) =>
    method === 'GET' &&
    /defaultAppManagementPolicy|uniqueName eq|id,passwordCredentials|subject,'Live test/.test(url);
  const { report, told } = await liveIn({}, { refuses });
  const said = Object.fromEntries(told.map(({ name, ...ended }) => [name, ended]));
  expect(report).not.toMatch(/not enabled|0 found/);
  expect(said['lost answers']?.words).toContain('could not be counted (HTTP 403)');
  expect(said.remove).toMatchObject({
    outcome: 'stopped',
    words: expect.stringMatching(
      /^emails: .*HTTP 403.* in the mailbox of the sender\. applications: [1-9]\d*\.$/,
    ),
  });
});

test('a name that Microsoft adds or leaves out is a line, and so is an answer of another kind', () => {
  const practice = readShapes('GET a/b 200: id name\nGET a/c 200:\nGET a/d 200: value\n');
  const seen = readShapes('GET a/b 200: id newer\nGET a/b 404: error\nGET a/d 200: value value.id\n');
  expect(differences(practice, seen)).toEqual([
    '`GET a/b 200`: has newer; the practice tenant does not.',
    '`GET a/b 200`: lacks name, which the practice tenant has.',
    '`GET a/b 404`: the practice tenant has never answered so.',
  ]);
  expect(writeShapes(practice)).toBe('GET a/b 200: id name\nGET a/c 200:\nGET a/d 200: value\n');
});

test.each([
  ['Tenant contoso.io, büro.contoso.at or fabrikam.co.jp', 'Tenant {domain}, {domain} or {domain}'],
  ['jane.doe@contoso.ch is unknown', '{address} is unknown'],
  ['on type microsoft.graph.message, version 1.0', 'on type microsoft.graph.message, version 1.0'],
])('of "%s" nothing in the report names a customer', (text, expected) => {
  expect(withoutNames(text)).toBe(expected);
});

test('each statement is of a row of what we rely on, and each row that is open has one', () => {
  const rows = [...documentNamed('docs/what-we-rely-on.md').matchAll(/^\| (\d+) \|(.*)$/gm)];
  const stated = statements.map(({ row }) => row);
  const numbers = rows.map(([, row]) => Number(row));
  expect(stated.filter((row) => !numbers.includes(row))).toEqual([]);
  const open = rows.filter(([, , text = '']) => /\*\*open\b/i.test(text)).map(([, row]) => Number(row));
  expect(open.filter((row) => !stated.includes(row))).toEqual([]);
});
