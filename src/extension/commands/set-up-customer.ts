import { chooseFile, createNew, known } from '../customers/choose.ts';
import type { ListedFile } from '../customers/list.ts';
import { openForm } from '../mail-form/open-form.ts';
import { setUp } from '../set-up/set-up-customer.ts';
import type { Command, Shell } from '../shell/shell.ts';
import { draftOffers } from '../wizard/draft-offer.ts';

/** The wizard for a new customer, or what is left to do for one that is there. */
export const setUpCustomer: Command = async (shell, target) => {
  const file = await chooseFile(shell, target, [...draftOffers(shell), createNew(shell)]);
  await setUpFile(file, shell);
};

/** From the tree: an unfinished wizard, or a customer whose set-up stopped half-way. */
export const resumeSetUp: Command = async (shell, target) => {
  const file = await chooseFile(shell, target, [...draftOffers(shell), createNew(shell)]);
  await setUpFile(file, shell);
};

async function setUpFile(file: ListedFile, shell: Shell): Promise<void> {
  const customer = await known(file, shell);
  await setUp(customer, shell);
  await openForm(shell, file.uri);
}
