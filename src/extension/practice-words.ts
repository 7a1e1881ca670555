import * as vscode from 'vscode';
import { leadsToMicrosoft } from '../core/words/places.ts';
import type { Words } from '../core/words/say.ts';
import { coreWords } from './core-words.ts';

/** What a rehearsal has in place of Microsoft's portals. */
export const practiceWay = (): string =>
  vscode.l10n.t(
    'This is a rehearsal: nothing named here exists at Microsoft. PRACTICE in the status bar leads to the mailboxes, to a fresh practice tenant and to other problems.',
  );

/** What core says, in the language and the words of VS Code; where it leads to Microsoft in a rehearsal, with what is there instead. */
export const wordsIn = ({ running }: { readonly running: unknown }, words: Words): string =>
  running && leadsToMicrosoft(words) ? `${coreWords(words)} ${practiceWay()}` : coreWords(words);
