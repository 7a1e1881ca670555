import { expect, onTestFinished, test, vi } from 'vitest';
import { Secret } from '../../../src/core/secret.ts';
import { findWait, forgetWait, forgetWaits, keepWait } from '../../../src/extension/set-up/waits.ts';
import { forgetfulContext } from '../../support/forgetful-context.ts';

const acme = 'file:///customers/acme.ta-customer.json';
const contoso = 'file:///customers/contoso.ta-customer.json';
const wait = (tenantId: string) => ({ tenantId, signIn: new Secret('a-refresh-token'), agreed: ['{}'] });

test('a wait is found again as it was kept, for its own customer alone', async () => {
  const context = forgetfulContext();
  await keepWait(context, acme, wait('one'));
  const found = await findWait(context, acme);
  expect(found).toMatchObject({ tenantId: 'one', agreed: ['{}'] });
  expect(found?.signIn.reveal()).toBe('a-refresh-token');
  expect(await findWait(context, contoso)).toBeUndefined();
  await forgetWait(context, acme);
  expect(await findWait(context, acme)).toBeUndefined();
});

test('after a day a wait is forgotten, its sign-in too', async () => {
  const context = forgetfulContext();
  vi.useFakeTimers({ now: Date.parse('2026-11-24T08:00:00Z') });
  onTestFinished(() => void vi.useRealTimers());
  await keepWait(context, acme, wait('one'));
  vi.setSystemTime('2026-11-25T07:59:00Z');
  expect(await findWait(context, acme)).toBeDefined();
  vi.setSystemTime('2026-11-25T08:00:01Z');
  expect(await findWait(context, acme)).toBeUndefined();
  expect(await context.secrets.get(`wait/${acme}`)).toBeUndefined();
});

test('signing out of a tenant forgets its waits and no others; without a tenant it forgets all', async () => {
  const context = forgetfulContext();
  await keepWait(context, acme, wait('one'));
  await keepWait(context, contoso, wait('two'));
  await forgetWaits(context, 'one');
  expect([await findWait(context, acme), await findWait(context, contoso)]).toMatchObject([
    undefined,
    { tenantId: 'two' },
  ]);
  await forgetWaits(context);
  expect(await findWait(context, contoso)).toBeUndefined();
});

test('a stored text of another shape counts as none', async () => {
  const context = forgetfulContext();
  await keepWait(context, acme, wait('one'));
  await context.secrets.store(`wait/${acme}`, '{"tenantId":"one"}');
  expect(await findWait(context, acme)).toBeUndefined();
});
