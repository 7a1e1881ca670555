import * as vscode from 'vscode';
import { openChannel, type Wire } from '../../contract/channel.ts';
import { fromPage, toPage } from '../../contract/messages.ts';
import { coreWords } from '../core-words.ts';
import type { Shell } from '../shell/shell.ts';
import { tellUnusedSettings } from '../shell/unused-settings.ts';
import { refusalOf } from './failure-view.ts';
import { createForm } from './form.ts';
import { customerId } from './form-customers.ts';
import { forgetEmailDraft } from './memory.ts';
import { portsOfForm } from './shell-ports.ts';

export interface FormPanel {
  choose(customer: vscode.Uri): void;
}

/** The form behind a page, which comes and goes with its tab's visibility. The form stays. */
export function showForm(shell: Shell, panel: vscode.WebviewPanel, wire: Wire): FormPanel {
  tellUnusedSettings(shell.context);
  const ports = portsOfForm(shell, () => shell.customers.list(), shell.context.workspaceState);
  const form = createForm(
    ports,
    () => changed(),
    (name) => {
      panel.title = vscode.l10n.t('Test email: {0}', name);
    },
  );
  const channel = openChannel({
    wire,
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
  const changed = inTurn(update, ports.logError);
  const listening = shell.customers.onDidChange(changed);
  panel.onDidDispose(() => {
    form.stop();
    listening.dispose();
    channel.dispose();
    // A window that goes does not tell this: its form is restored, and one that its person closed begins anew.
    void forgetEmailDraft(ports.memory);
  });
  return {
    // A page that is not there yet gets the choice when it is ready.
    choose(uri) {
      const customer = customerId(uri);
      form.choose(customer);
      const taken = (): void => form.choose(undefined);
      channel.ask('choose', { customer }).then(taken, () => undefined);
    },
  };
}

/** One at a time, and once more when it was wanted meanwhile: the last one shows the last state. */
export function inTurn(work: () => Promise<void>, failed: (error: unknown) => void): () => void {
  let wanted = false;
  let busy = false;
  const go = async (): Promise<void> => {
    busy = true;
    while (wanted) {
      wanted = false;
      await work().catch(failed);
    }
    busy = false;
  };
  return () => {
    wanted = true;
    if (!busy) void go();
  };
}
