import * as vscode from 'vscode';
import { checkRecipient, isWeak, minimumLetters, type Reader } from '../../core/preferences/age.ts';
import { Secret } from '../../core/secret.ts';
import { verdictOf } from '../wizard/verdict-of.ts';

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

/** The public half of a key pair, which is no secret. Throws a CancellationError on Esc. */
export async function askAgeKey(title: string): Promise<string> {
  const prompt = vscode.l10n.t("The reader's age key: the public half, which begins with age1");
  return (await askText({ title, prompt, validateInput: faultOf })).trim();
}

async function faultOf(key: string): Promise<string | undefined> {
  const verdict = await verdictOf(() => checkRecipient(key.trim()));
  return verdict.ok ? undefined : verdict.problem;
}

async function askText(options: vscode.InputBoxOptions): Promise<string> {
  const text = await vscode.window.showInputBox({ ...options, ignoreFocusOut: true });
  if (text === undefined) throw new vscode.CancellationError();
  return text;
}
