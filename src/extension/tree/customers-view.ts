import * as vscode from 'vscode';
import { askLine } from '../ask/ask-text.ts';
import { setContextKey } from '../context-keys.ts';
import type { Overview, ReadCustomer } from '../overview.ts';
import { runCommand } from '../run-command.ts';
import type { Shell } from '../shell.ts';
import { watchCustomerFiles } from '../watch-customer-files.ts';
import { badgeOf } from './badge.ts';
import type { Node } from './node.ts';
import { createRows } from './rows.ts';

const viewId = 'taExchange.customers';

export interface CustomersView extends vscode.Disposable {
  /** Sets the badge, which counts also while the view is closed, and watches where the customers lie. */
  show(all: readonly ReadCustomer[]): void;
}

/** The Customers view: drawn from files, without network. */
export function registerCustomersView(shell: Shell, overview: Overview): CustomersView {
  const rows = createRows(overview, shell.sessions);
  const changed = new vscode.EventEmitter<Node | undefined>();
  let filter = '';
  const view = vscode.window.createTreeView(viewId, {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getTreeItem: rows.item,
      getChildren: (node?: Node) => rows.children(node, filter),
    },
  });
  const files = watchCustomerFiles(shell.customers);
  const setFilter = (text: string): void => {
    filter = text.trim();
    view.description = filter === '' ? '' : vscode.l10n.t('filtered by "{0}"', filter);
    setContextKey('filtered', filter !== '');
    changed.fire(undefined);
  };
  const parts = vscode.Disposable.from(
    view,
    files,
    changed,
    overview.onDidChange((uri) => changed.fire(uri && filter === '' ? rows.find(uri) : undefined)),
    shell.sessions.onDidChange(() => changed.fire(undefined)),
    command(shell, 'taExchange.refreshCustomers', () => refresh(overview)),
    command(shell, 'taExchange.filterCustomers', async () => setFilter(await askFilter(filter))),
  );
  return {
    show(all) {
      files.watchOutside(all.map(({ file }) => file.uri));
      view.badge = badgeOf(all, Date.now());
    },
    dispose: () => parts.dispose(),
  };
}

function command(shell: Shell, id: string, work: () => Promise<void>): vscode.Disposable {
  return vscode.commands.registerCommand(id, () => runCommand(shell, id, work));
}

/** The view's own progress bar shows that the files are being read. */
async function refresh(overview: Overview): Promise<void> {
  overview.refresh();
  await vscode.window.withProgress({ location: { viewId } }, () => overview.all());
}

function askFilter(value: string): Promise<string> {
  const question = {
    prompt: vscode.l10n.t('Part of a name, a tenant or a domain; empty shows all customers.'),
    value,
    read: (text: string) => ({ ok: true, value: text }) as const,
  };
  return askLine(question, vscode.l10n.t('Filter Customers'));
}
