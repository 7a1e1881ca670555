import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { type Customers, createCustomers } from '../../../src/extension/customers/list.ts';
import { createOverview, type Overview } from '../../../src/extension/customers/overview.ts';
import { forgetfulContext } from '../../support/forgetful-context.ts';

/** Customer and record files in a folder outside the workspace, and the extension's own reading of them. */
export interface CustomersOnDisk extends Disposable {
  readonly customers: Customers;
  readonly overview: Overview;
  uri(stem: string): vscode.Uri;
  writeCustomer(stem: string, content: unknown): void;
  writeRecord(stem: string, content: unknown): void;
  writeCheck(stem: string, content: unknown): void;
}

/** `remembered`: stems of customers to be in the list. The workspace's own customers are in it too. */
export async function customersOnDisk(...remembered: readonly string[]): Promise<CustomersOnDisk> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ta-customers-')));
  const uri = (stem: string): vscode.Uri => vscode.Uri.file(join(folder, `${stem}.ta-customer.json`));
  const customers = createCustomers(forgetfulContext());
  const overview = createOverview({ customers });
  for (const stem of remembered) await customers.remember(uri(stem));
  const write = (stem: string, kind: string, content: unknown): void =>
    writeFileSync(join(folder, `${stem}.ta-${kind}.json`), JSON.stringify(content));
  return {
    customers,
    overview,
    uri,
    writeCustomer: (stem, content) => write(stem, 'customer', content),
    writeRecord: (stem, content) => write(stem, 'record', content),
    writeCheck: (stem, content) => write(stem, 'check', content),
    [Symbol.dispose]() {
      overview.dispose();
      customers.dispose();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const inDays = (days: number): string =>
  `${new Date(Date.now() + (days + 0.5) * 86_400_000).toISOString().slice(0, 19)}Z`;
