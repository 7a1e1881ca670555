import * as vscode from 'vscode';
import { coreWords } from '../../core-words.ts';
import type { L10n } from './words.ts';

export const vscodeL10n: L10n = { language: vscode.env.language, t: vscode.l10n.t, core: coreWords };
