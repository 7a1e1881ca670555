import * as vscode from 'vscode';
import type { SavedPlan } from '../../core/setup/saved-plan.ts';
import type { CustomerFile } from '../customers.ts';
import type { Shell } from '../shell.ts';
import { addCustomer } from './add-customer.ts';
import { askFilePlace } from './file-place.ts';

/** The customer of a saved plan, where only the plan came here. Throws a CancellationError on Esc. */
export async function addFromPlan({ customer }: SavedPlan, shell: Shell): Promise<CustomerFile> {
  const title = vscode.l10n.t('Set Up from Saved Plan');
  const place = await askFilePlace(customer.name, { title });
  if (place.kind === 'back') throw new vscode.CancellationError();
  return await addCustomer(place.value, customer, shell);
}
