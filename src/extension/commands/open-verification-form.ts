import { chooseFile } from '../customers/choose.ts';
import { openForm } from '../mail-form/open-form.ts';
import type { Command } from '../shell/shell.ts';

export const openVerificationForm: Command = async (shell, target) => {
  await openForm(shell, (await chooseFile(shell, target)).uri);
};
