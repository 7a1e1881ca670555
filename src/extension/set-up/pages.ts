import * as vscode from 'vscode';
import type { StageName } from '../../contract/set-up.ts';
import { customerFile, type ListedFile } from '../customers/list.ts';
import { openPageCommand } from '../shell/runs.ts';
import type { Shell } from '../shell/shell.ts';
import type { SetUpPanel } from './panel.ts';

const viewType = 'taExchange.setUp';

/** Loads the pages' code when the first one is opened, or when VS Code restores one after a restart. */
export function registerSetUpPages(shell: Shell): vscode.Disposable {
  const panels = new Map<string, Promise<SetUpPanel>>();
  const show = async (panel: vscode.WebviewPanel, file: ListedFile | undefined): Promise<SetUpPanel> => {
    const { showSetUp } = await import('../commands/table.ts');
    return await showSetUp(shell, panel, file, open);
  };
  const keep = (
    key: string,
    panel: vscode.WebviewPanel,
    file: ListedFile | undefined,
  ): Promise<SetUpPanel> => {
    const shown = show(panel, file);
    panels.set(key, shown);
    panel.onDidDispose(() => {
      if (panels.get(key) === shown) panels.delete(key);
    });
    return shown;
  };
  const open = async (customer: unknown, stage?: StageName): Promise<void> => {
    const file = customer instanceof vscode.Uri ? customerFile(customer) : undefined;
    const key = String(file?.uri ?? '');
    const known = panels.get(key);
    const fresh = (): Promise<SetUpPanel> => {
      const title = vscode.l10n.t('Set Up Customer');
      return keep(key, vscode.window.createWebviewPanel(viewType, title, vscode.ViewColumn.Active), file);
    };
    (await (known ?? fresh())).reveal(stage);
  };
  const restore = async (panel: vscode.WebviewPanel, state: unknown): Promise<void> => {
    const { customerWith } = await import('../commands/table.ts');
    const found = await customerWith(state, shell);
    const key = String(found?.uri ?? '');
    // A page that was opened meanwhile stays, and a customer that is gone has none.
    if (found === null || panels.has(key)) return panel.dispose();
    await keep(key, panel, found);
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand(openPageCommand, open),
    vscode.window.registerWebviewPanelSerializer(viewType, { deserializeWebviewPanel: restore }),
    shell.runs.onDidChange(async (customer) => {
      const { mirror } = await import('../commands/table.ts');
      await mirror(
        shell,
        customer,
        async () => (await panels.get(customer.toString()))?.isVisible() === true,
      );
    }),
  );
}
