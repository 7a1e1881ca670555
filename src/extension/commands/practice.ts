import * as vscode from 'vscode';
import { scenarios } from '../../practice/scenarios.ts';
import type { Command } from '../command.ts';
import { openPage } from '../sign-in/open-page.ts';

export const startPracticeTenant: Command = async ({ practice }) => {
  const items = Object.entries(scenarios).map(([label, { description }]) => ({ label, detail: description }));
  const placeHolder = practice.running
    ? vscode.l10n.t('The practice tenant runs. Start a fresh one; with which conditions?')
    : vscode.l10n.t('Which conditions shall the practice tenant have? None is fine.');
  const options = { canPickMany: true, placeHolder, matchOnDetail: true } as const;
  const picked = await vscode.window.showQuickPick(items, options);
  if (!picked) throw new vscode.CancellationError();
  const { origin } = await practice.start(picked.map(({ label }) => label));
  const open = vscode.l10n.t('Open Its Page');
  const message = vscode.l10n.t(
    'The practice tenant runs: domain contoso.com, sender ta@contoso.com. Until it is stopped nothing is sent to Microsoft.',
  );
  void vscode.window.showInformationMessage(message, open).then(async (answer) => {
    if (answer === open) await openPage(origin);
  });
};

export const stopPracticeTenant: Command = async ({ practice }) => {
  if (!practice.running)
    return void vscode.window.showInformationMessage(vscode.l10n.t('The practice tenant does not run.'));
  await practice.stop();
  void vscode.window.showInformationMessage(
    vscode.l10n.t('The practice tenant is stopped. From now on requests go to Microsoft.'),
  );
};
