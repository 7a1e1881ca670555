import * as vscode from 'vscode';
import { codeBehind, fillPanel, pageOptions } from '../shell/page.ts';
import { openFormCommand } from '../shell/runs.ts';
import type { Shell } from '../shell/shell.ts';
import type { FormPanel } from './panel.ts';

const viewType = 'taExchange.mailForm';

/** Loads the code behind the form when it is first opened, or when VS Code restores it after a restart. */
export function registerForm(shell: Shell): vscode.Disposable {
  let open: { readonly panel: vscode.WebviewPanel; readonly shown: Promise<FormPanel> } | undefined;
  const show = async (panel: vscode.WebviewPanel): Promise<FormPanel> => {
    panel.onDidDispose(() => {
      open = undefined;
    });
    const wire = fillPanel(panel, shell, 'form', vscode.l10n.t('Test email'));
    const { showForm } = await codeBehind(wire);
    return showForm(shell, panel, wire);
  };
  const keep = (panel: vscode.WebviewPanel) => ({ panel, shown: show(panel) });
  const openOne = async (customer: unknown): Promise<void> => {
    // At once, and a new one is in front already: once the form is filled, its person may have turned to something else.
    open?.panel.reveal();
    open ??= keep(
      vscode.window.createWebviewPanel(
        viewType,
        vscode.l10n.t('Test Email'),
        vscode.ViewColumn.Active,
        pageOptions(shell),
      ),
    );
    const form = await open.shown;
    if (customer instanceof vscode.Uri) form.choose(customer);
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand(openFormCommand, openOne),
    vscode.window.registerWebviewPanelSerializer(viewType, {
      async deserializeWebviewPanel(panel) {
        // A form that was opened meanwhile stays; there is one in a window.
        if (open !== undefined) panel.dispose();
        else {
          panel.webview.options = pageOptions(shell);
          open = keep(panel);
        }
        await open.shown;
      },
    }),
  );
}
