import * as vscode from 'vscode';
import { Refusal } from '../../contract/channel.ts';
import { createReceiptCode } from '../../core/mail/mail.ts';
import type { Preferences } from '../../core/preferences/preferences.ts';
import type { KnownCustomer } from '../customers/choose.ts';
import { findPreferences } from '../customers/find-preferences.ts';
import type { ListedFile } from '../customers/list.ts';
import { wordsIn } from '../practice-words.ts';
import { openSetUpPage } from '../shell/runs.ts';
import { readSettings } from '../shell/settings.ts';
import type { Shell } from '../shell/shell.ts';
import { openPage } from '../sign-in/open-page.ts';
import { createAttachmentBox, makeTestFile } from './attachment-box.ts';
import type { CoreWords } from './failure-view.ts';
import { customerId, formCustomers } from './form-customers.ts';
import type { FormPorts } from './form-ports.ts';
import type { Memory } from './memory.ts';
import { formStrings } from './strings.ts';

/** What VS Code gives the form. `list`: whose email may be sent; `memory`: where its last run and its files are kept. */
export function portsOfForm(shell: Shell, list: () => Promise<ListedFile[]>, memory: Memory): FormPorts {
  const { context, log } = shell;
  const strings = formStrings();
  const preferencesOf = async (known: KnownCustomer): Promise<Preferences | undefined> => {
    try {
      return await findPreferences(known, shell.secrets);
    } catch (error) {
      if (!(error instanceof vscode.CancellationError)) throw error;
      throw new Refusal({ code: 'TA-CANCELLED', message: strings.secretNeeded, hint: '' });
    }
  };
  const customers = { ...shell.customers, list };
  const { testRecipient } = readSettings();
  const said: CoreWords = (words) => wordsIn(shell.practice, words);
  return {
    ...formCustomers({ ...shell, customers, preferencesOf, testRecipient }, strings, said),
    memory,
    attachments: createAttachmentBox(memory),
    strings,
    language: vscode.env.language,
    coreWords: said,
    newCode: () => createReceiptCode(),
    async pickFiles() {
      const openLabel = vscode.l10n.t('Attach');
      const picked = await vscode.window.showOpenDialog({ canSelectMany: true, openLabel });
      return (picked ?? []).filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath);
    },
    makeTestFile: () => makeTestFile(context.globalStorageUri.fsPath),
    copy: async (text) => vscode.env.clipboard.writeText(text),
    async handOver(id) {
      const file = (await list()).find(({ uri }) => customerId(uri) === id);
      if (file) await openSetUpPage(file.uri, 'handOver');
    },
    async showMailbox() {
      const { running } = shell.practice;
      if (running) await openPage(running.origin);
    },
    showLog: () => log.show(),
    logError: (error) =>
      log.error(`Verification form: ${error instanceof Error ? error.stack : String(error)}`),
  };
}
