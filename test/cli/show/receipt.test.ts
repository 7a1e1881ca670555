import { expect, test, vi } from 'vitest';
import { customerName } from '../../support/customer-folder.ts';
import { servedPractice } from '../../support/served-practice.ts';

vi.setConfig({ testTimeout: 120_000 });

const onboard = ['onboard', customerName, '--yes'];

test.concurrent('a test email that bounces is a failure where a receipt was expected, and else is not called Done', async () => {
  await using practice = await servedPractice();
  const expected = await practice.cli(...onboard, '--to', 'nobody@contoso.com', '--expect-receipt', '60');
  expect(expected.code).toBe(1);
  expect(expected.stdout).toContain('nobody@contoso.com: came back as undeliverable');
  expect(expected.stdout).toContain('\nSet up, but a test email came back as undeliverable\n');
  const told = await practice.cli(...onboard, '--to', 'nobody@contoso.com');
  expect(told.code).toBe(0);
  expect(told.stdout).not.toContain('\nDone\n');
});

test.concurrent('a test email that cannot be seen is not called Done', async () => {
  await using practice = await servedPractice();
  const run = await practice.cli(...onboard, '--to', 'you@fabrikam.com', '--expect-receipt', '1');
  expect(run.stdout).toContain('\nSet up; not known whether the test email arrived\n');
});
