import { expect, test } from 'vitest';
import { createPracticeTenant } from '../../../src/practice/tenant.ts';

test('a browser tells the origin of the forms on the pages, by which they are known as ours', async () => {
  const { fetch } = createPracticeTenant();
  const answer = await fetch(new Request('http://127.0.0.1/devicelogin'));
  expect(answer.status).toBe(200);
  // By `no-referrer` the origin of a form becomes `null`, as of a page that is not ours.
  expect(answer.headers.get('referrer-policy')).toBe('same-origin');
});
