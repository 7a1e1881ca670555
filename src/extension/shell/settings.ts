import { isAbsolute } from 'node:path';
import * as vscode from 'vscode';

/** The extension's settings. Anything of another shape than contributed counts as not set. */
export interface Settings {
  /** Client id that admins sign in with; `undefined`: core's own. */
  readonly clientId: string | undefined;
  readonly way: 'deviceCode' | 'browser';
  /** Whether a sign-in may be kept while the set-up waits for someone else's consent. */
  readonly keepSignInWhileWaiting: boolean;
  /** How long a test email may take to arrive. */
  readonly receiptSeconds: number;
  /** Whether all customers are checked once a day while VS Code is open. */
  readonly checkDaily: boolean;
  /** For new customers. */
  readonly secretLifetimeDays: number;
  /** Where new customers' files go; empty: the folder that is open. */
  readonly folder: string;
  /** Who is proposed for test emails, where it is an address; empty: the signed-in admin. */
  readonly testRecipient: string;
  readonly openFormAfterSetUp: boolean;
}

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Reads what the user has set, never the workspace: a folder from elsewhere must not choose which application an admin
 * signs in to.
 */
export function readSettings(): Settings {
  const clientId = textIn('signIn.clientId');
  const folder = textIn('folder');
  return {
    clientId: guid.test(clientId) ? clientId : undefined,
    way: userValue('signIn.way') === 'browser' ? 'browser' : 'deviceCode',
    keepSignInWhileWaiting: userValue('signIn.keepWhileWaiting') !== false,
    checkDaily: userValue('check.daily') === true,
    receiptSeconds: numberIn(userValue('receiptSeconds'), 0, 3600) ?? 120,
    secretLifetimeDays: numberIn(userValue('secretLifetimeDays'), 1, 730) ?? 180,
    folder: isAbsolute(folder) ? folder : '',
    testRecipient: textIn('testRecipient'),
    openFormAfterSetUp: userValue('openFormAfterSetUp') !== false,
  };
}

const numberIn = (value: unknown, least: number, most: number): number | undefined =>
  typeof value === 'number' && value % 1 === 0 && value >= least && value <= most ? value : undefined;

function textIn(key: string): string {
  const value = userValue(key);
  return typeof value === 'string' ? value : '';
}

function userValue(key: string): unknown {
  const found = vscode.workspace.getConfiguration('taExchange').inspect<unknown>(key);
  return found?.globalValue ?? found?.defaultValue;
}
