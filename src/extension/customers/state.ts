import type { Customer } from '../../core/customer/customer.ts';
import { readCustomer } from '../../core/customer/customer.ts';
import { lastCheckFileOf, preferencesFileOf, recordFileOf } from '../../core/customer/file-names.ts';
import { findLastCheck, type LastCheck } from '../../core/customer/last-check.ts';
import { CustomerRecord } from '../../core/customer/record.ts';
import { preferencesPlace } from '../../core/customer/record-file.ts';
import { readJson } from '../../core/files/read-json.ts';
import { exists } from '../../core/files/target.ts';
import { Failure } from '../../core/words/failure.ts';
import type { Customers, ListedFile } from './list.ts';

/** A customer as its files tell: no network, nothing in the tenant is asked. */
export interface CustomerState {
  readonly file: ListedFile;
  readonly paths: { readonly customer: string; readonly record: string; readonly preferences: string };
  readonly customer: Customer | undefined;
  readonly record: CustomerRecord | undefined;
  /** What the last check saw. */
  readonly seen: LastCheck | undefined;
  /** Why the customer or the record could not be read, or what the record says of the preferences is not believed. */
  readonly problem: Failure | undefined;
}

export async function readCustomerState(
  file: ListedFile,
  customers: Pick<Customers, 'placeOf'>,
): Promise<CustomerState> {
  const { fsPath } = file.uri;
  const paths = { customer: fsPath, record: recordFileOf(fsPath), preferences: preferencesFileOf(fsPath) };
  try {
    const customer = await readCustomer(paths.customer);
    const record = (await exists(paths.record)) ? await readJson(paths.record, CustomerRecord) : undefined;
    const seen = await findLastCheck(lastCheckFileOf(fsPath));
    const state = { file, paths, customer, record, seen, problem: undefined };
    return await withPlace(state, customers.placeOf(file.uri));
  } catch (problem) {
    if (!(problem instanceof Failure)) throw problem;
    return { file, paths, customer: undefined, record: undefined, seen: undefined, problem };
  }
}

/** A place that is not believed hides nothing else. */
async function withPlace(state: CustomerState, chosen: string | undefined): Promise<CustomerState> {
  const { paths, record } = state;
  try {
    const preferences = await preferencesPlace(paths.record, record, chosen);
    return { ...state, paths: { ...paths, preferences } };
  } catch (problem) {
    if (!(problem instanceof Failure)) throw problem;
    return { ...state, problem };
  }
}
