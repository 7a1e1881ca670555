import * as vscode from 'vscode';
import { plain } from '../../core/words/say.ts';

/** A customer as far as its file name tells; `readCustomerState` reads the rest. */
export interface ListedFile {
  readonly uri: vscode.Uri;
  /** `NAME` of `NAME.ta-customer.json`, as it may be shown. */
  readonly stem: string;
}

/** The customers of the workspace and those remembered from elsewhere. */
export interface Customers extends vscode.Disposable {
  list(): Promise<ListedFile[]>;
  /** Keeps a customer outside the workspace in the list, on this machine only. */
  remember(uri: vscode.Uri): Promise<void>;
  forget(uri: vscode.Uri): Promise<void>;
  /** Where a person has said that a customer's preferences are; `undefined` where no one was asked. On this machine only. */
  placeOf(uri: vscode.Uri): string | undefined;
  keepPlace(uri: vscode.Uri, preferencesFile: string): Promise<void>;
  /** Customers that commands were for, the last one first; as texts. */
  recent(): readonly string[];
  use(uri: vscode.Uri): Promise<void>;
  /** A customer or record file changed; `undefined`: the list itself. */
  readonly onDidChange: vscode.Event<vscode.Uri | undefined>;
  changed(uri?: vscode.Uri): void;
}

const suffix = '.ta-customer.json';
const rememberedKey = 'customers';
const placesKey = 'preferencesPlaces';
const recentKey = 'recentCustomers';
const mostRecent = 50;

export function createCustomers({ globalState }: Pick<vscode.ExtensionContext, 'globalState'>): Customers {
  const emitter = new vscode.EventEmitter<vscode.Uri | undefined>();
  const remembered = (): string[] => globalState.get<string[]>(rememberedKey, []);
  const keep = async (uris: string[]): Promise<void> => {
    await globalState.update(rememberedKey, uris);
    emitter.fire(undefined);
  };
  const recent = (): readonly string[] => globalState.get<string[]>(recentKey, []);
  const places = (): Record<string, string> => globalState.get<Record<string, string>>(placesKey, {});
  return {
    onDidChange: emitter.event,
    changed: (uri) => emitter.fire(uri),
    async list() {
      const found = await vscode.workspace.findFiles(`**/*${suffix}`, '**/node_modules/**');
      const uris = new Set([...found.map(String), ...remembered()]);
      return [...uris].map((text) => customerFile(vscode.Uri.parse(text))).sort(byStem);
    },
    remember: (uri) => keep([...new Set([...remembered(), uri.toString()])]),
    async forget(uri) {
      const { [uri.toString()]: _, ...others } = places();
      await globalState.update(placesKey, others);
      await globalState.update(recentKey, without(uri, recent()));
      await keep(without(uri, remembered()));
    },
    placeOf: (uri) => places()[uri.toString()],
    async keepPlace(uri, preferencesFile) {
      await globalState.update(placesKey, { ...places(), [uri.toString()]: preferencesFile });
      emitter.fire(uri);
    },
    recent,
    async use(uri) {
      const latest = [uri.toString(), ...without(uri, recent())];
      await globalState.update(recentKey, latest.slice(0, mostRecent));
    },
    dispose: () => emitter.dispose(),
  };
}

const without = (uri: vscode.Uri, all: readonly string[]): string[] =>
  all.filter((text) => text !== uri.toString());

export function customerFile(uri: vscode.Uri): ListedFile {
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  return { uri, stem: plain(name.endsWith(suffix) ? name.slice(0, -suffix.length) : name) };
}

const byStem = (one: ListedFile, other: ListedFile): number => one.stem.localeCompare(other.stem);

const recordSuffix = /\.ta-(?:record|check)\.json$/;

/** Tells of every customer file, record and kept check that is made, changed or deleted, in the workspace and beside remembered files. */
export function watchCustomerFiles(customers: Customers): vscode.Disposable & {
  /** Folders outside the workspace, to be watched too. */
  watchOutside(uris: readonly vscode.Uri[]): void;
} {
  const watchers = new Map<string, vscode.Disposable>([
    ['', watch(customers, '**/*.ta-{customer,record,check}.json')],
  ]);
  return {
    watchOutside(uris) {
      for (const uri of uris) {
        const folder = vscode.Uri.joinPath(uri, '..');
        const key = folder.toString();
        if (vscode.workspace.getWorkspaceFolder(uri) || watchers.has(key)) continue;
        watchers.set(
          key,
          watch(customers, new vscode.RelativePattern(folder, '*.ta-{customer,record,check}.json')),
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
