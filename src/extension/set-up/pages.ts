import * as vscode from 'vscode';
import type { StageName } from '../../contract/set-up.ts';
import { customerFile, type ListedFile } from '../customers/list.ts';
import { codeBehind, fillPanel, pageOptions } from '../shell/page.ts';
import { openPageCommand, pageType } from '../shell/runs.ts';
import type { Shell } from '../shell/shell.ts';
import type { SetUpPanel } from './panel.ts';

interface OpenPage {
  readonly panel: vscode.WebviewPanel;
  readonly shown: Promise<SetUpPanel>;
}

/** Loads the code behind the pages when the first one is opened, or when VS Code restores one after a restart. */
export function registerSetUpPages(shell: Shell): vscode.Disposable {
  const pages = new Map<string, OpenPage>();
  const show = async (panel: vscode.WebviewPanel, file: ListedFile | undefined): Promise<SetUpPanel> => {
    const wire = fillPanel(panel, shell, 'set-up', file?.stem ?? vscode.l10n.t('New customer'));
    const { showSetUp } = await codeBehind(wire);
    return await showSetUp(shell, panel, wire, file, open);
  };
  const keep = (key: string, panel: vscode.WebviewPanel, file: ListedFile | undefined): OpenPage => {
    const page = { panel, shown: show(panel, file) };
    pages.set(key, page);
    panel.onDidDispose(() => {
      if (pages.get(key) === page) pages.delete(key);
    });
    return page;
  };
  const open = async (customer: unknown, stage?: StageName): Promise<void> => {
    const file = customer instanceof vscode.Uri ? customerFile(customer) : undefined;
    const key = String(file?.uri ?? '');
    const known = pages.get(key);
    const fresh = (): OpenPage =>
      keep(
        key,
        vscode.window.createWebviewPanel(
          pageType,
          vscode.l10n.t('Set Up Customer'),
          vscode.ViewColumn.Active,
          pageOptions(shell),
        ),
        file,
      );
    // At once, and a new one is in front already: once a page is filled, its person may have turned to something else.
    known?.panel.reveal();
    const page = await (known ?? fresh()).shown;
    if (stage) page.goTo(stage);
  };
  const restore = async (panel: vscode.WebviewPanel, state: unknown): Promise<void> => {
    const { customerWith } = await import('../commands/table.ts');
    const found = await customerWith(state, shell);
    const key = String(found?.uri ?? '');
    // A page that was opened meanwhile stays, and a customer that is gone has none.
    if (found === null || pages.has(key)) return panel.dispose();
    panel.webview.options = pageOptions(shell);
    await keep(key, panel, found).shown;
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand(openPageCommand, open),
    vscode.window.registerWebviewPanelSerializer(pageType, { deserializeWebviewPanel: restore }),
    shell.runs.onDidChange(async (customer) => {
      const { mirror } = await import('../commands/table.ts');
      await mirror(shell, customer, async () => pages.get(customer.toString())?.panel.visible === true);
    }),
  );
}
