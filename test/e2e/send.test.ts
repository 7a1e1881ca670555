import { expect, test } from 'vitest';
import { clouds } from '../../src/core/cloud/clouds.ts';
import { endpointsOf } from '../../src/core/preferences/endpoints.ts';
import { preferencesName } from '../support/customer-folder.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { registerApp } from '../support/registered-app.ts';
import { inboxOf, type ServedPractice, servedPractice } from '../support/served-practice.ts';

const granted = ['Directory.Read.All', 'User.Read.All', 'Mail.ReadWrite', 'Mail.Send'];

/** Contoso after an onboarding: the app in the directory, the preferences in the folder. */
async function onboarded(): Promise<ServedPractice> {
  const clock = fakeClock();
  const practice = await servedPractice({ clock });
  const { state, folder } = practice;
  const { appId, secretText } = registerApp(state, { granted, requested: granted });
  const connection = {
    tenantId: state.organization.id,
    clientId: appId,
    fromName: 'Contoso Time & Attendance',
    fromEmailAddress: 'ta@contoso.com',
    clientSecret: secretText,
  };
  const apiEndpoints = endpointsOf(clouds.global);
  await folder.write(
    preferencesName,
    JSON.stringify({ version: 1, component: 'EXCH', connection, apiEndpoints }),
  );
  clock.advance(60_000);
  return practice;
}

test('sends by the preferences alone and finds the mail in the inbox', async () => {
  await using practice = await onboarded();
  const args = ['--to', 'robin@contoso.com', '--subject', 'Hours <b>&</b>', '--body', 'Line 1\nLine 2'];
  const run = await practice.cli('send', preferencesName, ...args, '--expect-receipt', '20');
  expect(run).toMatchObject({ code: 0, stderr: '' });
  expect(run.stdout).toContain('✔ robin@contoso.com: in the inbox');
  const [mail] = inboxOf(practice.state, 'robin');
  expect(mail?.graph.subject).toMatch(/^Hours <b>&<\/b> \[TA-.{4}-.{2}\]$/);
  expect(JSON.stringify(mail?.graph.body)).toContain('Line 1<br>Line 2');
});

test('a recipient outside is asked for the code, which is no failure', async () => {
  await using practice = await onboarded();
  const run = await practice.cli(
    'send',
    preferencesName,
    '--to',
    'pat@fabrikam.com',
    '--expect-receipt',
    '5',
    '--json',
  );
  expect(run.code).toBe(0);
  const { sent, receipt } = JSON.parse(run.stdout);
  expect(receipt).toMatchObject({
    code: sent.code,
    inSentItems: true,
    recipients: [{ address: 'pat@fabrikam.com', outcome: 'ask the recipient' }],
  });
  expect(practice.state.outbox.map(({ graph }) => graph.subject)).toEqual([`T&A test email [${sent.code}]`]);
});

test('an unknown address of the tenant bounces: exit code 1 where a receipt was expected, else 0', async () => {
  await using practice = await onboarded();
  const to = ['--to', 'nobody@contoso.com'];
  const expected = await practice.cli('send', preferencesName, ...to, '--expect-receipt', '20');
  expect(expected.code).toBe(1);
  expect(expected.stdout).toContain('! nobody@contoso.com: came back as undeliverable; check the address');
  const unasked = await practice.cli('send', preferencesName, ...to);
  expect(unasked.code).toBe(0);
  expect(unasked.stdout).toContain('came back as undeliverable');
});

test('a mail that is late is not seen: exit code 1 where a receipt was expected', async () => {
  await using practice = await onboarded();
  Object.assign(practice.state.lag, { factor: 1000, arrived: () => true });
  const run = await practice.cli(
    'send',
    preferencesName,
    '--to',
    'robin@contoso.com',
    '--expect-receipt',
    '1',
  );
  expect(run.code).toBe(1);
  expect(run.stdout).toContain('not seen yet; look in the mailbox, in Junk Email too, for the receipt code');
});

test('several recipients get the same mail once', async () => {
  await using practice = await onboarded();
  const run = await practice.cli(
    'send',
    preferencesName,
    '--to',
    'robin@contoso.com; payroll@contoso.com',
    '--to',
    'ROBIN@contoso.com',
  );
  expect(run.code).toBe(0);
  expect([inboxOf(practice.state, 'robin').length, inboxOf(practice.state, 'payroll').length]).toEqual([
    1, 1,
  ]);
});

test('a secret that is no longer valid fails with advice, and nothing is sent', async () => {
  await using practice = await onboarded();
  practice.state.applications[0]?.secrets.splice(0);
  const run = await practice.cli('send', preferencesName, '--to', 'robin@contoso.com', '--json');
  expect(run.code).toBe(1);
  expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: 'AADSTS7000215', who: 'you' } });
  expect(inboxOf(practice.state, 'robin')).toEqual([]);
});

test.each([
  ['--to', 'not an address'],
  ['--to', 'robin@contoso.com', '--attach', 'nothing-there.pdf'],
  ['--to', 'robin@contoso.com', '--attach', '.'],
  ['--to', 'robin@contoso.com', '--subject', 'two\nlines'],
  ['--to', 'robin@contoso.com', '--expect-receipt', 'soon'],
  ['--to', 'robin@contoso.com', '--expect-receipt=-1'],
])('what cannot be sent is refused before any request: %s %s %s %s', async (...args) => {
  await using practice = await onboarded();
  const run = await practice.cli('send', preferencesName, ...args.filter((arg) => arg !== undefined));
  expect(run.code).toBe(3);
  expect(practice.state.requests).toEqual([]);
});
