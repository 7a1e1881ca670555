import * as vscode from 'vscode';
import type { Words } from '../core/words/say.ts';
import type { L10n } from './customers/tree/words.ts';

/** What core says, in the language and the words of VS Code. */
export const coreWords = (words: Words): string => words.in(vscode.l10n.bundle ?? {}, 'page');

export const vscodeL10n: L10n = { language: vscode.env.language, t: vscode.l10n.t, core: coreWords };
