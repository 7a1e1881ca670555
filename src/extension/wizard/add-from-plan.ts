import * as vscode from 'vscode';
import type { SavedPlan } from '../../core/setup/saved-plan.ts';
import { answerAlone } from '../ask/box.ts';
import type { ListedFile } from '../customers/list.ts';
import type { Shell } from '../shell/shell.ts';
import { addCustomer } from './add-customer.ts';
import { askFilePlace } from './file-place.ts';

/** The customer of a saved plan, where only the plan came here. Throws a CancellationError on Esc. */
export async function addFromPlan({ customer }: SavedPlan, shell: Shell): Promise<ListedFile> {
  const title = vscode.l10n.t('Set Up from Saved Plan');
  const uri = await answerAlone(askFilePlace(customer.name, { title }));
  return await addCustomer(uri, customer, shell);
}
