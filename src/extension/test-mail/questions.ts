import * as vscode from 'vscode';
import { isAddress, normaliseAddress } from '../../core/customer/address.ts';

/** Who gets the mail. Throws a CancellationError on Esc. */
export async function askRecipient(): Promise<string> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Send Test Email'),
    prompt: vscode.l10n.t('Who gets the test mail?'),
    placeHolder: 'you@contoso.com',
    ignoreFocusOut: true,
    validateInput: (typed) =>
      isAddress(normaliseAddress(typed))
        ? undefined
        : vscode.l10n.t('Expected: {0}.', 'one e-mail address such as ta@contoso.com'),
  });
  if (text === undefined) throw new vscode.CancellationError();
  return normaliseAddress(text);
}

/** Paths of files; none where the person wants none. Throws a CancellationError on Esc. */
export async function askAttachments(): Promise<string[]> {
  const none = { label: vscode.l10n.t('No attachment') };
  const choose = { label: vscode.l10n.t('Choose files…') };
  const placeHolder = vscode.l10n.t(
    'Attach files? T&A sends files over 3 MB in another way than small ones.',
  );
  const picked = await vscode.window.showQuickPick([none, choose], { placeHolder });
  if (!picked) throw new vscode.CancellationError();
  if (picked === none) return [];
  const files = await vscode.window.showOpenDialog({
    canSelectMany: true,
    openLabel: vscode.l10n.t('Attach'),
  });
  if (!files) throw new vscode.CancellationError();
  return files.filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath);
}
