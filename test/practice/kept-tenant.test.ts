import { expect, test } from 'vitest';
import { keepTenant } from '../../src/practice/kept-tenant.ts';
import { createPracticeTenant } from '../../src/practice/tenant.ts';
import { signing } from '../support/signing.ts';

const change = () =>
  new Request('https://login.microsoftonline.com/common/oauth2/v2.0/token', { method: 'POST' });
const look = () => new Request('https://graph.microsoft.com/v1.0/me');

test('what may have changed the tenant is written without being asked to, what only looked is not', async () => {
  const written: string[] = [];
  let wrote = (): void => undefined;
  const tenant = keepTenant(createPracticeTenant({ signing }), async (text) => {
    written.push(text);
    wrote();
  });
  await tenant.fetch(look());
  expect(written).toHaveLength(0);
  const first = new Promise<void>((resolve) => {
    wrote = resolve;
  });
  await tenant.fetch(change());
  await first;
  expect(written).toHaveLength(1);
});

test('one write is under way at a time, and the last one has all', async () => {
  let [now, most, writes] = [0, 0, 0];
  const tenant = keepTenant(createPracticeTenant({ signing }), async () => {
    now += 1;
    most = Math.max(most, now);
    await new Promise((resolve) => setImmediate(resolve));
    now -= 1;
    writes += 1;
  });
  await Promise.all([change(), change(), change(), change()].map((request) => tenant.fetch(request)));
  await tenant.settle();
  expect([most, now]).toEqual([1, 0]);
  expect(writes).toBeLessThanOrEqual(5);
});

test('a write that fails is told at the end, unless a later one works', async () => {
  let isFull = true;
  const write = async () => {
    if (isFull) throw new Error('disk full');
  };
  const tenant = keepTenant(createPracticeTenant({ signing }), write);
  await tenant.fetch(change());
  await expect(tenant.settle()).rejects.toThrow('disk full');
  isFull = false;
  await tenant.settle();
});
