import { expect, test } from 'vitest';
import { customerName, preferencesName } from '../support/customer-folder.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { inboxOf, servedPractice, whatIsLeft } from '../support/served-practice.ts';

const dayMs = 24 * 3_600_000;

async function onboarded(options: Parameters<typeof servedPractice>[0] = {}) {
  const clock = fakeClock();
  const practice = await servedPractice({ ...options, clock });
  await practice.onboard();
  clock.advance(150 * dayMs);
  return { practice, clock };
}

test('renew says what it does and what is next, and renew --finish which secret T&A uses', async () => {
  const { practice, clock } = await onboarded();
  await using _closing = practice;
  const { code, stdout } = await practice.cli('renew', customerName, '--yes', '--to', 'robin@contoso.com');
  expect(code).toBe(0);
  expect(stdout).toMatch(/You own the app registration.*No consent is needed/);
  expect(stdout).toMatch(/1\. Add a client secret\n.*180 days.*\n\s*2\. Write the preferences file/);
  expect(stdout).toMatch(/Old secret\s+begins with .{3}, works until 2027-05-22/);
  expect(stdout).toContain(`renew ${customerName} --finish`);
  expect(whatIsLeft(practice.state)).toMatchObject({ secrets: 2, grants: 4 });
  expect(inboxOf(practice.state, 'robin')).toHaveLength(2);
  expect(await practice.folder.names()).toEqual(
    expect.arrayContaining(['contoso.before.ta-email.json', 'contoso.reminders.ics', 'contoso.renewal.html']),
  );

  clock.advance(dayMs);
  const finished = await practice.cli('renew', customerName, '--finish', '--yes');
  expect(finished.code).toBe(0);
  expect(finished.stdout).toMatch(
    /1\. Remove the old client secret\n[\s\S]*\nWhich secret T&A uses\n.*T&A uses the new client secret: Microsoft Entra saw it/,
  );
  // What is done stands below its own heading, not below what was asked before it.
  expect(finished.stdout).toMatch(
    /\nFinish the renewal\n +✔ Remove the old client secret\n\nFinished\n.*From now on T&A needs the new one\./,
  );
  expect(whatIsLeft(practice.state)).toMatchObject({ secrets: 1 });
  expect(await practice.folder.names()).not.toContain('contoso.before.ta-email.json');
});

test('a renewal that is blocked says why, and shows no plan', async () => {
  const { practice } = await onboarded();
  await using _closing = practice;
  practice.state.applications.length = 0;
  const { code, stdout, stderr } = await practice.cli('renew', customerName, '--yes');
  expect([code, stderr]).toEqual([1, expect.stringContaining('TA-BLOCKED')]);
  expect(stdout).not.toContain('Plan for');
});

test('renew --finish ends with exit code 2 while T&A uses the old secret, whatever --yes says', async () => {
  const { practice, clock } = await onboarded({ scenarios: ['ta-keeps-old-secret'] });
  await using _closing = practice;
  await practice.cli('renew', customerName, '--yes');
  clock.advance(dayMs);
  const { code, stdout, stderr } = await practice.cli('renew', customerName, '--finish', '--yes', '--json');
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining('T&A last used the old client secret today at'),
  ]);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'TA-OLD-SECRET-IN-USE' } });
  expect(whatIsLeft(practice.state)).toMatchObject({ secrets: 2 });
});

test('renew --finish --yes does not do where the old secret only rests: T&A may send email seldom', async () => {
  const { practice, clock } = await onboarded({ scenarios: ['ta-keeps-old-secret'] });
  await using _closing = practice;
  await practice.cli('renew', customerName, '--yes');
  clock.advance(dayMs);
  const { applications, lag } = practice.state;
  const used = applications.flatMap(({ secrets }) => secrets.map(({ signIns }) => signIns));
  used.find(({ length }) => length > 0)?.push(clock.now());
  const arrived = lag.arrived.bind(lag);
  lag.arrived = (edge, at) =>
    edge === 'signInToReport' ? used.some((signIns) => signIns.includes(at)) : arrived(edge, at);
  clock.advance(3 * dayMs);
  const { code, stderr } = await practice.cli('renew', customerName, '--finish', '--yes');
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining('T&A may send email seldom. Nothing was removed.'),
  ]);
  expect(whatIsLeft(practice.state)).toMatchObject({ secrets: 2 });
});

test('as documents both name what is recorded, and no secret is in them', async () => {
  const { practice, clock } = await onboarded();
  await using _closing = practice;
  const renewed = await practice.cli('renew', customerName, '--yes', '--json');
  const { record, plan, papers } = JSON.parse(renewed.stdout);
  expect(plan.changes.map(({ kind }: { kind: string }) => kind)).toEqual([
    'add-client-secret',
    'write-preferences',
  ]);
  expect(record.renewal.oldSecret.expiresAt.slice(0, 10)).toBe('2027-05-22');
  expect(papers.sheet).toMatch(/contoso\.renewal\.html$/);
  const secret = JSON.parse(await practice.folder.read(preferencesName)).connection.clientSecret;
  expect(renewed.stdout).not.toContain(secret);
  clock.advance(dayMs);
  const finished = await practice.cli('renew', customerName, '--finish', '--yes', '--json');
  expect(JSON.parse(finished.stdout)).toMatchObject({ lastUse: { kind: 'new in use' } });
});

test('without a terminal --yes is needed, and --finish sends no email', async () => {
  await using practice = await servedPractice();
  const asked = await practice.cli('renew', customerName);
  expect([asked.code, asked.stderr]).toEqual([3, expect.stringContaining('Add --yes')]);
  const both = await practice.cli('renew', customerName, '--finish', '--yes', '--to', 'robin@contoso.com');
  expect([both.code, both.stderr]).toEqual([3, expect.stringContaining('--to')]);
});
