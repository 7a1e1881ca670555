import * as vscode from 'vscode';
import type { Receipt } from '../../core/mail/receipt.ts';
import type { Verification } from '../../core/mail/verify.ts';

type Outcome = Receipt['recipients'][number]['outcome'];

/** What became of the mail, in one message; a warning unless it was seen in the inbox. */
export function showReceipt({ receipt }: Verification): void {
  const { code, recipients } = receipt;
  const meanings: Readonly<Record<Outcome, string>> = {
    inbox: vscode.l10n.t('in the inbox'),
    bounced: vscode.l10n.t('came back as undeliverable; check the address'),
    'ask the recipient': vscode.l10n.t(
      'not to be seen from here: ask the recipient to read back the receipt code',
    ),
    'not seen': vscode.l10n.t('not seen yet; look in the mailbox, Junk too, for the receipt code'),
  };
  const outcomes = recipients.map(({ address, outcome }) => `${address}: ${meanings[outcome]}`).join('; ');
  const message = vscode.l10n.t('Receipt code {0}. {1}.', code, outcomes);
  if (recipients.every(({ outcome }) => outcome === 'inbox'))
    void vscode.window.showInformationMessage(message);
  else void vscode.window.showWarningMessage(message);
}
