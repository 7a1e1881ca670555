import { chooseFile } from '../choose-customer.ts';
import type { Command } from '../command.ts';
import { openForm } from '../mail-form/open-form.ts';

export const openVerificationForm: Command = async (shell, target) => {
  await openForm(shell, (await chooseFile(shell, target)).uri);
};
