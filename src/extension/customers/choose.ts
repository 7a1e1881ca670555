import * as vscode from 'vscode';
import type { Customer } from '../../core/customer/customer.ts';
import type { Failure } from '../../core/words/failure.ts';
import { askOpenPath } from '../ask/ask-path.ts';
import { askOne, type Option } from '../ask/ask-pick.ts';
import { coreWords } from '../core-words.ts';
import { requireWorld } from '../shell/practice-room.ts';
import type { Shell } from '../shell/shell.ts';
import { refuseUntrusted, targetUri } from '../shell/trust.ts';
import { createCustomer } from '../wizard/create-customer.ts';
import { customerFile, type ListedFile } from './list.ts';
import { type CustomerState, readCustomerState } from './state.ts';

/** A customer whose files could be read. */
export interface KnownCustomer extends CustomerState {
  readonly customer: Customer;
}

/** What a person may pick: a customer, or something else that the command offers above them. */
export type Offer = Option<() => Promise<ListedFile>>;

/**
 * The customer a command is for: the one it was called on, else the one that the person picks. Throws a CancellationError
 * where nobody is picked, a Failure where the files cannot be read, and an OtherWorld where it cannot be worked on now.
 */
export async function chooseCustomer(shell: Shell, target: unknown): Promise<KnownCustomer> {
  const chosen = await chooseForFiles(shell, target);
  requireWorld(chosen.record, shell);
  return chosen;
}

/** As `chooseCustomer`, for commands that send no request: they work whether the practice tenant is running or not. */
export async function chooseForFiles(shell: Shell, target: unknown): Promise<KnownCustomer> {
  return known(await chooseFile(shell, target), shell);
}

/** As `chooseCustomer`, for commands that do not need the file's content. */
export async function chooseFile(
  shell: Shell,
  target: unknown,
  offers: readonly Offer[] = [createNew(shell)],
): Promise<ListedFile> {
  const uri = targetUri(target);
  const file = uri ? customerFile(uri) : await pickFile(shell, offers);
  await refuseUntrusted(file.uri);
  return file;
}

export async function known(
  file: ListedFile,
  { customers }: Pick<Shell, 'customers'>,
): Promise<KnownCustomer> {
  const state = await readCustomerState(file, customers);
  const { customer, problem } = state;
  if (problem?.code === 'TA-PATH-OUTSIDE') {
    await customers.keepPlace(file.uri, await askPlace(problem));
    return await known(file, { customers });
  }
  if (problem) throw problem;
  if (!customer) throw new Error('A customer file without a customer.');
  return { ...state, customer };
}

/** The place that the record names counts once the person has chosen it. Throws the problem where they do not. */
async function askPlace(problem: Failure): Promise<string> {
  const choose = vscode.l10n.t('Choose File…');
  const detail = coreWords(problem.advice.cause);
  const answer = await vscode.window.showWarningMessage(
    coreWords(problem.words),
    { modal: true, detail },
    choose,
  );
  if (answer !== choose) throw problem;
  return await askOpenPath({ title: vscode.l10n.t('The preferences file of this customer') });
}

export function createNew(shell: Shell): Offer {
  return {
    label: `$(add) ${vscode.l10n.t('Create new…')}`,
    alwaysShow: true,
    value: () => createCustomer(shell),
  };
}

async function pickFile(shell: Shell, offers: readonly Offer[]): Promise<ListedFile> {
  const files = (await shell.customers.list()).filter(({ uri }) => uri.scheme === 'file');
  const separator = {
    value: undefined,
    label: vscode.l10n.t('Customers'),
    kind: vscode.QuickPickItemKind.Separator,
  };
  const options: Option<Offer['value'] | undefined>[] = [
    ...offers,
    separator,
    ...files.map((file) => ({
      value: async () => file,
      label: file.stem,
      description: vscode.workspace.asRelativePath(file.uri),
    })),
  ];
  const begin = await askOne({ placeholder: vscode.l10n.t('Which customer?'), options });
  if (!begin) throw new vscode.CancellationError();
  return await begin();
}
