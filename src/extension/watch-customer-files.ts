import * as vscode from 'vscode';
import type { Customers } from './customers.ts';

const recordSuffix = /\.ta-record\.json$/;

/** Tells of every customer or record file that is made, changed or deleted, in the workspace and beside remembered files. */
export function watchCustomerFiles(customers: Customers): vscode.Disposable & {
  /** Folders outside the workspace, to be watched too. */
  watchOutside(uris: readonly vscode.Uri[]): void;
} {
  const watchers = new Map<string, vscode.Disposable>([
    ['', watch(customers, '**/*.ta-{customer,record}.json')],
  ]);
  return {
    watchOutside(uris) {
      for (const uri of uris) {
        const folder = vscode.Uri.joinPath(uri, '..');
        const key = folder.toString();
        if (vscode.workspace.getWorkspaceFolder(uri) || watchers.has(key)) continue;
        watchers.set(
          key,
          watch(customers, new vscode.RelativePattern(folder, '*.ta-{customer,record}.json')),
        );
      }
    },
    dispose: () => vscode.Disposable.from(...watchers.values()).dispose(),
  };
}

function watch(customers: Customers, pattern: vscode.GlobPattern): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  const changed = (uri: vscode.Uri): void => customers.changed(customerUriOf(uri));
  const cameOrWent = (uri: vscode.Uri): void => {
    changed(uri);
    // A record belongs to a customer that is in the list already.
    if (!recordSuffix.test(uri.path)) customers.changed();
  };
  watcher.onDidChange(changed);
  watcher.onDidCreate(cameOrWent);
  watcher.onDidDelete(cameOrWent);
  return watcher;
}

function customerUriOf(uri: vscode.Uri): vscode.Uri {
  return uri.with({ path: uri.path.replace(recordSuffix, '.ta-customer.json') });
}
