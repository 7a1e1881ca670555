import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { openChannel, type Wire } from '../../contract/channel.ts';
import { fromSetUpPage, type StageName, toSetUpPage } from '../../contract/set-up.ts';
import { coreWords } from '../core-words.ts';
import type { ListedFile } from '../customers/list.ts';
import { refusalOf } from '../mail-form/failure-view.ts';
import { customerId } from '../mail-form/form-customers.ts';
import { inTurn } from '../mail-form/panel.ts';
import type { Shell } from '../shell/shell.ts';
import { tellUnusedSettings } from '../shell/unused-settings.ts';
import { createSetUpHost } from './page.ts';

export interface SetUpPanel {
  goTo(stage: StageName): void;
}

/** The work behind a page, which comes and goes with its tab's visibility. The work stays. */
export async function showSetUp(
  shell: Shell,
  panel: vscode.WebviewPanel,
  wire: Wire,
  file: ListedFile | undefined,
  open: (customer: vscode.Uri) => Promise<void>,
): Promise<SetUpPanel> {
  const logError = (error: unknown): void =>
    shell.log.error(`Set-up page: ${error instanceof Error ? error.stack : String(error)}`);
  tellUnusedSettings(shell.context);
  const page = createSetUpHost(shell, file, {
    changed: () => changed(),
    async created({ uri }) {
      await open(uri);
      panel.dispose();
      await vscode.commands.executeCommand('taExchange.resumeSetUp', uri);
    },
  });
  const channel = openChannel({
    wire,
    ours: toSetUpPage,
    theirs: fromSetUpPage,
    handlers: {
      ...page.handlers,
      async open() {
        const opened = await page.handlers.open({});
        panel.title = opened.view.title;
        return opened;
      },
    },
    log: (line) => shell.log.info(`Set-up page: ${line}`),
    refusalOf(error) {
      logError(error);
      return refusalOf(error, coreWords);
    },
  });
  const update = async (): Promise<void> => {
    const view = await page.view();
    panel.title = view.title;
    channel.tell('setUp', view);
    channel.tell('view', await page.form.view());
  };
  const changed = inTurn(update, logError);
  const ofThis = (uri: vscode.Uri | undefined): void => {
    if (!uri || uri.toString() === file?.uri.toString()) changed();
  };
  const listening = vscode.Disposable.from(
    shell.customers.onDidChange(ofThis),
    shell.runs.onDidChange(ofThis),
    shell.practice.onDidChange(changed),
    vscode.workspace.onDidGrantWorkspaceTrust(changed),
    page,
  );
  panel.onDidDispose(() => {
    listening.dispose();
    channel.dispose();
  });
  return {
    goTo(stage) {
      // A page that is not there yet gets it when it is ready.
      page.goTo(stage);
      channel.ask('show', { stage }).then(
        () => page.goTo(undefined),
        () => undefined,
      );
    },
  };
}

const Saved = z.object({ customer: z.string() });

/** The customer that a page was for; `undefined`: a new one, `null`: one that is gone, or of whom VS Code has kept nothing. */
export async function customerWith(
  state: unknown,
  { customers }: { readonly customers: Pick<Shell['customers'], 'list'> },
): Promise<ListedFile | undefined | null> {
  const { customer } = z.safeParse(Saved, state).data ?? {};
  if (customer === 'new') return undefined;
  return (await customers.list()).find(({ uri }) => customerId(uri) === customer) ?? null;
}
