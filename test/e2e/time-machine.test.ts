import { expect, test } from 'vitest';
import { CheckDocument } from '../../src/core/check/checked.ts';
import { customerName, preferencesName } from '../support/customer-folder.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { inboxOf, type ServedPractice, servedPractice, whatIsLeft } from '../support/served-practice.ts';

const dayMs = 24 * 3_600_000;

async function checked({ cli }: ServedPractice) {
  const { code, stdout } = await cli('check', customerName, '--json');
  const [customer] = CheckDocument.parse(JSON.parse(stdout)).customers;
  const renewal = customer?.findings.find((finding) => finding.code === 'renewal');
  const { standing, secret, findings } = customer ?? {};
  return { code, standing, daysLeft: secret?.daysLeft, codes: findings?.map((one) => one.code), renewal };
}

async function expectToSend({ cli }: ServedPractice): Promise<void> {
  const { code, stderr } = await cli('send', preferencesName, '--to', 'robin@contoso.com');
  expect([code, stderr]).toEqual([0, '']);
}

const oldInUse = /T&A last used the old client secret today at .* It has not been changed in T&A yet\./;

/** As docs/renew.md tells it. */
test('onboard, 150 days, check warns, renew, the Test of T&A, finish, 180 days: nothing stopped', async () => {
  const clock = fakeClock();
  await using practice = await servedPractice({ clock });
  await practice.onboard();
  expect(await checked(practice)).toMatchObject({ code: 0, standing: 'ready', daysLeft: 180 });

  clock.advance(150 * dayMs);
  const warned = await checked(practice);
  expect(warned).toMatchObject({ code: 2, standing: 'expiring', daysLeft: 30 });
  expect(warned.codes).toContain('secret-expiring');

  const renewed = await practice.cli('renew', customerName, '--yes', '--to', 'robin@contoso.com');
  expect(renewed.code).toBe(0);
  clock.advance(60_000);
  const text = expect.stringMatching(oldInUse);
  const seen = { code: 0, standing: 'renewing', renewal: { level: 'note', text } };
  expect(await checked(practice)).toMatchObject(seen);
  const early = await practice.cli('renew', customerName, '--finish', '--yes');
  expect([early.code, early.stderr]).toEqual([2, text]);
  expect(whatIsLeft(practice.state).secrets).toBe(2);

  // Someone enters it in T&A and presses Test, and forgets the rest for two weeks.
  clock.advance(15 * dayMs);
  const overdue = { code: 2, standing: 'renewal overdue', renewal: { level: 'warn' } };
  expect(await checked(practice)).toMatchObject(overdue);
  const finished = await practice.cli('renew', customerName, '--finish', '--yes');
  expect([finished.code, finished.stderr]).toEqual([0, '']);
  expect(whatIsLeft(practice.state).secrets).toBe(1);
  await expectToSend(practice);
  expect(await checked(practice)).toMatchObject({ code: 0, standing: 'ready', daysLeft: 165 });

  // Half a year later it is time again.
  clock.advance(160 * dayMs);
  expect(await checked(practice)).toMatchObject({ code: 2, standing: 'expiring', daysLeft: 5 });
  await practice.cli('renew', customerName, '--yes');
  clock.advance(3 * dayMs);
  await practice.cli('renew', customerName, '--finish', '--yes');
  clock.advance(17 * dayMs);
  await expectToSend(practice);
  expect(await checked(practice)).toMatchObject({ code: 0, standing: 'ready' });
  expect(inboxOf(practice.state, 'robin')).toHaveLength(4);
});
