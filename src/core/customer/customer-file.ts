import { readJson } from '../files/read-json.ts';
import { Customer } from './customer.ts';

/** Reads `NAME.ta-customer.json`. Throws a Failure with exit code 3 and one sentence: file, place, what was expected. */
export function readCustomer(path: string): Promise<Customer> {
  return readJson(path, Customer);
}
