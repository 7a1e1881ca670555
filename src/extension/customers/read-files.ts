import * as vscode from 'vscode';
import { clouds } from '../../core/cloud/clouds.ts';
import type { Customer } from '../../core/customer/customer.ts';
import type { LastCheck } from '../../core/customer/last-check.ts';
import type { CustomerRecord } from '../../core/customer/record.ts';
import { readText } from '../../core/files/read-text.ts';
import type { Failure } from '../../core/words/failure.ts';
import { coreWords } from '../core-words.ts';
import { findProblems } from './editing/find-problems.ts';
import type { Customers, ListedFile } from './list.ts';
import { type CustomerState, readCustomerState } from './state.ts';

/** A customer as the list shows it: what its files tell, or why they do not. */
export interface ListedCustomer {
  readonly file: ListedFile;
  readonly customer: Customer | undefined;
  readonly record: CustomerRecord | undefined;
  /** What the last check saw. */
  readonly seen: LastCheck | undefined;
  /** Where its preferences are, or will be. */
  readonly preferencesFile: string | undefined;
  /** The admin center of its cloud. */
  readonly portal: string;
  readonly trouble: Trouble | undefined;
}

/** Why one of its files could not be read. */
export interface Trouble {
  /** One sentence that does not name the file. */
  readonly reason: string;
  readonly uri: vscode.Uri;
  /** From 0. */
  readonly line: number;
}

/** What a customer's files tell; one that cannot be read is a customer too. Never rejects. */
export async function readFiles(
  file: ListedFile,
  customers: Pick<Customers, 'placeOf'>,
): Promise<ListedCustomer> {
  const unread = (reason: string): ListedCustomer => ({
    file,
    customer: undefined,
    record: undefined,
    seen: undefined,
    preferencesFile: undefined,
    portal: clouds.global.portal,
    trouble: { reason, uri: file.uri, line: 0 },
  });
  if (file.uri.scheme !== 'file')
    return unread(vscode.l10n.t('Customer files must be in a folder on this computer.'));
  try {
    const { customer, record, seen, paths, problem } = await readCustomerState(file, customers);
    return {
      file,
      customer,
      record,
      seen,
      preferencesFile: paths.preferences,
      portal: clouds[record?.cloud ?? customer?.cloud ?? 'global'].portal,
      trouble: problem && (await troubleOf(problem, paths)),
    };
  } catch (error) {
    return unread(error instanceof Error ? error.message : String(error));
  }
}

/** Where a person sees what is wrong: in the customer file at its line, else in the record. */
async function troubleOf(problem: Failure, { customer, record }: CustomerState['paths']): Promise<Trouble> {
  const text = await readText(customer).catch(() => undefined);
  const [found] = text === undefined ? [] : findProblems(text);
  if (text !== undefined && found !== undefined) {
    const line = text.slice(0, found.start).split('\n').length - 1;
    return { reason: found.message, uri: vscode.Uri.file(customer), line };
  }
  const said = coreWords(problem.words);
  const inRecord = said.startsWith(record);
  return {
    reason: withoutFile(said, inRecord ? record : customer),
    uri: vscode.Uri.file(inRecord ? record : customer),
    line: lineIn(said),
  };
}

/** Sentences of core begin with the file, and the row has room for a few words. */
function withoutFile(said: string, path: string): string {
  const rest = said.startsWith(path) ? said.slice(path.length).replace(/^[,:]? /, '') : said;
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

const lineIn = (said: string): number => Number(/\(line (\d+)/.exec(said)?.[1] ?? 1) - 1;
