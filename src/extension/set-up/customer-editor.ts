import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import type { FieldName } from '../../contract/set-up.ts';
import type { Customer } from '../../core/customer/customer.ts';
import { writeAtomically } from '../../core/files/atomic-write.ts';
import { jsonText } from '../../core/json.ts';
import { customerFile, type ListedFile } from '../customers/list.ts';
import { readSettings } from '../shell/settings.ts';
import type { Shell } from '../shell/shell.ts';
import { createCustomerPlace, fileIn, type Place } from './customer-place.ts';
import {
  type CustomerDraft,
  customerOf,
  draftProblems,
  keepDraft,
  type Problems,
  recallDraft,
  type Values,
  valuesOf,
} from './draft.ts';
import { createTenantLookup, type Lookup, practiceDomain } from './tenant-lookup.ts';

/** The customer as it is being typed. */
export interface Editing extends Place {
  readonly values: Values;
  readonly problems: Problems;
  readonly changed: boolean;
  readonly lookup: Lookup;
}

export interface CustomerEditor {
  editing(customer: Customer | undefined): Editing;
  edit(field: FieldName, value: string): Promise<void>;
  discard(): Promise<void>;
  chooseFolder(): Promise<void>;
  addIgnoreLine(): Promise<void>;
  useKnownDomain(): Promise<void>;
  /** Writes the customer file; `undefined` where something has to be corrected first. Throws a Failure. */
  save(customer: Customer | undefined): Promise<ListedFile | undefined>;
  dispose(): void;
}

/** `file`: the customer that is changed; `undefined` for a new one. `onChange`: told whenever there is more to show. */
export function createCustomerEditor(
  shell: Shell,
  file: ListedFile | undefined,
  onChange: () => void,
): CustomerEditor {
  const typing = createTyping(shell, file?.uri.toString() ?? 'new', onChange);
  const { draft, tenant } = typing;
  const said = {
    name: () => valuesHere(draft(), undefined).name,
    folder: () => draft().folder,
    keepFolder: (folder: string) => typing.keep({ ...draft(), folder }),
  };
  const place = createCustomerPlace(said, onChange);
  let tried = false;
  if (!file) void place.test();
  const isReady = async (values: Values): Promise<boolean> => {
    tried = true;
    await tenant.settled();
    if (!file) await place.test();
    onChange();
    const wrong = Object.keys(draftProblems(values, true)).length > 0;
    return !wrong && tenant.current().kind !== 'problem' && place.current().folderProblem === '';
  };
  return {
    edit: typing.edit,
    async discard() {
      await typing.keep({});
      if (!file) await place.test();
    },
    useKnownDomain: () => typing.edit('tenant', practiceDomain),
    chooseFolder: place.choose,
    addIgnoreLine: place.addIgnoreLine,
    dispose() {
      typing.dispose();
      place.dispose();
    },
    editing(customer) {
      const values = valuesHere(draft(), customer);
      const changed = JSON.stringify(values) !== JSON.stringify(valuesHere({}, customer));
      const problems = draftProblems(values, tried);
      return { ...place.current(), values, changed, problems, lookup: tenant.current() };
    },
    async save(customer) {
      if (!(await isReady(valuesHere(draft(), customer)))) return undefined;
      // With the cloud that was found meanwhile.
      const values = valuesHere(draft(), customer);
      const uri = file?.uri ?? vscode.Uri.file(fileIn(place.current().folder, values.name));
      const wanted = customerOf(values, customer, uri.fsPath);
      const text =
        customer && (await (await import('./customer-text.ts')).changedText(uri.fsPath, customer, wanted));
      await writeCustomer(shell, uri, wanted, text);
      tried = false;
      await typing.keep({});
      return customerFile(uri);
    },
  };
}

/** A new customer's secret lasts as long as the settings say. */
const valuesHere = (draft: CustomerDraft, customer: Customer | undefined): Values =>
  valuesOf(draft, customer, readSettings().secretLifetimeDays);

/** What is typed, kept with each letter, and the tenant that it names. */
function createTyping(shell: Shell, id: string, onChange: () => void) {
  const memory = shell.context.globalState;
  let draft = recallDraft(memory, id);
  const tenant = createTenantLookup(shell, (found) => {
    if (found && found.cloud !== (draft.cloud ?? 'global')) draft = { ...draft, cloud: found.cloud };
    onChange();
  });
  const keep = async (next: CustomerDraft): Promise<void> => {
    draft = next;
    await keepDraft(memory, id, draft);
    onChange();
  };
  const look = (wait?: number): void => {
    const values = valuesHere(draft, undefined);
    const fits = values.tenant.trim() !== '' && draftProblems(values, false).tenant === undefined;
    tenant.ask(fits ? values.tenant.trim() : undefined, draft.cloud, wait);
  };
  const again = (): void => {
    if (draft.tenant !== undefined) look(0);
  };
  const switched = shell.practice.onDidChange(again);
  again();
  return {
    draft: () => draft,
    keep,
    tenant,
    async edit(field: FieldName, value: string): Promise<void> {
      // A cloud that was found belongs to the domain before.
      const { cloud: _, ...others } = draft;
      await keep(field === 'tenant' ? { ...others, tenant: value } : { ...draft, [field]: value });
      if (field === 'tenant' || field === 'cloud') look();
    },
    dispose(): void {
      tenant.dispose();
      switched.dispose();
    },
  };
}

/** Writes `NAME.ta-customer.json`, and has it in the list from now on. Throws a Failure. */
export async function writeCustomer(
  { customers }: Pick<Shell, 'customers'>,
  uri: vscode.Uri,
  customer: Customer,
  text = `${jsonText(customer)}\n`,
): Promise<void> {
  await mkdir(dirname(uri.fsPath), { recursive: true }).catch(() => undefined);
  await writeAtomically(uri.fsPath, text);
  if (!vscode.workspace.getWorkspaceFolder(uri)) await customers.remember(uri);
  else customers.changed(undefined);
  customers.changed(uri);
}
