import * as vscode from 'vscode';
import { needsAction, standingOf } from '../../../core/customer/standing.ts';
import { setContextKey } from '../../shell/context-keys.ts';
import type { Command, Shell } from '../../shell/shell.ts';
import { registerDecorations } from '../decorations.ts';
import { watchCustomerFiles } from '../list.ts';
import type { Overview } from '../overview.ts';
import type { ListedCustomer } from '../read-files.ts';
import { customerKeys } from './customer-item.ts';
import { createRows, type Node } from './rows.ts';
import { registerCopyId } from './tooltip.ts';

const viewName = 'taExchange.customers';

export interface CustomersView extends vscode.Disposable {
  /** Those of package.json that are about what the view shows, by their names. */
  readonly commands: Readonly<Record<string, Command>>;
  /** Sets the badge, which counts also while the view is closed, and what the palette lists; watches where the customers lie. */
  show(all: readonly ListedCustomer[]): void;
}

/** The Customers view: drawn from files, without network. */
export function registerCustomersView(shell: Shell, overview: Overview): CustomersView {
  const rows = createRows(overview, shell.sessions, (uri) => shell.runs.of(uri)?.isLive() === true);
  const changed = new vscode.EventEmitter<Node | undefined>();
  let filter = '';
  const view = vscode.window.createTreeView(viewName, {
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
    registerCopyId(),
    registerDecorations(overview),
    overview.onDidChange((uri) => changed.fire(uri && filter === '' ? rows.find(uri) : undefined)),
    shell.runs.onDidChange((uri) => changed.fire(rows.find(uri))),
    shell.sessions.onDidChange(() => changed.fire(undefined)),
  );
  return {
    commands: {
      refreshCustomers: () => refresh(overview),
      filterCustomers: async () => setFilter(await askFilter(filter)),
    },
    show(all) {
      files.watchOutside(all.map(({ file }) => file.uri));
      const now = Date.now();
      view.badge = badgeOf(all, now);
      for (const [key, holds] of customerKeys(all, now)) setContextKey(key, holds);
    },
    dispose: () => parts.dispose(),
  };
}

/** The view's own progress bar shows that the files are being read. */
async function refresh(overview: Overview): Promise<void> {
  overview.refresh();
  await vscode.window.withProgress({ location: { viewId: viewName } }, () => overview.all());
}

async function askFilter(value: string): Promise<string> {
  const { askLine } = await import('../../ask/ask-text.ts');
  const question = {
    prompt: vscode.l10n.t('Part of a name, a tenant or a domain; empty shows all customers.'),
    value,
    read: (text: string) => ({ ok: true, value: text }) as const,
  };
  return askLine(question, vscode.l10n.t('Filter Customers'));
}

/** How many customers someone should act on; none: no badge. */
export function badgeOf(all: readonly ListedCustomer[], now: number): vscode.ViewBadge | undefined {
  const value = all.filter((read) => needsAction(standingOf(read, now).status)).length;
  if (value === 0) return undefined;
  const tooltip =
    value === 1
      ? vscode.l10n.t('1 customer needs action')
      : vscode.l10n.t('{0} customers need action', value);
  return { value, tooltip };
}
