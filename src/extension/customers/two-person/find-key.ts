import * as vscode from 'vscode';
import { readText } from '../../../core/files/read-text.ts';
import { readResultBlock } from '../../../core/hand-over/scripts/result-block.ts';
import { openSealed } from '../../../core/preferences/age.ts';
import { Secret } from '../../../core/secret.ts';
import { Failure } from '../../../core/words/failure.ts';
import { say } from '../../../core/words/say.ts';
import { askOpenPath } from '../../ask/ask-path.ts';
import type { Shell } from '../../shell/shell.ts';
import { findOwnKey } from './own-key.ts';
import type { SentResult } from './questions.ts';

/** The key that opens what is sealed in the result: this VS Code's own, else one whose file the person names. */
export async function findKeyFor(result: SentResult, { context }: Shell): Promise<Secret | undefined> {
  const { sealedSecret = [] } = readResultBlock(result.text, result.name);
  if (sealedSecret.length === 0) return undefined;
  const own = await findOwnKey(context);
  if (own && (await opens(own, sealedSecret.join('')))) return own;
  return new Secret(await readText(await askKeyFile(), say`an age key`));
}

async function askKeyFile(): Promise<string> {
  const choose = vscode.l10n.t('Choose Key File…');
  const message = vscode.l10n.t(
    'This VS Code has no key that opens the client secret in the result. If it is sealed for an age key of yours, choose the key file. If it is sealed for another VS Code, import it there.',
  );
  if ((await vscode.window.showWarningMessage(message, choose)) !== choose)
    throw new vscode.CancellationError();
  return await askOpenPath({ title: vscode.l10n.t('The file with your age key') });
}

async function opens(key: Secret, sealed: string): Promise<boolean> {
  try {
    await openSealed(key, sealed);
    return true;
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}
