import * as vscode from 'vscode';
import type { Customer } from '../../core/customer/customer.ts';
import { standingOf } from '../../core/customer/standing.ts';
import { plain } from '../../core/words/say.ts';
import { askOpenPath } from '../ask/ask-path.ts';
import { askOne, type Option } from '../ask/ask-pick.ts';
import { OnPage, requireWorld } from '../shell/ports.ts';
import type { Shell, Target } from '../shell/shell.ts';
import { isTrusted, refuseUntrusted, targetUri } from '../shell/trust.ts';
import { customerFile, type ListedFile } from './list.ts';
import { type ListedCustomer, readFiles } from './read-files.ts';
import { type CustomerState, readCustomerState } from './state.ts';
import { standingWords } from './tree/words.ts';

/** A customer whose files could be read. */
export interface KnownCustomer extends CustomerState {
  readonly customer: Customer;
}

/** What else than a customer a command offers, below them. `undefined`: a customer that has no file yet. */
export type Offer<T extends ListedFile | undefined> = Option<() => Promise<T>>;

/**
 * The customer a command is for: the one it was called on, else the one that the person picks. Throws a CancellationError
 * where no one is picked, and what its page says where the files cannot be read or it cannot be worked on now.
 */
export async function chooseCustomer(shell: Shell, target: Target): Promise<KnownCustomer> {
  const chosen = await chooseForFiles(shell, target);
  requireWorld(chosen.record, shell, chosen.file.uri);
  return chosen;
}

/** As `chooseCustomer`, for commands that send no request: they work whether the practice tenant is running or not. */
export async function chooseForFiles(shell: Shell, target: Target): Promise<KnownCustomer> {
  return openCustomer(await chooseFile(shell, target), shell);
}

/** As `chooseCustomer`, for commands that do not need the file's content. */
export async function chooseFile<T extends ListedFile | undefined = ListedFile>(
  shell: Shell,
  target: Target,
  offers: readonly Offer<T>[] = [],
): Promise<ListedFile | T> {
  const uri = targetUri(target.item);
  const file = uri ? customerFile(uri) : await pickFile(shell, target.commandTitle, offers);
  return file && (await taken(file, shell));
}

async function taken(file: ListedFile, { customers }: Shell): Promise<ListedFile> {
  await refuseUntrusted(file.uri);
  await customers.use(file.uri);
  return file;
}

/** As `chooseFile`, where what was read tells whose it is: one that fits is not asked about; where none does, it is a new one. */
export async function chooseFitting(
  shell: Shell,
  target: Target,
  fits: (customer: ListedCustomer) => boolean,
  fresh: Offer<ListedFile>,
): Promise<ListedFile> {
  if (targetUri(target.item)) return await chooseFile(shell, target);
  const read = await Promise.all((await offered(shell)).map((file) => readFiles(file, shell.customers)));
  const fitting = read.filter(fits).map(({ file }) => file);
  const [only = await fresh.value(), second] = fitting;
  return await taken(second ? await pickFile(shell, target.commandTitle, [fresh], fitting) : only, shell);
}

export async function openCustomer(
  file: ListedFile,
  { customers }: Pick<Shell, 'customers'>,
): Promise<KnownCustomer> {
  const state = await readCustomerState(file, customers);
  const { customer, problem } = state;
  if (problem) throw new OnPage(file.uri, problem);
  if (!customer) throw new Error('A customer file without a customer.');
  return { ...state, customer };
}

/** The place that the record names counts once the person has chosen it. Throws a CancellationError on Esc. */
export async function askPlace({ customers }: Pick<Shell, 'customers'>, { uri }: ListedFile): Promise<void> {
  const title = vscode.l10n.t('The preferences file of this customer');
  await customers.keepPlace(uri, await askOpenPath({ title }));
}

/** Those that can be worked on: on this machine, and not in a folder that is not trusted. */
export async function offered({ customers }: Pick<Shell, 'customers'>): Promise<ListedFile[]> {
  return (await customers.list()).filter(({ uri }) => uri.scheme === 'file' && isTrusted(uri));
}

/** The only customer is not asked about. What else a command offers comes last. */
async function pickFile<T extends ListedFile | undefined>(
  shell: Shell,
  title: string,
  offers: readonly Offer<T>[],
  among?: readonly ListedFile[],
): Promise<ListedFile | T> {
  const files = among ?? (await offered(shell));
  const [only, second] = files;
  if (offers.length === 0 && !second) return only ?? (await offerFirst());
  const kind = vscode.QuickPickItemKind.Separator;
  const separator = { value: undefined, label: '', kind };
  const options: Option<(() => Promise<ListedFile | T>) | undefined>[] = [
    ...(await rowsOf(files, shell)),
    ...(files.length > 0 && offers.length > 0 ? [separator] : []),
    ...offers,
  ];
  const question = vscode.l10n.t('Which customer?');
  const begin = await askOne({ question, options }, title);
  if (!begin) throw new vscode.CancellationError();
  return await begin();
}

/** The one that was worked on last first, each with its name, its tenant and how far it is. */
async function rowsOf(files: readonly ListedFile[], { customers }: Shell): Promise<Offer<ListedFile>[]> {
  const recent = customers.recent();
  const rank = ({ uri }: ListedFile): number =>
    recent.indexOf(uri.toString()) + 1 || Number.POSITIVE_INFINITY;
  const sorted = files.toSorted((one, other) => Math.sign(rank(one) - rank(other)) || 0);
  const read = await Promise.all(sorted.map((file) => readFiles(file, customers)));
  return read.map((each) => ({
    value: async () => each.file,
    label: each.customer?.name ?? each.file.stem,
    description: each.customer?.tenant ?? plain(vscode.workspace.asRelativePath(each.file.uri)),
    detail: standingWords(standingOf(each, Date.now())),
  }));
}

/** The page of a new customer says what is asked; what was wanted has no customer yet. */
async function offerFirst(): Promise<never> {
  await vscode.commands.executeCommand('taExchange.setUpCustomer');
  throw new vscode.CancellationError();
}
