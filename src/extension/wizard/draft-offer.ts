import * as vscode from 'vscode';
import type { Offer } from '../customers/choose.ts';
import type { Shell } from '../shell/shell.ts';
import { createCustomer } from './create-customer.ts';
import { readDraft } from './draft.ts';

/** The wizard that was left before its end, to be picked up; empty where there is none. */
export function draftOffers(shell: Shell): Offer[] {
  const draft = readDraft(shell.context.globalState);
  if (!draft) return [];
  const name = draft.name ?? vscode.l10n.t('a customer without a name');
  return [
    {
      label: `$(history) ${vscode.l10n.t('Resume Set-Up of {0}', name)}`,
      description: vscode.l10n.t('questions not answered to the end'),
      alwaysShow: true,
      value: () => createCustomer(shell, draft),
    },
  ];
}
