import * as vscode from 'vscode';
import type { ConsentRequest } from '../../core/setup/consent-request.ts';

/** Stands beside the progress of the wait; it can be copied again, and closed. `kept`: the next window goes on too. */
export function offerMessage(request: ConsentRequest, kept = false): void {
  const copy = vscode.l10n.t('Copy Message');
  const text = kept
    ? vscode.l10n.t(
        'An admin with more rights must grant the permissions. Send them this message; the set-up continues by itself once they have accepted, also after a restart of VS Code: it keeps the sign-in, encrypted, for a day at most.',
      )
    : vscode.l10n.t(
        'An admin with more rights must grant the permissions. Send them this message; the set-up continues by itself once they have accepted.',
      );
  void vscode.window.showInformationMessage(text, copy).then(async (answer) => {
    if (answer !== copy) return;
    await vscode.env.clipboard.writeText(request.message);
    offerMessage(request, kept);
  });
}
