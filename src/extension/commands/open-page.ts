import { chooseCustomer, chooseFile } from '../customers/choose.ts';
import { openForm } from '../mail-form/open-form.ts';
import { lookAtCustomer } from '../set-up/stories.ts';
import { openSetUpPage } from '../shell/runs.ts';
import type { Command } from '../shell/shell.ts';

/** The form alone, for any customer. */
export const openVerificationForm: Command = async (shell, target) => {
  await openForm(shell, (await chooseFile(shell, target)).uri);
};

/** The form on the customer's page. */
export const sendTestEmail: Command = async (shell, target) => {
  await openSetUpPage((await chooseCustomer(shell, target)).file.uri, 'email');
};

/** What was found, and what would be changed, on the customer's page. */
export const previewChanges: Command = async (shell, target) => {
  await lookAtCustomer(await chooseCustomer(shell, target), shell);
};
