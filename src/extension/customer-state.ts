import { dirname, resolve } from 'node:path';
import { Failure } from '../core/advice/failure.ts';
import type { Customer } from '../core/customer/customer.ts';
import { readCustomer } from '../core/customer/customer-file.ts';
import { preferencesFileOf, recordFileOf } from '../core/customer/file-names.ts';
import { CustomerRecord } from '../core/customer/record.ts';
import { readJson } from '../core/files/read-json.ts';
import { exists } from '../core/files/target.ts';
import type { CustomerFile } from './customers.ts';

/** A customer as its files tell: no network, nothing in the tenant is asked. */
export interface CustomerState {
  readonly file: CustomerFile;
  readonly paths: { readonly customer: string; readonly record: string; readonly preferences: string };
  readonly customer: Customer | undefined;
  readonly record: CustomerRecord | undefined;
  /** Why the customer or the record could not be read. */
  readonly problem: Failure | undefined;
}

export async function readCustomerState(file: CustomerFile): Promise<CustomerState> {
  const { fsPath } = file.uri;
  const paths = { customer: fsPath, record: recordFileOf(fsPath), preferences: preferencesFileOf(fsPath) };
  try {
    const customer = await readCustomer(paths.customer);
    const record = (await exists(paths.record)) ? await readJson(paths.record, CustomerRecord) : undefined;
    const written = record?.preferences?.file;
    const preferences = written === undefined ? paths.preferences : resolve(dirname(paths.record), written);
    return { file, paths: { ...paths, preferences }, customer, record, problem: undefined };
  } catch (problem) {
    if (!(problem instanceof Failure)) throw problem;
    return { file, paths, customer: undefined, record: undefined, problem };
  }
}
