import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { openChannel } from '../../contract/channel.ts';
import { fromPage, toPage } from '../../contract/messages.ts';
import { Refusal } from '../../contract/refusal.ts';
import { createReceiptCode } from '../../core/mail/receipt-code.ts';
import type { Preferences } from '../../core/preferences/preferences.ts';
import { coreWords } from '../core-words.ts';
import type { KnownCustomer } from '../customers/choose.ts';
import { findPreferences } from '../customers/find-preferences.ts';
import type { Shell } from '../shell/shell.ts';
import { createAttachmentBox } from './attachment-box.ts';
import { refusalOf } from './failure-view.ts';
import { createForm } from './form.ts';
import { customerId, formCustomers } from './form-customers.ts';
import type { FormPorts } from './form-ports.ts';
import { formHtml } from './html.ts';
import { formStrings } from './strings.ts';
import { makeTestFile } from './test-file.ts';

export interface FormPanel {
  reveal(customer: vscode.Uri | undefined): void;
}

/** Fills a new panel, or one that VS Code restored. The page comes and goes with its tab's visibility; the form stays. */
export function showForm(shell: Shell, panel: vscode.WebviewPanel): FormPanel {
  const ports = portsOfForm(shell);
  const form = createForm(ports, () => void update().catch(ports.logError));
  fillPanel(panel, shell.context.extensionUri);
  const channel = openChannel({
    wire: {
      post: (message) => void panel.webview.postMessage(message),
      listen(receive) {
        const listening = panel.webview.onDidReceiveMessage(receive);
        return () => listening.dispose();
      },
    },
    ours: toPage,
    theirs: fromPage,
    handlers: form.handlers,
    log: (line) => shell.log.info(`Verification form: ${line}`),
    refusalOf(error) {
      ports.logError(error);
      return refusalOf(error, coreWords);
    },
  });
  const update = async (): Promise<void> => channel.tell('view', await form.view());
  // A page that is not there yet gets the choice when it is ready.
  const choose = (customer: string): void => {
    form.choose(customer);
    const taken = (): void => form.choose(undefined);
    channel.ask('choose', { customer }).then(taken, () => undefined);
  };
  const changed = shell.customers.onDidChange(() => void update().catch(ports.logError));
  panel.onDidDispose(() => {
    form.stop();
    changed.dispose();
    channel.dispose();
  });
  return {
    reveal(uri) {
      panel.reveal();
      if (uri) choose(customerId(uri));
    },
  };
}

function fillPanel({ webview }: vscode.WebviewPanel, extension: vscode.Uri): void {
  const folder = vscode.Uri.joinPath(extension, 'dist', 'webview');
  webview.options = { enableScripts: true, localResourceRoots: [folder] };
  const served = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
  webview.html = formHtml({
    cspSource: webview.cspSource,
    nonce: randomBytes(16).toString('base64url'),
    script: served('main.js'),
    style: served('main.css'),
    language: vscode.env.language,
    title: vscode.l10n.t('Verification Email'),
  });
}

function portsOfForm(shell: Shell): FormPorts {
  const { context, log } = shell;
  const memory = context.workspaceState;
  const strings = formStrings();
  const findOrRefuse = async (known: KnownCustomer): Promise<Preferences | undefined> => {
    try {
      return await findPreferences(known, shell.secrets);
    } catch (error) {
      if (!(error instanceof vscode.CancellationError)) throw error;
      throw new Refusal({ code: 'TA-CANCELLED', message: strings.secretNeeded, hint: '' });
    }
  };
  return {
    ...formCustomers({ ...shell, preferencesOf: findOrRefuse }, strings, coreWords),
    memory,
    attachments: createAttachmentBox(memory),
    strings,
    language: vscode.env.language,
    coreWords,
    newCode: () => createReceiptCode(),
    async pickFiles() {
      const openLabel = vscode.l10n.t('Attach');
      const picked = await vscode.window.showOpenDialog({ canSelectMany: true, openLabel });
      return (picked ?? []).filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath);
    },
    makeTestFile: () => makeTestFile(context.globalStorageUri.fsPath),
    copy: async (text) => vscode.env.clipboard.writeText(text),
    showLog: () => log.show(),
    logError: (error) =>
      log.error(`Verification form: ${error instanceof Error ? error.stack : String(error)}`),
  };
}
