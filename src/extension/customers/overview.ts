import * as vscode from 'vscode';
import type { Shell } from '../shell/shell.ts';
import type { ListedFile } from './list.ts';
import type { ListedCustomer } from './read-files.ts';

/** All customers with what their files tell. Files are read when first asked for, and again once they change. */
export interface Overview extends vscode.Disposable {
  /** Rejects where VS Code cannot list the files; a customer that cannot be read is one with `trouble`. */
  all(): Promise<readonly ListedCustomer[]>;
  of(file: ListedFile): Promise<ListedCustomer>;
  /** Forgets all that was read. */
  refresh(): void;
  /** Another content of one customer's files or, with `undefined`, another list. */
  readonly onDidChange: vscode.Event<vscode.Uri | undefined>;
}

/** VS Code names a file of a remote folder in two ways. */
const keyOf = (uri: vscode.Uri): string => uri.path;

/** Files open at the same time: some systems allow a process few. */
const atOnce = 32;

export function createOverview({ customers }: Pick<Shell, 'customers'>): Overview {
  const emitter = new vscode.EventEmitter<vscode.Uri | undefined>();
  let listing: Promise<readonly ListedFile[]> | undefined;
  const known = new Map<string, Promise<ListedCustomer>>();
  const of = (file: ListedFile): Promise<ListedCustomer> => {
    const key = keyOf(file.uri);
    const reading =
      known.get(key) ?? import('./read-files.ts').then(({ readFiles }) => readFiles(file, customers));
    known.set(key, reading);
    return reading;
  };
  const changed = (uri: vscode.Uri | undefined): void => {
    if (uri) known.delete(keyOf(uri));
    else listing = undefined;
    emitter.fire(uri);
  };
  const listChanged = (): void => changed(undefined);
  const listening = vscode.Disposable.from(
    customers.onDidChange(changed),
    vscode.workspace.onDidChangeWorkspaceFolders(listChanged),
    vscode.workspace.onDidGrantWorkspaceTrust(listChanged),
  );
  return {
    async all() {
      // In a workspace that is not trusted nothing is read.
      if (!vscode.workspace.isTrusted) return [];
      listing ??= customers.list();
      const files = await listing;
      const read: ListedCustomer[] = [];
      for (let at = 0; at < files.length; at += atOnce)
        read.push(...(await Promise.all(files.slice(at, at + atOnce).map(of))));
      return read;
    },
    of,
    refresh() {
      known.clear();
      changed(undefined);
    },
    onDidChange: emitter.event,
    dispose() {
      listening.dispose();
      emitter.dispose();
    },
  };
}
