import { expect, test } from 'vitest';
import { findPerson } from '../../src/practice/people.ts';
import { customerName } from '../support/customer-folder.ts';
import { browseSignIn, signInLink } from '../support/login-browser.ts';
import { servedPractice, whatIsLeft } from '../support/served-practice.ts';

test.concurrent('where a policy blocks device codes, the browser of this machine signs in', async () => {
  // Without a path no browser is found, so that the address is all that there is.
  await using practice = await servedPractice({
    scenarios: ['device-code-blocked'],
    ownProcess: { env: { PATH: '' } },
  });
  const running = practice.start('onboard', customerName, '--yes', '--browser');
  const url = await signInLink(running);
  const person = findPerson(practice.state, 'grace@contoso.com')?.id ?? '';
  const page = await browseSignIn(practice.port, url, { action: 'approve', person });
  expect(page).toContain('You can close');
  expect(await running.ended).toMatchObject({ code: 0, stderr: '' });
  expect(whatIsLeft(practice.state)).toMatchObject({ applications: 1, secrets: 1, grants: 4 });
});

test.concurrent('a sign-in that is declined in the browser fails with advice', async () => {
  await using practice = await servedPractice({ ownProcess: { env: { PATH: '' } } });
  const running = practice.start('plan', customerName, '--browser');
  const url = await signInLink(running);
  const person = findPerson(practice.state, 'grace@contoso.com')?.id ?? '';
  await browseSignIn(practice.port, url, { action: 'decline', person });
  const { code, stderr } = await running.ended;
  expect(code).toBe(1);
  expect(stderr).toMatch(/What to do {2}.+\n/);
});

test.concurrent('Ctrl+C ends the wait for the browser', async () => {
  await using practice = await servedPractice({ ownProcess: { env: { PATH: '' } } });
  const running = practice.start('plan', customerName, '--browser');
  await running.shows('redirect_uri');
  running.interrupt();
  const { code, stderr } = await running.ended;
  expect(code).toBe(1);
  expect(stderr).toContain('TA-CANCELLED');
});
