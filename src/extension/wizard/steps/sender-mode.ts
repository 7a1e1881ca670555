import * as vscode from 'vscode';
import { askPick } from '../../ask/ask-pick.ts';
import type { CustomerDraft } from '../draft.ts';
import { endOf, type WizardStep } from './step.ts';

/** Asked before the scope, which one of the modes breaks. Who does not know goes on. */
export const askSenderMode: WizardStep = async (draft, place) => {
  const options = [
    {
      value: 'SMTP address' as const,
      label: vscode.l10n.t('SMTP address'),
      detail: vscode.l10n.t('All emails are sent from {0}.', draft.fromAddress ?? ''),
    },
    {
      value: 'User' as const,
      label: vscode.l10n.t('User'),
      detail: vscode.l10n.t(
        "Mails such as absence requests go out of the employee's or supervisor's mailbox.",
      ),
    },
    {
      value: null,
      label: vscode.l10n.t('I do not know yet'),
      detail: vscode.l10n.t(
        'Find out before you limit the app to one mailbox: with User that breaks emails.',
      ),
    },
  ];
  const placeholder = vscode.l10n.t(
    'What does T&A say at System preferences > Email > Web, "Sender address from"?',
  );
  const chosen = (value: CustomerDraft['senderAddressFrom'] | null): boolean =>
    value === (draft.senderAddressFrom ?? null);
  const answer = await askPick({ placeholder, options, chosen }, place);
  return endOf(draft, answer, (mode) => ({ senderAddressFrom: mode ?? undefined }));
};
