import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import * as vscode from 'vscode';
import { askOpenPath } from '../../../src/extension/ask/ask-path.ts';
import { newCustomer, setUpCustomer } from '../../../src/extension/commands/set-up-customer.ts';
import {
  askPlace,
  chooseFile,
  chooseFitting,
  openCustomer,
} from '../../../src/extension/customers/choose.ts';
import { createCustomers, customerFile } from '../../../src/extension/customers/list.ts';
import type { ListedCustomer } from '../../../src/extension/customers/read-files.ts';
import { readCustomerState } from '../../../src/extension/customers/state.ts';
import { pageView } from '../../../src/extension/set-up/views/page-view.ts';
import type { Command, Shell } from '../../../src/extension/shell/shell.ts';
import { showError } from '../../../src/extension/shell/show-error.ts';
import { contosoCustomer } from '../../support/contoso-customer.ts';
import { errorFrom } from '../../support/error-from.ts';
import { person, pickers } from '../../support/fake-vscode.ts';
import { forgetfulContext } from '../../support/forgetful-context.ts';
import { blankFacts } from '../../support/page-facts.ts';
import { setUpRecord } from '../../support/set-up-record.ts';
import { tempFolder } from '../../support/temp-folder.ts';

beforeEach(() => {
  Object.assign(person, { told: [], answers: [], dialogs: [] });
  pickers.length = 0;
});

/** A customer whose record names a place outside its folder. */
async function sentAlong(): Promise<{ uri: vscode.Uri; elsewhere: string }> {
  const folder = join(await tempFolder(), 'contoso');
  const elsewhere = join(folder, '..', 'elsewhere.ta-email.json');
  const place = { file: elsewhere, keyId: 'key-1', writtenAt: '2026-11-24T10:00:00Z' };
  await mkdir(folder);
  await writeFile(join(folder, 'contoso.ta-customer.json'), JSON.stringify(contosoCustomer));
  const record = setUpRecord('2027-05-22T22:00:00Z', { preferences: place });
  await writeFile(join(folder, 'contoso.ta-record.json'), JSON.stringify(record));
  return { uri: vscode.Uri.file(join(folder, 'contoso.ta-customer.json')), elsewhere };
}

test('a place outside the folder counts once the person has chosen it, and in the next window too', async () => {
  const context = forgetfulContext();
  const { uri, elsewhere } = await sentAlong();
  person.answers = [[vscode.Uri.file(elsewhere)]];
  await askPlace({ customers: createCustomers(context) }, customerFile(uri));
  const { paths } = await openCustomer(customerFile(uri), { customers: createCustomers(context) });
  expect(paths.preferences).toBe(elsewhere.replace('contoso/../', ''));
  expect(person.told).toEqual([]);
});

test('what is wrong with the files of a customer is said on their page alone, with the way on', async () => {
  const context = forgetfulContext();
  const { uri } = await sentAlong();
  const customers = createCustomers(context);
  const error = await errorFrom(openCustomer(customerFile(uri), { customers }));
  expect(error).toMatchObject({ customer: uri, cause: { code: 'TA-PATH-OUTSIDE' } });
  const opened = vi.spyOn(vscode.commands, 'executeCommand').mockResolvedValue(undefined);
  const added: unknown[] = [];
  const shell = { failures: { add: (id: string) => added.push(id) }, log: { error: () => undefined } };
  expect(await showError(shell as unknown as Shell, 'checkCustomer', error)).toBe(false);
  expect(opened.mock.calls).toEqual([['_taExchange.openSetUpPage', uri, 'customer']]);
  opened.mockRestore();
  expect([added, person.told]).toEqual([['checkCustomer'], []]);

  const state = await readCustomerState(customerFile(uri), customers);
  const { stages } = pageView({ ...blankFacts, state });
  const labels = stages[0]?.bar.presses.map(({ label, primary }) => (primary ? `[${label}]` : label));
  expect(labels).toEqual(['[Choose File…]', 'Open Customer File']);
  expect(JSON.stringify(stages[0]?.blocks[0])).toContain('names a preferences file outside its own folder');
});

test('a customer that is forgotten takes its place along', async () => {
  const customers = createCustomers(forgetfulContext());
  const uri = vscode.Uri.file('/customers/contoso.ta-customer.json');
  await customers.keepPlace(uri, '/elsewhere/contoso.ta-email.json');
  await customers.remember(uri);
  await customers.forget(uri);
  expect(customers.placeOf(uri)).toBeUndefined();
  expect(await customers.list()).toEqual([]);
});

/** Customers outside of any workspace, as commands choose among them. */
async function customersNamed(...names: readonly string[]) {
  const folder = await tempFolder();
  const customers = createCustomers(forgetfulContext());
  const uris = names.map((name) => vscode.Uri.file(join(folder, `${name.toLowerCase()}.ta-customer.json`)));
  for (const [index, uri] of uris.entries()) {
    const name = names[index] ?? '';
    const content = { ...contosoCustomer, name, tenant: `${name.toLowerCase()}.example` };
    await writeFile(uri.fsPath, JSON.stringify(content));
    await customers.remember(uri);
  }
  return { customers, uris, shell: { customers } as unknown as Shell };
}

test('a place that is not on this computer is asked about again, and the dialog says why', async () => {
  person.answers = [
    [vscode.Uri.parse('vscode-vfs://github/contoso')],
    [vscode.Uri.file('/customers')],
    undefined,
  ];
  expect(await askOpenPath({ title: 'The top folder' })).toBe('/customers');
  const why = 'The files need a folder on this computer; this one is elsewhere (vscode-vfs).';
  expect([person.dialogs, person.told]).toEqual([['The top folder', why], []]);
  expect(await errorFrom(askOpenPath({ title: 'The top folder' }))).toBeInstanceOf(vscode.CancellationError);
});

const target = { item: undefined, commandTitle: 'Set Up Customer' };

test('one customer is not asked about', async () => {
  const { shell, uris } = await customersNamed('Alpha');
  expect(String((await chooseFile(shell, target)).uri)).toBe(String(uris[0]));
  expect(pickers).toEqual([]);
});

test('several are offered by name, domain and state, the last one worked on first, and a new one last', async () => {
  const { shell, customers, uris } = await customersNamed('Alpha', 'Beta', 'Gamma');
  for (const uri of uris.slice(1)) await customers.use(uri);
  const asked = chooseFile(shell, target, [{ label: 'New Customer…', value: async () => undefined }]);
  await vi.waitFor(() => expect(pickers).toHaveLength(1), { timeout: 20_000 });
  const picker = pickers[0] ?? expect.fail();
  expect(picker.items.map(({ label, description, detail }) => [label, description, detail])).toEqual([
    ['Gamma', 'gamma.example', 'Not set up'],
    ['Beta', 'beta.example', 'Not set up'],
    ['Alpha', 'alpha.example', 'Not set up'],
    ['', undefined, undefined],
    ['New Customer…', undefined, undefined],
  ]);
  picker.selectedItems = picker.items.slice(2, 3);
  picker.enter();
  expect((await asked)?.stem).toBe('alpha');
  expect(customers.recent().map((each) => each.slice(each.lastIndexOf('/') + 1, -17))).toEqual([
    'alpha',
    'gamma',
    'beta',
  ]);
});

test('where a customer is told by what was read, one that fits is not asked about, and where none does it is a new one', async () => {
  const { shell, customers, uris } = await customersNamed('Alpha', 'Beta', 'Gamma');
  const fresh = { label: 'New', value: async () => customerFile(vscode.Uri.file('/new.ta-customer.json')) };
  const stemOf = async (...names: readonly string[]) => {
    const fits = ({ customer }: ListedCustomer): boolean => names.includes(customer?.name ?? '');
    return (await chooseFitting(shell, target, fits, fresh)).stem;
  };
  expect([await stemOf('Beta'), await stemOf('Acme')]).toEqual(['beta', 'new']);
  expect(customers.recent()).toEqual(['file:///new.ta-customer.json', String(uris[1])]);
  expect(pickers).toEqual([]);
  const asked = stemOf('Alpha', 'Gamma');
  await vi.waitFor(() => expect(pickers).toHaveLength(1), { timeout: 20_000 });
  const picker = pickers[0] ?? expect.fail();
  expect(picker.items.map(({ label }) => label)).toEqual(['Alpha', 'Gamma', '', 'New']);
  picker.selectedItems = picker.items.slice(1, 2);
  picker.enter();
  expect(await asked).toBe('gamma');
  // Called on a customer it is that one, whatever fits: what differs is said on their page.
  const on = { ...target, item: uris[0] };
  expect((await chooseFitting(shell, on, () => false, fresh)).stem).toBe('alpha');
});

/** Which page the command opens: by the file it is of, if any. */
async function opened(command: Command, shell: Shell): Promise<string | undefined> {
  const run = vi.spyOn(vscode.commands, 'executeCommand').mockResolvedValue(undefined);
  await command({ ...shell, context: forgetfulContext() } as unknown as Shell, target);
  const [[id, uri] = []] = run.mock.calls;
  run.mockRestore();
  expect(id).toBe('_taExchange.openSetUpPage');
  return uri?.path.split('/').at(-1);
}

test('Set Up Customer opens the only customer, and a new one where there is none; New Customer always a new one', async () => {
  const [none, one] = [await customersNamed(), await customersNamed('Alpha')];
  expect(await opened(setUpCustomer, none.shell)).toBeUndefined();
  expect(await opened(setUpCustomer, one.shell)).toBe('alpha.ta-customer.json');
  expect(await opened(newCustomer, one.shell)).toBeUndefined();
  expect(pickers).toEqual([]);
});
