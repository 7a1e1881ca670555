import * as vscode from 'vscode';
import { createCoreWords } from './core-words.ts';

/** One of core's sentences, in the language of VS Code. */
export const coreWords = createCoreWords(vscode.l10n.bundle);
