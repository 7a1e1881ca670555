import * as vscode from 'vscode';
import { runCommand } from './run-command.ts';
import type { Shell } from './shell.ts';

/** The command table: `taExchange.NAME` runs what `work.ts` exports by that name. */
const names = [
  'setUpCustomer',
  'resumeSetUp',
  'signIn',
  'signOut',
  'previewChanges',
  'checkCustomer',
  'savePlan',
  'setUpFromPlan',
  'createAppRegistration',
  'grantGraphPermissions',
  'createClientSecret',
  'writeEmailPreferences',
  'sendTestEmail',
  'openVerificationForm',
  'exportPreferences',
  'handOver',
  'keepSecretInVault',
  'createAdminScript',
  'importAdminResult',
  'createMailboxScopeScript',
  'proveMailboxScope',
  'startPracticeTenant',
  'rehearseProblem',
  'stopPracticeTenant',
  'openWalkthrough',
  'showLog',
  'copySupportInfo',
  'forgetCustomer',
  'removeAllData',
  'copyClientId',
  'openCustomerFile',
] as const satisfies readonly (keyof typeof import('./work.ts'))[];

export const commandIds = names.map((name) => `taExchange.${name}`);

export function registerCommands(shell: Shell): vscode.Disposable {
  const registered = names.map((name) => {
    const id = `taExchange.${name}`;
    return vscode.commands.registerCommand(id, (target: unknown) =>
      runCommand(shell, id, async () => (await import('./work.ts'))[name](shell, target)),
    );
  });
  return vscode.Disposable.from(...registered);
}
