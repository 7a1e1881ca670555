import * as vscode from 'vscode';
import { checkRecipient, isWeak, minimumLetters, type Reader } from '../../../core/preferences/age.ts';
import { Secret } from '../../../core/secret.ts';
import { askLine, askText, fieldVerdict, type TextQuestion } from '../../ask/ask-text.ts';

/** Asked twice, shown never. Throws a CancellationError on Esc. */
export async function askPassphrase(title: string): Promise<Reader> {
  const prompt = vscode.l10n.t('A passphrase of at least {0} characters. It is not stored.', minimumLetters);
  const tooShort = vscode.l10n.t('Too short: anyone who has the file can try as often as they like.');
  const differs = vscode.l10n.t('The two are not the same.');
  const good = (value: string) => ({ ok: true, value }) as const;
  const bad = (problem: string) => ({ ok: false, problem }) as const;
  const text = await askLine(
    { prompt, hidden: 'passphrase', read: (typed) => (isWeak(typed) ? bad(tooShort) : good(typed)) },
    title,
  );
  await askLine(
    {
      prompt: vscode.l10n.t('The same passphrase once more'),
      hidden: 'passphrase',
      read: (typed) => (typed === text ? good(typed) : bad(differs)),
    },
    title,
  );
  return { kind: 'passphrase', passphrase: new Secret(text) };
}

/** The public half of a key pair, which is no secret; `why` it is asked for. Throws a CancellationError on Esc. */
export function askAgeKey(title: string, why?: string): Promise<string> {
  const prompt = vscode.l10n.t("The reader's age key: the public half, which begins with age1");
  const question: TextQuestion<string> = {
    prompt: why === undefined ? prompt : vscode.l10n.t('{0} {1}', why, prompt),
    read: (typed) => ({ ok: true, value: typed.trim() }),
    find: (key) =>
      fieldVerdict(async () => {
        await checkRecipient(key);
        return key;
      }),
  };
  return askText(question, title);
}
