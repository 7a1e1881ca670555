import * as vscode from 'vscode';
import type { Customer } from '../../core/customer/customer.ts';
import { writeAtomically } from '../../core/files/atomic-write.ts';
import { jsonText } from '../../core/json.ts';
import { customerFile, type ListedFile } from '../customers/list.ts';
import type { Shell } from '../shell/shell.ts';

/** Writes `NAME.ta-customer.json`, and has it in the list from now on. Throws a Failure. */
export async function addCustomer(
  uri: vscode.Uri,
  customer: Customer,
  { customers }: Shell,
): Promise<ListedFile> {
  await writeAtomically(uri.fsPath, `${jsonText(customer)}\n`);
  if (vscode.workspace.getWorkspaceFolder(uri)) customers.changed(undefined);
  else await customers.remember(uri);
  return customerFile(uri);
}
