import * as vscode from 'vscode';
import { type CustomerFile, customerFile } from '../customers.ts';
import type { Shell } from '../shell.ts';
import { askAll } from './ask-all.ts';
import { type Draft, keepDraft } from './draft.ts';
import { writeCustomer } from './write-customer.ts';

/**
 * Asks for a new customer and writes its file; nothing in a tenant is touched. Each answer is kept, so that Esc, a reload
 * or a crash leaves a draft to go on from. Throws a CancellationError on Esc.
 */
export async function createCustomer(shell: Shell, begun: Draft = {}): Promise<CustomerFile> {
  const memory = shell.context.globalState;
  const { draft, uri } = await askAll(begun, shell, (answers) => keepDraft(memory, answers));
  await writeCustomer(uri.fsPath, draft);
  await keepDraft(memory, undefined);
  if (vscode.workspace.getWorkspaceFolder(uri)) shell.customers.changed(undefined);
  else await shell.customers.remember(uri);
  return customerFile(uri);
}
