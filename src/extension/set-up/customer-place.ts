import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { preferencesFileOf, recordFileOf, slug } from '../../core/customer/file-names.ts';
import { addIgnoreLine } from '../../core/files/ignore-line.ts';
import { checkPlace } from '../../core/files/place.ts';
import { canWrite, exists } from '../../core/files/target.ts';
import { Failure } from '../../core/words/failure.ts';
import { elsewhere } from '../ask/ask-path.ts';
import { readSettings } from '../shell/settings.ts';
import { sentences } from './tenant-lookup.ts';

/** Where the files of a new customer go, and why they cannot. `ignorable`: a line in `.gitignore` would mend it. */
export interface Place {
  readonly folder: string;
  readonly folderProblem: string;
  readonly ignorable: boolean;
}

export interface CustomerPlace extends vscode.Disposable {
  current(): Place;
  /** Whether the files can be written where they go now. */
  test(): Promise<void>;
  choose(): Promise<void>;
  addIgnoreLine(): Promise<void>;
}

/** What a person has said of it so far; it outlives the window. */
interface Said {
  name(): string;
  /** `undefined` while no other folder than the proposed one was chosen. */
  folder(): string | undefined;
  keepFolder(folder: string): Promise<void>;
}

/** `onChange`: told whenever something else is known of it. */
export function createCustomerPlace(said: Said, onChange: () => void): CustomerPlace {
  const wanted = (): string => said.folder() ?? proposedFolder();
  let place: Place = { folder: wanted(), folderProblem: '', ignorable: false };
  const put = (next: Place): void => {
    place = next;
    onChange();
  };
  const test = async (): Promise<void> => {
    const folder = wanted();
    const found = await placeAt(folder, said.name());
    // Another one may be wanted meanwhile.
    if (folder === wanted()) put(found);
  };
  const propose = (): void => {
    if (wanted() !== place.folder) void test();
  };
  // What is proposed depends on each of these, and the settings may be read later than a page is restored.
  const moves = vscode.Disposable.from(
    vscode.workspace.onDidGrantWorkspaceTrust(propose),
    vscode.workspace.onDidChangeWorkspaceFolders(propose),
    vscode.workspace.onDidChangeConfiguration(propose),
  );
  return {
    current: () => place,
    test,
    dispose: () => moves.dispose(),
    async choose() {
      const uri = await askFolder(place.folder);
      if (!uri) return;
      if (uri.scheme !== 'file') return put({ ...place, folderProblem: elsewhere(uri), ignorable: false });
      await said.keepFolder(uri.fsPath);
      await test();
    },
    async addIgnoreLine() {
      await addIgnoreLine(preferencesFileOf(fileIn(place.folder, said.name())));
      await test();
    },
  };
}

/** The one of the settings, one of the workspace, or one that every computer has a place for. */
function proposedFolder(): string {
  const { folder } = readSettings();
  if (folder !== '') return folder;
  const folders = vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
  const here = folders.find(({ uri }) => uri.scheme === 'file');
  return here?.uri.fsPath ?? join(homedir(), 'Documents', 'T&A Customers');
}

async function askFolder(before: string): Promise<vscode.Uri | undefined> {
  const picked = await vscode.window.showOpenDialog({
    title: vscode.l10n.t("Where the customer's files go"),
    openLabel: vscode.l10n.t('Choose Folder'),
    canSelectFiles: false,
    canSelectFolders: true,
    defaultUri: vscode.Uri.file(before),
  });
  return picked?.[0];
}

export const fileIn = (folder: string, name: string): string =>
  join(folder, `${slug(name.trim())}.ta-customer.json`);

/** Whether the three files of a customer can be written there. A folder that is not there yet is made when it is needed. */
async function placeAt(folder: string, name: string): Promise<Place> {
  const path = fileIn(folder, name);
  const fit = { folder, folderProblem: '', ignorable: false };
  try {
    if (!(await exists(folder))) return fit;
    const taken = name.trim() !== '' && (await exists(path));
    if (taken) {
      const folderProblem = vscode.l10n.t(
        '{0} already exists. Set that customer up, or choose another place.',
        path,
      );
      return { ...fit, folderProblem };
    }
    const preferences = preferencesFileOf(path);
    for (const each of [path, recordFileOf(path), preferences]) await canWrite(each);
    await checkPlace(preferences);
    return fit;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { folder, folderProblem: sentences(error), ignorable: error.code === 'TA-NOT-IGNORED' };
  }
}
