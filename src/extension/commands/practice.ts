import * as vscode from 'vscode';
import { askMany, askOne, askToAgree, type Option } from '../ask/ask-pick.ts';
import { tellUnlessSeen } from '../set-up/mirror.ts';
import { practiceProblems } from '../shell/practice-problems.ts';
import type { RunningPractice } from '../shell/serve-practice.ts';
import type { Command } from '../shell/shell.ts';
import { openPage } from '../sign-in/open-page.ts';

/** Asks nothing. A practice tenant that is running, or that was stopped, stays as it is. */
export const startPracticeTenant: Command = async ({ practice }) => tellRunning(await practice.open());

/** The page with the mailboxes; a practice tenant that is not running is started first. */
export const openPracticeTenant: Command = async ({ practice }) => openPage((await practice.open()).origin);

/** A fresh practice tenant that has the chosen problems, whether one is running or not. */
export const rehearseProblem: Command = async ({ practice }) => {
  const question = practice.running
    ? vscode.l10n.t('Choose problems to rehearse; a fresh practice tenant replaces the running one')
    : vscode.l10n.t('Choose problems to rehearse');
  const wanted = { question, options: practiceProblems(), chosen: [] };
  const problems = await askMany(wanted, vscode.l10n.t('Rehearse a Problem'));
  tellRunning(await practice.start(problems));
};

/** Behind PRACTICE in the status bar. */
export const showPracticeMenu: Command = async (shell, target) => {
  const choice = (icon: string, label: string, value: Command): Option<Command> => ({
    label: `$(${icon}) ${label}`,
    value,
  });
  const options = [
    choice('browser', vscode.l10n.t('Open Practice Tenant'), openPracticeTenant),
    choice('beaker', vscode.l10n.t('Rehearse a Problem…'), rehearseProblem),
    choice('refresh', vscode.l10n.t('Start Fresh'), startFresh),
    choice('debug-stop', vscode.l10n.t('Stop'), stopPracticeTenant),
  ];
  const question = vscode.l10n.t('The practice tenant is running. Nothing reaches Microsoft.');
  const act = await askOne({ question, options }, vscode.l10n.t('Practice Tenant'));
  await act(shell, target);
};

/** Nothing of the old one is left, so the customers that were set up in it have to be set up again. */
const startFresh: Command = async ({ practice }) => {
  const start = vscode.l10n.t('Start Fresh');
  const question = vscode.l10n.t('Start a fresh practice tenant?');
  const detail = vscode.l10n.t('Everything in the current one is deleted: applications, secrets and emails.');
  if (await askToAgree(question, detail, start)) tellRunning(await practice.start([]));
};

function tellRunning({ problems }: RunningPractice): void {
  const open = vscode.l10n.t('Open Practice Tenant');
  const running = vscode.l10n.t(
    'The practice tenant is running: domain contoso.com, sender ta@contoso.com. Until you stop it, nothing is sent to Microsoft.',
  );
  const message = problems.length === 0 ? running : `${running} ${problemLine(problems)}`;
  void tellUnlessSeen(message, open).then(async (answer) => {
    if (answer === open) await vscode.commands.executeCommand('taExchange.openPracticeTenant');
  });
}

const problemLine = (problems: readonly string[]): string =>
  vscode.l10n.t('Problems: {0}.', problems.join(', '));

export const stopPracticeTenant: Command = async ({ practice }) => {
  const message = practice.running
    ? vscode.l10n.t('The practice tenant is stopped. From now on requests go to Microsoft.')
    : vscode.l10n.t('The practice tenant is not running.');
  await practice.stop();
  void tellUnlessSeen(message);
};
