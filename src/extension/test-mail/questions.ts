import * as vscode from 'vscode';
import { isAddress, normaliseAddress } from '../../core/customer/address.ts';
import { askOne } from '../ask/ask-pick.ts';
import { askLine, type Verdict } from '../ask/ask-text.ts';

/** Who gets the mail. Throws a CancellationError on Esc. */
export function askRecipient(): Promise<string> {
  const question = {
    prompt: vscode.l10n.t('Who gets the test mail?'),
    placeholder: 'you@contoso.com',
    read(typed: string): Verdict<string> {
      const value = normaliseAddress(typed);
      if (isAddress(value)) return { ok: true, value };
      const expected = 'one e-mail address such as ta@contoso.com';
      return { ok: false, problem: vscode.l10n.t('Expected: {0}.', expected) };
    },
  };
  return askLine(question, title());
}

const title = (): string => vscode.l10n.t('Send Test Email');

/** Paths of files; none where the person wants none. Throws a CancellationError on Esc. */
export async function askAttachments(): Promise<string[]> {
  const options = [
    { value: 'none', label: vscode.l10n.t('No attachment') },
    { value: 'files', label: vscode.l10n.t('Choose files…') },
  ];
  const placeholder = vscode.l10n.t(
    'Attach files? T&A sends files over 3 MB in another way than small ones.',
  );
  if ((await askOne({ placeholder, options }, title())) === 'none') return [];
  const files = await vscode.window.showOpenDialog({
    canSelectMany: true,
    openLabel: vscode.l10n.t('Attach'),
  });
  if (!files) throw new vscode.CancellationError();
  return files.filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath);
}
