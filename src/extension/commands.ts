import * as vscode from 'vscode';
import { runCommand } from './run-command.ts';
import type { Shell } from './shell.ts';

/** A command's work. `target`: the tree item, file or link it was called on, untrusted; `undefined` from the palette. */
export type Command = (shell: Shell, target: unknown) => Promise<void>;

const setUp = () => import('./commands/set-up-customer.ts');
const parts = () => import('./commands/parts.ts');
const look = () => import('./commands/look.ts');
const practice = () => import('./commands/practice.ts');

/** The command table. A command's code is loaded when it first runs. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  'taExchange.setUpCustomer': async () => (await setUp()).setUpCustomer,
  'taExchange.resumeSetUp': async () => (await setUp()).resumeSetUp,
  'taExchange.signIn': async () => (await import('./commands/sign-in.ts')).signIn,
  'taExchange.signOut': async () => (await import('./commands/sign-out.ts')).signOut,
  'taExchange.previewChanges': async () => (await look()).previewChanges,
  'taExchange.checkCustomer': async () => (await look()).checkCustomer,
  'taExchange.createAppRegistration': async () => (await parts()).createAppRegistration,
  'taExchange.grantGraphPermissions': async () => (await parts()).grantGraphPermissions,
  'taExchange.createClientSecret': async () => (await parts()).createClientSecret,
  'taExchange.writeEmailPreferences': async () => (await parts()).writeEmailPreferences,
  'taExchange.sendTestEmail': async () => (await import('./commands/send-test-email.ts')).sendTestEmail,
  'taExchange.openVerificationForm': async () =>
    (await import('./commands/open-verification-form.ts')).openVerificationForm,
  'taExchange.exportPreferences': async () =>
    (await import('./commands/export-preferences.ts')).exportPreferences,
  'taExchange.startPracticeTenant': async () => (await practice()).startPracticeTenant,
  'taExchange.stopPracticeTenant': async () => (await practice()).stopPracticeTenant,
  'taExchange.openWalkthrough': async () => (await import('./commands/open-walkthrough.ts')).openWalkthrough,
  'taExchange.showLog': async () => (await import('./commands/show-log.ts')).showLog,
  'taExchange.copySupportInfo': async () => (await import('./commands/copy-support-info.ts')).copySupportInfo,
  'taExchange.forgetCustomer': async () => (await import('./commands/forget-customer.ts')).forgetCustomer,
  'taExchange.copyClientId': async () => (await import('./commands/copy-client-id.ts')).copyClientId,
  'taExchange.openCustomerFile': async () =>
    (await import('./commands/open-customer-file.ts')).openCustomerFile,
};

export function registerCommands(shell: Shell): vscode.Disposable {
  const registered = Object.entries(commands).map(([id, load]) =>
    vscode.commands.registerCommand(id, (target: unknown) =>
      runCommand(shell, id, async () => (await load())(shell, target)),
    ),
  );
  return vscode.Disposable.from(...registered);
}
