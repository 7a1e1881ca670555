import * as vscode from 'vscode';

/** The extension's settings. Anything of another shape than contributed counts as not set. */
export interface Settings {
  /** Client id that admins sign in with; `undefined`: core's own. */
  readonly clientId: string | undefined;
  readonly way: 'deviceCode' | 'browser';
  /** Whether a sign-in may be kept while the set-up waits for somebody else's consent. */
  readonly keepSignInWhileWaiting: boolean;
  /** How long a test mail may take to arrive. */
  readonly receiptSeconds: number;
  /** Whether all customers are checked once a day while VS Code is open. */
  readonly checkDaily: boolean;
}

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Reads what the user has set, never the workspace: a folder from elsewhere must not choose which application an admin
 * signs in to.
 */
export function readSettings(): Settings {
  const clientId = userValue('signIn.clientId');
  const seconds = userValue('receiptSeconds');
  return {
    clientId: typeof clientId === 'string' && guid.test(clientId) ? clientId : undefined,
    way: userValue('signIn.way') === 'browser' ? 'browser' : 'deviceCode',
    keepSignInWhileWaiting: userValue('signIn.keepWhileWaiting') !== false,
    checkDaily: userValue('check.daily') === true,
    receiptSeconds: typeof seconds === 'number' && seconds >= 0 && seconds <= 3600 ? seconds : 120,
  };
}

function userValue(key: string): unknown {
  const found = vscode.workspace.getConfiguration('taExchange').inspect<unknown>(key);
  return found?.globalValue ?? found?.defaultValue;
}
