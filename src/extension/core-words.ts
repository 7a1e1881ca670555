import * as vscode from 'vscode';
import type { Words } from '../core/words/say.ts';

/** What core says, in the language and the words of VS Code. */
export const coreWords = (words: Words): string => words.in(vscode.l10n.bundle ?? {}, 'page');
