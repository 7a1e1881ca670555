import * as vscode from 'vscode';
import { askMany } from '../ask/ask-pick.ts';
import { answerAlone } from '../ask/box.ts';
import type { Command } from '../command.ts';
import { practiceProblems } from '../practice-problems.ts';
import type { RunningPractice } from '../running-practice.ts';
import { openPage } from '../sign-in/open-page.ts';

/** Asks nothing. Where the practice tenant is running it stays as it is. */
export const startPracticeTenant: Command = async ({ practice }) => tellRunning(await practice.open());

/** A fresh practice tenant that has the chosen problems, whether one is running or not. */
export const rehearseProblem: Command = async ({ practice }) => {
  const placeholder = practice.running
    ? vscode.l10n.t('Choose problems to rehearse; a fresh practice tenant replaces the running one')
    : vscode.l10n.t('Choose problems to rehearse');
  const question = { placeholder, options: practiceProblems(), chosen: [] };
  const problems = await answerAlone(askMany(question, { title: vscode.l10n.t('Rehearse a Problem') }));
  tellRunning(await practice.start(problems));
};

function tellRunning({ origin }: RunningPractice): void {
  const open = vscode.l10n.t('Open Its Page');
  const message = vscode.l10n.t(
    'The practice tenant is running: domain contoso.com, sender ta@contoso.com. Until you stop it, nothing is sent to Microsoft.',
  );
  void vscode.window.showInformationMessage(message, open).then(async (answer) => {
    if (answer === open) await openPage(origin);
  });
}

export const stopPracticeTenant: Command = async ({ practice }) => {
  if (!practice.running)
    return void vscode.window.showInformationMessage(vscode.l10n.t('The practice tenant is not running.'));
  await practice.stop();
  void vscode.window.showInformationMessage(
    vscode.l10n.t('The practice tenant is stopped. From now on requests go to Microsoft.'),
  );
};
