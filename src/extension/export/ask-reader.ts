import * as vscode from 'vscode';
import { isWeak, minimumLetters, type Reader } from '../../core/preferences/age.ts';
import { Secret } from '../../core/secret.ts';

/** Asked twice, shown never. Throws a CancellationError on Esc. */
export async function askPassphrase(title: string): Promise<Reader> {
  const prompt = vscode.l10n.t(
    'A passphrase of at least {0} characters. It is kept nowhere.',
    minimumLetters,
  );
  const tooShort = vscode.l10n.t('Too short: whoever has the file can try as often as they like.');
  const text = await askText({
    title,
    prompt,
    password: true,
    validateInput: (typed) => (isWeak(typed) ? tooShort : undefined),
  });
  const differs = vscode.l10n.t('The two are not the same.');
  const validateInput = (typed: string) => (typed === text ? undefined : differs);
  await askText({
    title,
    prompt: vscode.l10n.t('The same passphrase once more'),
    password: true,
    validateInput,
  });
  return { kind: 'passphrase', passphrase: new Secret(text) };
}

/** The public half, which is no secret. Throws a CancellationError on Esc. */
export async function askAgeKey(title: string): Promise<Reader> {
  const key = await askText({
    title,
    prompt: vscode.l10n.t("The reader's age key: the line that begins with age1"),
    validateInput: (typed) =>
      /^age1\S+$/.test(typed.trim()) ? undefined : vscode.l10n.t('An age key begins with age1.'),
  });
  return { kind: 'recipient', key: key.trim() };
}

async function askText(options: vscode.InputBoxOptions): Promise<string> {
  const text = await vscode.window.showInputBox({ ...options, ignoreFocusOut: true });
  if (text === undefined) throw new vscode.CancellationError();
  return text;
}
