import * as vscode from 'vscode';
import type { Choice, PlaceWish, VaultPlace } from '../../../core/escrow/place.ts';
import { plain } from '../../../core/words/say.ts';
import { askOne } from '../../ask/ask-pick.ts';
import { askLine, type InputVerdict } from '../../ask/ask-text.ts';
import type { Either } from '../../set-up/run-state.ts';

/** One of several places. Throws a CancellationError on Esc. */
export function chooseInBox({ what, from }: Choice): Promise<string> {
  const options = from.map(({ value, label }) => ({ value, label: plain(label) }));
  return askOne({ question: questions()[what], options }, title());
}

const title = (): string => vscode.l10n.t('Keep Secret in Key Vault');

const questions = (): Readonly<Record<Choice['what'], string>> => ({
  subscription: vscode.l10n.t('Which Azure subscription?'),
  'resource group': vscode.l10n.t('Which resource group?'),
  vault: vscode.l10n.t('Which Key Vault?'),
});

/** Asked once, right before the first write: where the secret goes, and what is made for it. */
export function placeQuestion({ subscription, group, vault }: VaultPlace): Either {
  const made = (name: string, isNew: boolean): string =>
    isNew ? vscode.l10n.t('{0}, to be created', name) : name;
  const lines = [
    vscode.l10n.t('Subscription: {0} ({1})', plain(subscription.name), plain(subscription.id)),
    vscode.l10n.t('Resource group: {0}', made(plain(group.name), group.isNew)),
    vscode.l10n.t('Vault: {0}', made(plain(vault.name), vault.isNew)),
  ];
  const title = vscode.l10n.t('Keep the client secret in the vault {0}?', plain(vault.name));
  const [agree, refuse] = [vscode.l10n.t('Write Secret'), vscode.l10n.t('Write Nothing')];
  return { title, lines, refuse, agree, wanted: true };
}

const groupName = /^[\w.()-]{0,89}[\w()-]$/;
const region = /^[a-z]+[a-z0-9]*$/;
const vaultName = /^(?=.{3,24}$)[A-Za-z](?:-?[A-Za-z0-9])+$/;

/** A subscription without any resource group needs one. */
export async function askNewGroup(): Promise<PlaceWish> {
  const group = await askName(
    vscode.l10n.t('The subscription has no resource group. Name a new one.'),
    groupName,
    vscode.l10n.t('Letters, digits, dots and dashes.'),
  );
  const location = await askName(
    vscode.l10n.t('Which Azure region? For example westeurope.'),
    region,
    vscode.l10n.t('A region as Azure writes it, such as westeurope.'),
  );
  return { group, location };
}

/** `why` the name so far cannot be had. */
export function askVaultName(before: string, why: string): Promise<string> {
  const wrong = vscode.l10n.t('3 to 24 letters, digits and single dashes, a letter first.');
  return askName(vscode.l10n.t('Another name for the vault. {0}', why), vaultName, wrong, before);
}

function askName(prompt: string, pattern: RegExp, problem: string, value = ''): Promise<string> {
  const read = (typed: string): InputVerdict<string> =>
    pattern.test(typed) ? { ok: true, value: typed } : { ok: false, problem };
  return askLine({ prompt, value, read }, title());
}
