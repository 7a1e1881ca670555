import * as z from 'zod/mini';
import { readJson } from '../files/read-json.ts';
import { say } from '../words/say.ts';
import { Customer } from './customer.ts';

/** `NAME.ta-customer.json` as it may be written. */
export const CustomerFile = z.extend(Customer, {
  $schema: z
    .optional(z.string(say`the address of a JSON Schema`.pattern))
    .check(z.describe('The JSON Schema that an editor checks this file with. It changes nothing else.')),
});

/** Reads `NAME.ta-customer.json`. Throws a Failure with exit code 3 and one sentence: file, place, what was expected. */
export async function readCustomer(path: string): Promise<Customer> {
  const { $schema: _, ...customer } = await readJson(path, CustomerFile);
  return customer;
}
