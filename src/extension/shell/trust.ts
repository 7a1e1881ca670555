import * as vscode from 'vscode';
import { reachesOut } from '../../core/files/windows-path.ts';

/** Files of a folder that is not trusted are not read: they could name any tenant and any sender. */
export const isTrusted = (uri: vscode.Uri): boolean =>
  vscode.workspace.isTrusted || !vscode.workspace.getWorkspaceFolder(uri);

/** For a file that a command was called on. Throws a CancellationError. */
export async function refuseUntrusted(uri: vscode.Uri): Promise<void> {
  if (isTrusted(uri)) return;
  const manage = vscode.l10n.t('Manage Workspace Trust');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('This folder is in Restricted Mode, so its customer files are not used.'),
    manage,
  );
  if (answer === manage) await vscode.commands.executeCommand('workbench.trust.manage');
  throw new vscode.CancellationError();
}

const customerSuffix = '.ta-customer.json';

/**
 * The customer file that a command was called on: from a tree item, the explorer, a CodeLens, or another extension.
 * Whatever names no customer file on this machine counts as nothing, and the person is asked.
 */
export function targetUri(target: unknown): vscode.Uri | undefined {
  const uri = uriIn(target);
  return uri?.scheme === 'file' && uri.path.endsWith(customerSuffix) && isOurs(uri) ? uri : undefined;
}

/** What another extension passes must not reach for another machine, or a device; what the person has opened may. */
const isOurs = (uri: vscode.Uri): boolean =>
  !reachesOut(uri.fsPath) || vscode.workspace.getWorkspaceFolder(uri) !== undefined;

/** A tree item holds its file at one of these places. */
const places = ['uri', 'resourceUri', 'file', 'state', 'customer'];

function uriIn(value: unknown, depth = 0): vscode.Uri | undefined {
  if (value instanceof vscode.Uri) return value;
  if (typeof value === 'string' && value.startsWith('file:')) return vscode.Uri.parse(value);
  if (typeof value !== 'object' || value === null || depth > 2) return undefined;
  for (const place of places) {
    const found = uriIn(Reflect.get(value, place), depth + 1);
    if (found) return found;
  }
  return undefined;
}
