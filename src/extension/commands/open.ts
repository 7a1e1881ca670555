import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { chooseCustomer, chooseFile, chooseForFiles } from '../customers/choose.ts';
import { readFiles } from '../customers/read-files.ts';
import { copyText } from '../customers/tree/tooltip.ts';
import { offerSetUp } from '../set-up/job.ts';
import { lookAtCustomer } from '../set-up/stories.ts';
import { withTicks } from '../shell/context-keys.ts';
import { openForm, openSetUpPage } from '../shell/runs.ts';
import type { Command } from '../shell/shell.ts';

/** The form alone, for any customer. */
export const openVerificationForm: Command = async (shell, target) => {
  await openForm((await chooseFile(shell, target)).uri);
};

/** The form on the customer's page. */
export const sendTestEmail: Command = async (shell, target) => {
  await openSetUpPage((await chooseCustomer(shell, target)).file.uri, 'email');
};

/** What was found, and what would be changed, on the customer's page. */
export const previewChanges: Command = async (shell, target) => {
  await lookAtCustomer(await chooseCustomer(shell, target), shell);
};

/** Where something in its files has to be mended, that file at its line. */
export const openCustomerFile: Command = async (shell, target) => {
  const file = await chooseFile(shell, target);
  const { trouble } = await readFiles(file, shell.customers);
  const there = trouble && { selection: new vscode.Range(trouble.line, 0, trouble.line, 0) };
  await vscode.window.showTextDocument(trouble?.uri ?? file.uri, there);
};

const Manifest = z.object({
  contributes: z.object({ walkthroughs: z.array(z.object({ id: z.string() })) }),
});

export const openWalkthrough: Command = async ({ context }) => {
  const { extension } = context;
  const [walkthrough] = z.parse(Manifest, extension.packageJSON).contributes.walkthroughs;
  const category = `${extension.id}#${walkthrough?.id ?? ''}`;
  await withTicks(context, () =>
    vscode.commands.executeCommand('workbench.action.openWalkthrough', category, false),
  );
};

export const showLog: Command = async ({ log }) => log.show();

export const copyClientId: Command = async (shell, target) => {
  const known = await chooseForFiles(shell, target);
  const clientId = known.record?.application?.clientId;
  if (!clientId) return await offerSetUp(known, shell);
  await copyText(clientId);
};
