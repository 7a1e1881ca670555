import * as vscode from 'vscode';
import { reachesOut } from '../../core/files/windows-path.ts';
import { openSetUpPage } from './runs.ts';

/** Files of a folder that is not trusted are not read: they could name any tenant and any sender. */
export const isTrusted = (uri: vscode.Uri): boolean =>
  vscode.workspace.isTrusted || !vscode.workspace.getWorkspaceFolder(uri);

/** For a file that a command was called on: the page of a new customer says why, and how to trust the folder. Throws a CancellationError. */
export async function refuseUntrusted(uri: vscode.Uri): Promise<void> {
  if (isTrusted(uri)) return;
  await openSetUpPage();
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
