import * as vscode from 'vscode';
import type { Shell } from '../shell/shell.ts';
import type { FormPanel } from './panel.ts';

const viewType = 'taExchange.mailForm';
/** Not contributed: reaches the one form of the window from anywhere. */
const openCommand = '_taExchange.openForm';

/** Opens the form, or brings it to the front; `customer`: the customer file to choose. */
export async function openForm(_shell: Shell, customer?: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand(openCommand, customer);
}

/** Loads the form's code when it is first opened, or when VS Code restores it after a restart. */
export function registerForm(shell: Shell): vscode.Disposable {
  let open: Promise<FormPanel> | undefined;
  const show = async (panel: vscode.WebviewPanel): Promise<FormPanel> => {
    panel.onDidDispose(() => {
      open = undefined;
    });
    const { showForm } = await import('./panel.ts');
    return showForm(shell, panel);
  };
  const openOne = async (customer: unknown): Promise<void> => {
    open ??= show(
      vscode.window.createWebviewPanel(viewType, vscode.l10n.t('Test Email'), vscode.ViewColumn.Active),
    );
    (await open).reveal(customer instanceof vscode.Uri ? customer : undefined);
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand(openCommand, openOne),
    vscode.window.registerWebviewPanelSerializer(viewType, {
      async deserializeWebviewPanel(panel) {
        // A form that was opened meanwhile stays; there is one in a window.
        if (open !== undefined) panel.dispose();
        else open = show(panel);
        await open;
      },
    }),
  );
}
