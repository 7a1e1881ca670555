import * as vscode from 'vscode';
import type { PartName } from '../../core/setup/step.ts';
import type { PartOutcome } from '../../core/stories/set-up-part.ts';
import { chooseCustomer, type KnownCustomer } from '../customers/choose.ts';
import { doPart } from '../set-up/do-part.ts';
import type { Command, Shell } from '../shell/shell.ts';

export const createAppRegistration: Command = (shell, target) => runPart('registration', shell, target);
export const createClientSecret: Command = (shell, target) => runPart('secret', shell, target);
export const grantGraphPermissions: Command = (shell, target) => runPart('permissions', shell, target);
export const writeEmailPreferences: Command = (shell, target) => runPart('preferences', shell, target);

async function runPart(part: PartName, shell: Shell, target: unknown): Promise<void> {
  await doAndTell(part, await chooseCustomer(shell, target), shell);
}

/** Where an earlier part is still open, the person may have it done at once; then this one follows. */
async function doAndTell(
  part: PartName,
  customer: KnownCustomer,
  shell: Shell,
  made?: PartName,
): Promise<void> {
  const outcome = await doPart(part, customer, shell, made);
  if (outcome.kind !== 'needs') return tell(part, outcome, customer);
  const doFirst = vscode.l10n.t('Do That First');
  const question = vscode.l10n.t('"{0}" has to come first.', names()[outcome.first]);
  if ((await vscode.window.showWarningMessage(question, doFirst)) !== doFirst) return;
  await doAndTell(outcome.first, customer, shell, made);
  await doAndTell(part, customer, shell, outcome.first);
}

function tell(part: PartName, { kind }: PartOutcome, { customer, paths }: KnownCustomer): void {
  const writes = part === 'preferences' || part === 'secret';
  const message = writes
    ? vscode.l10n.t('{0}: {1} ({2}).', customer.name, titles()[part], paths.preferences)
    : vscode.l10n.t('{0}: {1}.', customer.name, titles()[part]);
  const text = kind === 'made' ? message : vscode.l10n.t('Nothing to do. {0}', message);
  void vscode.window.showInformationMessage(text);
}

/** As the commands are called. */
const names = (): Readonly<Record<PartName, string>> => ({
  registration: vscode.l10n.t('Create App Registration'),
  permissions: vscode.l10n.t('Grant Graph Permissions'),
  secret: vscode.l10n.t('Create Client Secret'),
  preferences: vscode.l10n.t('Write Email Preferences'),
});

const titles = (): Readonly<Record<PartName, string>> => ({
  registration: vscode.l10n.t('the application is registered'),
  permissions: vscode.l10n.t('the Graph permissions are granted'),
  secret: vscode.l10n.t('the client secret is made, and the preferences file written'),
  preferences: vscode.l10n.t('the preferences file is written'),
});
