import * as vscode from 'vscode';
import { standingOf } from '../../core/customer/standing.ts';
import type { PartName } from '../../core/setup/step.ts';
import { chooseCustomer, chooseFile, type Offer, offered, openCustomer } from '../customers/choose.ts';
import { readCustomerState } from '../customers/state.ts';
import { recallDraft } from '../set-up/draft.ts';
import { doPart, setUp } from '../set-up/stories.ts';
import { openSetUpPage } from '../shell/runs.ts';
import type { Command, Shell } from '../shell/shell.ts';
import { targetUri } from '../shell/trust.ts';

/** The page of a customer. A set-up that stopped half-way goes on; the only customer is not asked about, and without one a new one begins. */
export const setUpCustomer: Command = async (shell, target) => {
  const count = targetUri(target.item) ? 1 : (await offered(shell)).length;
  const file =
    count === 0 ? undefined : await chooseFile(shell, target, count === 1 ? [] : [anotherOne(shell)]);
  if (!file) return await openSetUpPage();
  const { move } = standingOf(await readCustomerState(file, shell.customers), Date.now());
  if (move === 'resume') await setUp(await openCustomer(file, shell), shell);
  else await openSetUpPage(file.uri);
};

/** The page of one that has no file yet, with what was typed into it before. */
export const newCustomer: Command = async () => await openSetUpPage();

/** Sets up what is left, with the page in front. */
export const resumeSetUp: Command = async (shell, target) => {
  const file = await chooseFile(shell, target);
  await setUp(await openCustomer(file, shell), shell);
};

/** One that was begun is offered by its name. */
function anotherOne({ context }: Shell): Offer<undefined> {
  const { name = '' } = recallDraft(context.globalState, 'new');
  return name.trim() === ''
    ? { label: `$(add) ${vscode.l10n.t('New Customer…')}`, alwaysShow: true, value: async () => undefined }
    : {
        label: `$(history) ${vscode.l10n.t('Resume Set-Up of {0}', name)}`,
        description: vscode.l10n.t('draft, unfinished'),
        alwaysShow: true,
        value: async () => undefined,
      };
}

const commandFor =
  (part: PartName): Command =>
  async (shell, target) =>
    await doPart(part, await chooseCustomer(shell, target), shell);

export const createAppRegistration = commandFor('registration');
export const createClientSecret = commandFor('secret');
export const grantGraphPermissions = commandFor('permissions');
export const writeEmailPreferences = commandFor('preferences');
