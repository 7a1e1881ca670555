import type { ListedFile } from '../customers/list.ts';
import type { Shell } from '../shell/shell.ts';
import { addCustomer } from './add-customer.ts';
import { askAll } from './ask-all.ts';
import { customerOf } from './customer-of.ts';
import { type CustomerDraft, keepDraft } from './draft.ts';

/**
 * Asks for a new customer and writes its file; nothing in a tenant is touched. Each answer is kept, so that Esc, a reload
 * or a crash leaves a draft to go on from. Throws a CancellationError on Esc.
 */
export async function createCustomer(shell: Shell, begun: CustomerDraft = {}): Promise<ListedFile> {
  const memory = shell.context.globalState;
  const { draft, uri } = await askAll(begun, shell, (answers) => keepDraft(memory, answers));
  const file = await addCustomer(uri, customerOf(draft, uri.fsPath), shell);
  await keepDraft(memory, undefined);
  return file;
}
