import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { watchCustomerFiles } from '../../src/extension/customers/list.ts';
import { badgeOf } from '../../src/extension/customers/tree/customers-view.ts';
import type { Node } from '../../src/extension/customers/tree/rows.ts';
import { createRows, type Rows } from '../../src/extension/customers/tree/rows.ts';
import { contosoCustomer } from '../support/contoso-customer.ts';
import { setUpRecord } from '../support/set-up-record.ts';
import { customersOnDisk } from './support/customers-on-disk.ts';
import { next } from './support/wait.ts';

const nobody = { current: () => undefined };
const inDays = (days: number): string =>
  `${new Date(Date.now() + (days + 0.5) * 86_400_000).toISOString().slice(0, 19)}Z`;

const day = (instant: string): string =>
  new Date(instant).toLocaleDateString(vscode.env.language, { dateStyle: 'medium', timeZone: 'UTC' });

/** One customer, by its stem. */
async function rowOf(rows: Rows, stem: string): Promise<Node> {
  const row = (await rows.children(undefined, '')).find(({ file }) => file?.stem === stem);
  assert.ok(row, `there is no row for ${stem}`);
  return row;
}

/** Each row below as `label: description`. */
async function linesBelow(rows: Rows, row: Node): Promise<string[]> {
  const items = await Promise.all((await rows.children(row, '')).map(rows.item));
  return items.map(({ label, description }) => `${label}: ${description}`);
}

test('a customer row tells state, tenant and days left in words, icon and for a screen reader', async () => {
  using disk = await customersOnDisk('acme');
  disk.writeCustomer('acme', { ...contosoCustomer, name: 'Acme' });
  disk.writeRecord('acme', setUpRecord(inDays(172), { kind: 'production' }));
  const rows = createRows(disk.overview, nobody);
  const item = await rows.item(await rowOf(rows, 'acme'));
  assert.equal(item.label, 'Acme');
  assert.equal(item.description, 'Ready · contoso.com · 172 days left');
  assert.deepEqual(item.iconPath, new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed')));
  assert.equal(item.accessibilityInformation?.label, 'Acme, Ready, contoso.com, 172 days left');
  assert.equal(item.contextValue, 'taCustomer,readable,finished,clientId');
  assert.equal(item.id, disk.uri('acme').toString());
});

test('below a customer stand its tenant and every step with what exists', async () => {
  using disk = await customersOnDisk('acme');
  disk.writeCustomer('acme', contosoCustomer);
  const { proof: _, verification: __, ...begun } = setUpRecord(inDays(10));
  disk.writeRecord('acme', begun);
  const rows = createRows(disk.overview, nobody);
  assert.deepEqual(await linesBelow(rows, await rowOf(rows, 'acme')), [
    'Contoso: Not signed in · 1b4e28ba-2fa1-4d2c-883f-0016d3cca427',
    'App registration: Done · 5b0c1d5e-0000-4000-8000-000000000002',
    'Service principal: Done · 5b0c1d5e-0000-4000-8000-000000000003',
    'Graph permissions: Done · Directory.Read.All, User.Read.All, Mail.ReadWrite, Mail.Send',
    `Client secret: Expires soon · begins with abc, until ${day(inDays(10))}`,
    'Email preferences: Done · contoso.ta-email.json',
    'Proof: Next',
    'Verification: Not done yet',
  ]);
  const item = await rows.item(await rowOf(rows, 'acme'));
  assert.equal(item.description, 'PRACTICE · Set-up unfinished · contoso.com · 10 days left');
  assert.equal(item.contextValue, 'taCustomer,readable,unfinished,practice,clientId');
});

test('who is signed in to the tenant is shown there', async () => {
  using disk = await customersOnDisk('acme');
  disk.writeCustomer('acme', contosoCustomer);
  disk.writeRecord('acme', setUpRecord(inDays(100)));
  const admin = { objectId: '1', userPrincipalName: 'grace@contoso.com', displayName: 'Grace' };
  const rows = createRows(disk.overview, { current: () => ({ admin }) });
  const [tenant] = await rows.children(await rowOf(rows, 'acme'), '');
  assert.ok(tenant);
  const { description, contextValue } = await rows.item(tenant);
  assert.match(String(description), /^Signed in as grace@contoso\.com/);
  assert.equal(contextValue, 'taTenant,signedIn');
});

test('a customer whose file cannot be read says why and can be tried again; the others are there', async () => {
  using disk = await customersOnDisk('acme', 'broken');
  disk.writeCustomer('acme', contosoCustomer);
  disk.writeCustomer('broken', { version: 1 });
  const rows = createRows(disk.overview, nobody);
  assert.equal((await rows.item(await rowOf(rows, 'acme'))).description, 'Not set up · contoso.com');
  const broken = await rowOf(rows, 'broken');
  assert.equal((await rows.item(broken)).description, 'Cannot be read');
  const [trouble, ...more] = await rows.children(broken, '');
  assert.ok(trouble && more.length === 0);
  const { label, command } = await rows.item(trouble);
  assert.match(String(label), /broken\.ta-customer\.json/);
  assert.equal(command?.command, 'taExchange.refreshCustomers');
});

test('a record that cannot be read does not hide the customer', async () => {
  using disk = await customersOnDisk('acme');
  disk.writeCustomer('acme', contosoCustomer);
  disk.writeRecord('acme', []);
  const rows = createRows(disk.overview, nobody);
  assert.equal((await rows.item(await rowOf(rows, 'acme'))).description, 'Cannot be read');
});

test('where the files cannot be listed there is one row that says so', async () => {
  using disk = await customersOnDisk();
  const all = () => Promise.reject(new Error('no disk'));
  const rows = createRows({ all, of: disk.overview.of }, nobody);
  const [row, ...more] = await rows.children(undefined, '');
  assert.ok(row && more.length === 0);
  assert.match(String((await rows.item(row)).label), /no disk/);
});

test('a customer in a place that is no folder of this computer is explained', async () => {
  using disk = await customersOnDisk();
  await disk.customers.remember(vscode.Uri.parse('vscode-vfs://github/acme/acme.ta-customer.json'));
  const rows = createRows(disk.overview, nobody);
  const [trouble] = await rows.children(await rowOf(rows, 'acme'), '');
  assert.ok(trouble?.kind === 'trouble');
  assert.match(trouble.reason, /folder of this computer/);
});

test('the filter finds name, tenant and file name', async () => {
  using disk = await customersOnDisk('acme', 'other');
  disk.writeCustomer('acme', { ...contosoCustomer, name: 'Blue Ltd', tenant: 'green.example' });
  disk.writeCustomer('other', contosoCustomer);
  const rows = createRows(disk.overview, nobody);
  const found = async (filter: string) =>
    (await rows.children(undefined, filter)).map(({ file }) => file?.stem);
  for (const filter of ['BLUE', 'green.ex', 'acm']) assert.deepEqual(await found(filter), ['acme']);
  assert.deepEqual(await found('nothing like it'), []);
});

test('a record that is written changes just its customer, also outside the workspace', async () => {
  using disk = await customersOnDisk('acme');
  disk.writeCustomer('acme', contosoCustomer);
  const rows = createRows(disk.overview, nobody);
  const row = await rowOf(rows, 'acme');
  await rows.item(row);
  const files = watchCustomerFiles(disk.customers);
  files.watchOutside([disk.uri('acme')]);
  try {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const changed = next(disk.overview.onDidChange);
    disk.writeRecord('acme', setUpRecord(inDays(100)));
    assert.equal(String(await changed), disk.uri('acme').toString());
    assert.match(String((await rows.item(row)).description), /100 days left/);
    assert.equal(rows.find(disk.uri('acme')), row);
  } finally {
    files.dispose();
  }
});

test('a customer file that comes or goes changes the list', async () => {
  using disk = await customersOnDisk();
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const uri = vscode.Uri.joinPath(folder.uri, 'newcomer.ta-customer.json');
  const files = watchCustomerFiles(disk.customers);
  const listed = async () => (await disk.overview.all()).some(({ file }) => file.stem === 'newcomer');
  try {
    assert.equal(await listed(), false);
    const came = next(disk.overview.onDidChange, (changed) => changed === undefined);
    await vscode.workspace.fs.writeFile(uri, Buffer.from(JSON.stringify(contosoCustomer)));
    await came;
    assert.equal(await listed(), true);
    const went = next(disk.overview.onDidChange, (changed) => changed === undefined);
    await vscode.workspace.fs.delete(uri);
    await went;
    assert.equal(await listed(), false);
  } finally {
    files.dispose();
  }
});

test('the badge counts the customers that need action, and is gone when none does', async () => {
  using disk = await customersOnDisk('expired', 'expiring', 'ready', 'new');
  for (const [stem, days] of [
    ['expired', -3],
    ['expiring', 12],
    ['ready', 90],
  ] as const) {
    disk.writeCustomer(stem, contosoCustomer);
    disk.writeRecord(stem, setUpRecord(inDays(days)));
  }
  disk.writeCustomer('new', contosoCustomer);
  const all = (await disk.overview.all()).filter(({ file }) => file.uri.path.includes('ta-customers-'));
  assert.deepEqual(badgeOf(all, Date.now()), { value: 3, tooltip: '3 customers need action' });
  assert.equal(
    badgeOf(
      all.filter(({ file }) => file.stem === 'ready'),
      Date.now(),
    ),
    undefined,
  );
});
