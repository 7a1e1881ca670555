import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { exitCodeOf } from '../../../src/core/check/checked.ts';
import { lastCheckFileOf, recordFileOf } from '../../../src/core/customer/file-names.ts';
import { isToDo } from '../../../src/core/customer/last-check.ts';
import { checkOneCustomer } from '../../../src/core/stories/check.ts';
import { softDeleteApplication } from '../../../src/practice/graph/deletion.ts';
import { recordConsent } from '../../../src/practice/login/scopes.ts';
import { addPerson, findPerson, removePerson, sender, senderAddress } from '../../../src/practice/people.ts';
import { checksOf, dayMs, ours, type SetUp, setUp } from '../../support/checking.ts';
import { contosoCustomer } from '../../support/contoso-customer.ts';
import type { Onboarding } from '../../support/onboarding.ts';
import { renewing } from '../../support/renewing.ts';

test('what was good hours ago is not asked again, until a file changes or half a day has passed', async () => {
  const { story, file, check } = await setUp();
  const [first, again] = [await check(true), await check(true)];
  expect([first.skipped, again.skipped]).toEqual([false, true]);
  expect(again.customer).toEqual(first.customer);
  expect((await check()).skipped).toBe(false);
  await writeFile(file, JSON.stringify({ ...contosoCustomer, name: 'Contoso GmbH' }));
  expect((await check(true)).skipped).toBe(false);
  story.clock.advance(dayMs / 2);
  expect((await check(true)).skipped).toBe(false);
  ours(story).application.secrets.splice(0);
  story.clock.advance(dayMs / 2);
  expect((await check(true)).customer.standing).toBe('broken');
  expect((await check(true)).skipped).toBe(false);
});

test('what was good does not hide a renewal that becomes overdue meanwhile', async () => {
  const story = await renewing({ lagFactor: 0 });
  await story.renew();
  const check = await checksOf(story);
  story.clock.advance(14 * dayMs - dayMs / 4);
  const renewal = async () => {
    const { customer, skipped } = await check(true);
    return [skipped, customer.standing, customer.findings.find(({ code }) => code === 'renewal')?.level];
  };
  expect(await renewal()).toEqual([false, 'renewing', 'note']);
  expect(await renewal()).toEqual([true, 'renewing', 'note']);
  story.clock.advance(dayMs / 3);
  expect(await renewal()).toEqual([false, 'renewal overdue', 'warn']);
});

test('a mailbox that Exchange did not open in a bad moment is looked at again', async () => {
  const { story, check } = await setUp();
  story.state.faults.rules.push({ path: /mailFolders/, answer: { kind: 'status', status: 503, body: {} } });
  const { customer } = await check(true);
  expect(customer.findings.filter(isToDo)).toEqual([]);
  expect((await check(true)).skipped).toBe(false);
});

test('a customer file that was renamed alone is told so, with the record that it left behind', async () => {
  const { file, check, story } = await setUp();
  const record = recordFileOf(file);
  await rename(record, join(dirname(record), 'before.ta-record.json'));
  await rename(story.files.preferences, join(dirname(record), 'before.ta-email.json'));
  const [finding, ...more] = (await check()).customer.findings;
  expect(more).toEqual([]);
  expect(finding).toMatchObject({ code: 'record-left-behind', level: 'warn', who: 'you' });
  expect(finding?.text).toContain('before.ta-record.json');
  await writeFile(join(dirname(record), 'before.ta-customer.json'), '{}');
  expect((await check()).customer.findings).toMatchObject([{ code: 'not-set-up' }]);
});

test('where what was seen cannot be kept, it is told all the same', async () => {
  const { file, check } = await setUp();
  await mkdir(join(lastCheckFileOf(file), 'in-the-way'), { recursive: true });
  const { customer } = await check();
  expect([customer.looked, customer.standing]).toEqual([true, 'ready']);
  expect(customer.findings.at(-1)).toMatchObject({ code: 'TA-BAD-INPUT', level: 'note' });
});

test('what is kept holds no secret', async () => {
  const { story, file, check } = await setUp();
  await check();
  const kept = await readFile(lastCheckFileOf(file), 'utf8');
  expect(kept).not.toContain(await story.clientSecret());
});

const unlooked: [string, (setUp: SetUp) => unknown, string][] = [
  [
    'no connection',
    ({ story }) => story.state.faults.rules.push({ answer: { kind: 'reset-before' } }),
    'TA-NO-ANSWER',
  ],
  [
    'server errors',
    ({ story }) => story.state.faults.rules.push({ answer: { kind: 'status', status: 503, body: {} } }),
    'HTTP 503',
  ],
  [
    'a sign-in page',
    ({ story }) => story.state.faults.rules.push({ answer: { kind: 'html' } }),
    'TA-SOMETHING-BETWEEN',
  ],
  ['a lost preferences file', ({ story }) => rm(story.files.preferences), 'TA-FILE-MISSING'],
  ['a broken record', ({ story }) => writeFile(story.files.record, '{'), 'TA-BAD-INPUT'],
  ['a broken customer file', ({ file }) => writeFile(file, '{'), 'TA-BAD-INPUT'],
];

test.each(unlooked)(
  'with %s nothing is known of the customer, and what was seen before stays',
  async (harmed, harm, code) => {
    const all = await setUp();
    await all.check();
    const kept = await readFile(lastCheckFileOf(all.file), 'utf8');
    await harm(all);
    const { customer } = await all.check();
    expect([customer.looked, customer.findings[0]?.code]).toEqual([false, code]);
    // A list that names a customer by its file would hide who it is.
    expect(customer.name).toBe(harmed === 'a broken customer file' ? 'contoso' : 'Contoso Ltd');
    expect(exitCodeOf({ customers: [customer] })).toBe(1);
    expect(await readFile(lastCheckFileOf(all.file), 'utf8')).toBe(kept);
  },
);

test('a customer that is not set up is told so, and nothing is asked', async () => {
  const { story, check } = await setUp();
  await rm(story.files.preferences);
  await rm(story.files.record);
  const { customer } = await check();
  expect(customer).toMatchObject({ standing: 'not set up', looked: true, secret: null });
  expect(customer.findings.map(({ code, level }) => [code, level])).toEqual([['not-set-up', 'warn']]);
  expect(exitCodeOf({ customers: [customer] })).toBe(2);
  expect(story.requests()).toEqual([]);
});

test.each<[string, string, string, (story: Onboarding) => unknown]>([
  [
    'the sender signs in by another name now',
    'sender-name',
    'bad',
    ({ state }) => {
      removePerson(state, findPerson(state, senderAddress));
      addPerson(state, { ...sender, userPrincipalName: 'time@contoso.onmicrosoft.com', mail: senderAddress });
    },
  ],
  [
    'delegated permissions were consented to',
    'permissions-delegated',
    'note',
    (story) => recordConsent(story.state, ours(story).application.appId, ['Mail.Read']),
  ],
  [
    'the application is disabled a moment after its token',
    'application-disabled',
    'bad',
    (story) => Object.assign(ours(story).principal.graph, { accountEnabled: false }),
  ],
])('where %s, the directory tells it beside a token that works', async (_what, code, level, harm) => {
  const { story } = await setUp();
  const http: Onboarding['http'] = {
    async send(request) {
      const answer = await story.http.send(request);
      if (String(request.body).includes('client_credentials')) harm(story);
      return answer;
    },
  };
  const { customer } = await (await checksOf({ ...story, http }))();
  const told = customer.findings.filter((finding) => finding.code === code);
  expect(told).toMatchObject([{ level, who: expect.any(String), next: expect.any(String) }]);
});

test('a customer of the practice tenant is never asked about at Microsoft', async () => {
  const { story, file } = await setUp();
  const { http, clock } = story;
  const ports = { http, clock, signal: undefined, patienceMs: 5000 };
  const { customer } = await checkOneCustomer({ file, kind: 'production', mayBeFresh: false }, ports);
  expect([customer.looked, customer.findings[0]?.next]).toEqual([
    false,
    'This customer was set up in the practice tenant. Use it there, or leave it out.',
  ]);
  expect(story.requests()).toEqual([]);
});

test('findings are told in the language of the face, and kept in English', async () => {
  const { story, file } = await setUp();
  const ports = { http: story.http, clock: story.clock, signal: undefined, patienceMs: 5000 };
  const job = { file, kind: 'practice', mayBeFresh: false } as const;
  const { customer } = await checkOneCustomer(job, { ...ports, tell: () => '[..]' });
  expect(new Set(customer.findings.map(({ text }) => text))).toEqual(new Set(['[..]']));
  expect(await readFile(lastCheckFileOf(file), 'utf8')).not.toContain('[..]');
});

test.each(['InvalidAuthenticationToken', 'AuthenticationError'])(
  'where Graph refuses the token with %s no one is told to sign in: it is the app that asked',
  async (code) => {
    const { story, check } = await setUp();
    const body = { error: { code, message: 'Access token validation failure.' } };
    story.state.faults.rules.push({ path: /\$batch/, answer: { kind: 'status', status: 401, body } });
    const { customer } = await check();
    const found = customer.findings.find((one) => one.code === code);
    expect(found?.next).toContain('Service principal sign-ins');
    expect(`${found?.text} ${found?.next}`).not.toMatch(/sign-in has expired|[Ss]ign in again/);
  },
);

test('an application that was there for long is not said to be new where Entra does not find it, but that it can be restored', async () => {
  const { story, check } = await setUp();
  const { application } = ours(story);
  const told = async () => (await check()).customer.findings.find(({ code }) => code === 'AADSTS700016');
  softDeleteApplication(story.state, application);
  const { application: known, ...record } = await story.record();
  const createdAt = new Date(story.clock.now()).toISOString();
  await writeFile(story.files.record, JSON.stringify({ ...record, application: { ...known, createdAt } }));
  expect((await told())?.next).toContain('Wait five minutes');
  story.clock.advance(dayMs);
  expect(await told()).toMatchObject({
    level: 'bad',
    text: expect.stringContaining('was deleted'),
    next: expect.stringContaining('restore'),
  });
});

test.each([2, -2])(
  'a clock of this computer that is %i hours off changes nothing that is told',
  async (hours) => {
    const { story } = await setUp();
    const clock = { ...story.clock, now: () => story.clock.now() + hours * 3_600_000 };
    const { application: known, ...record } = await story.record();
    const createdAt = new Date(story.clock.now()).toISOString();
    await writeFile(story.files.record, JSON.stringify({ ...record, application: { ...known, createdAt } }));
    const told = async (by: typeof story.clock) => {
      const { customer } = await (await checksOf({ ...story, clock: by }))();
      const findings = customer.findings.filter(({ code }) => code !== 'clock');
      return { ...customer, findings, isTold: findings.length < customer.findings.length };
    };
    const same = async () =>
      expect(await told(clock)).toEqual({ ...(await told(story.clock)), isTold: true });
    await same();
    // An hour before the secret is one that expires soon.
    story.clock.advance(146 * dayMs + 23 * 3_600_000);
    await same();
    await writeFile(
      story.files.record,
      JSON.stringify({
        ...record,
        application: { ...known, createdAt: new Date(story.clock.now()).toISOString() },
      }),
    );
    softDeleteApplication(story.state, ours(story).application);
    await same();
  },
);
