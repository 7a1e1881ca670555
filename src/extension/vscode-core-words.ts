import * as vscode from 'vscode';
import { type Sentence, Words } from '../core/words/say.ts';
import { createCoreWords } from './core-words.ts';

const bundle = vscode.l10n.bundle;
const byLooks = createCoreWords(bundle);

/** What core says, in the language of VS Code. */
export const coreWords = (sentence: Sentence): string =>
  bundle && sentence instanceof Words && bundle[`${sentence.pattern}/core`] !== undefined
    ? sentence.in(bundle)
    : byLooks(String(sentence));
