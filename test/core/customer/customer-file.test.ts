import { expect, test } from 'vitest';
import { readCustomer } from '../../../src/core/customer/customer.ts';
import type { Failure } from '../../../src/core/words/failure.ts';
import { errorFrom } from '../../support/error-from.ts';
import { tempFile } from '../../support/temp-folder.ts';

const text = JSON.stringify({
  version: 1,
  name: 'Contoso Ltd',
  tenant: ' CONTOSO.com. ',
  mail: { fromName: 'T&A', fromAddress: 'ta@contoso.com' },
});

test('reads a customer and its defaults', async () => {
  const customer = await readCustomer(await tempFile('contoso.ta-customer.json', text));
  expect(customer).toMatchObject({ name: 'Contoso Ltd', tenant: 'contoso.com', cloud: 'global' });
});

test('says in one sentence what is wrong, where, and what was expected', async () => {
  const path = await tempFile('contoso.ta-customer.json', text.replace('fromAddress', 'fromAdress'));
  const failure = (await errorFrom(readCustomer(path))) as Failure;
  expect(failure.exitCode).toBe(3);
  expect(failure.message).toBe(
    `${path}, mail.fromAdress: expected the field "fromAddress", found an unknown field.`,
  );
  expect(String(failure.advice.next)).toMatch(/\S/);
});

test('names the field that was meant below one that may be missing', async () => {
  const misspelt = JSON.stringify({ ...JSON.parse(text), app: { secret: { lifetimeDay: 90 } } });
  const path = await tempFile('contoso.ta-customer.json', misspelt);
  await expect(readCustomer(path)).rejects.toThrow(
    'app.secret.lifetimeDay: expected the field "lifetimeDays", found an unknown field.',
  );
});

test('refuses a file cut anywhere, and the sentence names the file', async () => {
  for (let length = 0; length < text.length; length += 7) {
    const path = await tempFile('contoso.ta-customer.json', text.slice(0, length));
    const failure = (await errorFrom(readCustomer(path))) as Failure;
    expect(failure.exitCode).toBe(3);
    expect(failure.message.startsWith(path)).toBe(true);
  }
});

const withSchema = ($schema: unknown) => JSON.stringify({ $schema, ...JSON.parse(text) });

test('a JSON Schema for editors may be named; it is no part of the customer', async () => {
  const plain = await readCustomer(await tempFile('a.ta-customer.json', text));
  const named = await tempFile('a.ta-customer.json', withSchema('https://example.com/a.schema.json'));
  expect(await readCustomer(named)).toEqual(plain);
  const odd = await tempFile('a.ta-customer.json', withSchema(1));
  expect(await errorFrom(readCustomer(odd))).toMatchObject({
    exitCode: 3,
    message: expect.stringContaining('$schema: expected the address of a JSON Schema'),
  });
});
