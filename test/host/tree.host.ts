import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { latestIn } from '../../src/core/customer/seen.ts';
import { watchCustomerFiles } from '../../src/extension/customers/list.ts';
import type { Node } from '../../src/extension/customers/tree/rows.ts';
import { createRows, type Rows } from '../../src/extension/customers/tree/rows.ts';
import { contosoCustomer } from '../support/contoso-customer.ts';
import { setUpRecord } from '../support/set-up-record.ts';
import { customersOnDisk, inDays } from './support/customers-on-disk.ts';
import { next } from './support/wait.ts';

const nobody = { current: () => undefined };

/** One customer, by its stem. */
async function rowOf(rows: Rows, stem: string): Promise<Node> {
  const row = (await rows.children(undefined, '')).find((node) => 'file' in node && node.file.stem === stem);
  assert.ok(row, `there is no row for ${stem}`);
  return row;
}

/** Each row below as `label: description`. */
async function linesBelow(rows: Rows, row: Node): Promise<string[]> {
  const items = await Promise.all((await rows.children(row, '')).map(rows.item));
  return items.map(({ label, description = '' }) => `${label}: ${description}`);
}

test('a customer row tells its state first, and all of it in its tooltip and for a screen reader', async () => {
  using disk = await customersOnDisk('acme');
  disk.writeCustomer('acme', { ...contosoCustomer, name: 'Acme' });
  disk.writeRecord('acme', setUpRecord(inDays(171), { kind: 'production' }));
  const rows = createRows(disk.overview, nobody);
  const item = await rows.item(await rowOf(rows, 'acme'));
  assert.equal(item.label, 'Acme');
  assert.equal(item.description, 'Ready');
  assert.deepEqual(item.iconPath, new vscode.ThemeIcon('pass', new vscode.ThemeColor('charts.green')));
  assert.equal(item.accessibilityInformation?.label, 'Acme, Ready, contoso.com, 172 days left');
  assert.equal(item.contextValue, 'taCustomer,readable,clientId,preferences,next-hand-over');
  const { value: tooltip } = item.tooltip as vscode.MarkdownString;
  assert.match(
    tooltip,
    /\*\*Acme\*\*[\s\S]*Client ID: `5b0c1d5e-[^`]*` \[\$\(copy\) Copy\]\(command:_taExchange\.copyId\?/,
  );
  assert.equal(item.id, disk.uri('acme').toString());
});

test('below a customer stand its tenant and every step with what exists', async () => {
  using disk = await customersOnDisk('acme');
  disk.writeCustomer('acme', contosoCustomer);
  const { proof: _, verification: __, ...begun } = setUpRecord(inDays(10));
  disk.writeRecord('acme', begun);
  const rows = createRows(disk.overview, nobody);
  assert.deepEqual(await linesBelow(rows, await rowOf(rows, 'acme')), [
    'Contoso: Not signed in',
    'App registration: ',
    'Service principal: ',
    'Graph permissions: ',
    'Client secret: Expires soon',
    'Email preferences: ',
    'Token check: Next',
    'Test email: Not done yet',
  ]);
  const item = await rows.item(await rowOf(rows, 'acme'));
  assert.equal(item.description, 'Unfinished');
  assert.equal(item.contextValue, 'taCustomer,readable,practice,clientId,preferences,next-resume');
});

test('what the last check saw otherwise takes its tick from a row', async () => {
  using disk = await customersOnDisk('acme');
  disk.writeCustomer('acme', contosoCustomer);
  const record = setUpRecord(inDays(99), { kind: 'production' });
  disk.writeRecord('acme', record);
  const gone = { code: 'AADSTS700016', level: 'bad', text: 'The application was not found.' };
  const more = { code: 'permissions-surplus', level: 'warn', text: 'More permissions than T&A needs.' };
  const findings = [gone, more, { code: 'secret', level: 'good', text: 'The secret works.' }];
  const check = { version: 1, kind: 'production', at: record.proof?.at, after: latestIn(record), print: '' };
  disk.writeCheck('acme', { ...check, findings });
  const rows = createRows(disk.overview, nobody);
  const row = await rowOf(rows, 'acme');
  assert.deepEqual((await linesBelow(rows, row)).slice(1, 5), [
    'App registration: Failing',
    'Service principal: ',
    'Graph permissions: To check',
    'Client secret: ',
  ]);
  const registration = (await rows.children(row, ''))[1];
  assert.ok(registration);
  const { iconPath, accessibilityInformation } = await rows.item(registration);
  assert.deepEqual(iconPath, new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground')));
  assert.match(accessibilityInformation?.label ?? '', /^App registration, Failing, The application was not/);
});

/** What a click on each row below does. */
async function clicksBelow(rows: Rows, row: Node): Promise<(string | undefined)[]> {
  const items = await Promise.all((await rows.children(row, '')).map(rows.item));
  return items.map(
    ({ command }) => command && [command.command, ...(command.arguments ?? [])].map(String).join(' '),
  );
}

test('a click opens what exists where it can be seen, and sets up what does not exist', async () => {
  using disk = await customersOnDisk('acme', 'new');
  disk.writeCustomer('acme', contosoCustomer);
  disk.writeCustomer('new', contosoCustomer);
  disk.writeRecord('acme', setUpRecord(inDays(99), { kind: 'production' }));
  const rows = createRows(disk.overview, nobody);
  const portal = 'vscode.open https://entra.microsoft.com/1b4e28ba-2fa1-4d2c-883f-0016d3cca427/#view';
  const registration = `${portal}/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~`;
  const application = '5b0c1d5e-0000-4000-8000-000000000002';
  const uri = disk.uri('acme');
  assert.deepEqual(await clicksBelow(rows, await rowOf(rows, 'acme')), [
    `${portal}/Microsoft_AAD_IAM/TenantOverview.ReactView`,
    `${registration}/Overview/appId/${application}`,
    `${portal}/Microsoft_AAD_IAM/ManagedAppMenuBlade/~/Overview/objectId/5b0c1d5e-0000-4000-8000-000000000003/appId/${application}`,
    `${registration}/CallAnAPI/appId/${application}`,
    `${registration}/Credentials/appId/${application}`,
    `vscode.open ${vscode.Uri.joinPath(uri, '..', 'contoso.ta-email.json')}`,
    `taExchange.checkCustomer ${uri}`,
    `taExchange.openVerificationForm ${uri}`,
  ]);
  const secrets = ['acme', 'new'].map(async (stem) => {
    const below = await rows.children(await rowOf(rows, stem), '');
    const secret = below.find((node) => node.kind === 'step' && node.step === 'secret');
    return secret && (await rows.item(secret)).contextValue;
  });
  assert.deepEqual(await Promise.all(secrets), ['taStep,secret,renewable', 'taStep,secret']);
  const below = await clicksBelow(rows, await rowOf(rows, 'new'));
  assert.deepEqual([...new Set(below)], [`taExchange.setUpCustomer ${disk.uri('new')}`]);
});

test('a rehearsed customer has a letter at the edge of its row, and its pages are those of the practice tenant', async () => {
  using disk = await customersOnDisk('acme');
  disk.writeCustomer('acme', contosoCustomer);
  disk.writeRecord('acme', setUpRecord(inDays(99)));
  const rows = createRows(disk.overview, nobody);
  const row = await rowOf(rows, 'acme');
  assert.equal((await rows.item(row)).resourceUri?.scheme, 'ta-exchange-practice');
  assert.ok((await clicksBelow(rows, row)).includes('taExchange.openPracticeTenant'));
});

test('a file that is no JSON opens at the line of its fault', async () => {
  using disk = await customersOnDisk('broken');
  await vscode.workspace.fs.writeFile(disk.uri('broken'), Buffer.from('{\n  "version": 1\n  "name": "x"\n}'));
  const rows = createRows(disk.overview, nobody);
  const [trouble] = await rows.children(await rowOf(rows, 'broken'), '');
  assert.ok(trouble?.kind === 'trouble');
  assert.deepEqual([trouble.trouble.line, trouble.trouble.reason], [2, 'Expected a comma or }.']);
});

test('a customer that is worked on has a spinner, and a click opens its page', async () => {
  using disk = await customersOnDisk('acme');
  disk.writeCustomer('acme', contosoCustomer);
  const rows = createRows(disk.overview, nobody, (uri) => uri.path === disk.uri('acme').path);
  const { iconPath, command } = await rows.item(await rowOf(rows, 'acme'));
  assert.deepEqual(iconPath, new vscode.ThemeIcon('loading~spin'));
  assert.deepEqual(
    [command?.command, String(command?.arguments?.[0])],
    ['_taExchange.openSetUpPage', String(disk.uri('acme'))],
  );
});

test('who is signed in to the tenant is shown there', async () => {
  using disk = await customersOnDisk('acme');
  disk.writeCustomer('acme', contosoCustomer);
  disk.writeRecord('acme', setUpRecord(inDays(99)));
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
  assert.equal((await rows.item(await rowOf(rows, 'acme'))).description, 'New');
  const broken = await rowOf(rows, 'broken');
  assert.equal((await rows.item(broken)).description, 'Unreadable');
  const [trouble, ...more] = await rows.children(broken, '');
  assert.ok(trouble && more.length === 0);
  const { label, command } = await rows.item(trouble);
  assert.equal(label, '"name" is missing: expected one line of text.');
  assert.equal(command?.command, 'vscode.open');
  assert.equal(String(command?.arguments?.[0]), disk.uri('broken').toString());
});

test('a record that cannot be read does not hide the customer, and is the file that is opened', async () => {
  using disk = await customersOnDisk('acme');
  disk.writeCustomer('acme', contosoCustomer);
  disk.writeRecord('acme', []);
  const rows = createRows(disk.overview, nobody);
  assert.equal((await rows.item(await rowOf(rows, 'acme'))).description, 'Unreadable');
  await vscode.commands.executeCommand('taExchange.openCustomerFile', disk.uri('acme'));
  assert.match(vscode.window.activeTextEditor?.document.uri.fsPath ?? '', /acme\.ta-record\.json$/);
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
});

test('where the files cannot be listed there is one row that says so', async () => {
  using disk = await customersOnDisk();
  const all = () => Promise.reject(new Error('no disk'));
  const rows = createRows({ all, of: disk.overview.of }, nobody);
  const [row, ...more] = await rows.children(undefined, '');
  assert.ok(row && more.length === 0);
  assert.match(String((await rows.item(row)).label), /no disk/);
});

test('a customer in a place that is no folder on this computer is explained', async () => {
  using disk = await customersOnDisk();
  await disk.customers.remember(vscode.Uri.parse('vscode-vfs://github/acme/acme.ta-customer.json'));
  const rows = createRows(disk.overview, nobody);
  const [trouble] = await rows.children(await rowOf(rows, 'acme'), '');
  assert.ok(trouble?.kind === 'trouble');
  assert.match(trouble.trouble.reason, /folder on this computer/);
});

test('the filter finds name, tenant and file name', async () => {
  using disk = await customersOnDisk('acme', 'other');
  disk.writeCustomer('acme', { ...contosoCustomer, name: 'Blue Ltd', tenant: 'green.example' });
  disk.writeCustomer('other', contosoCustomer);
  const rows = createRows(disk.overview, nobody);
  const found = async (filter: string) =>
    (await rows.children(undefined, filter)).map((node) => 'file' in node && node.file.stem);
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
    disk.writeRecord('acme', setUpRecord(inDays(99)));
    assert.equal(String(await changed), disk.uri('acme').toString());
    assert.equal((await rows.item(row)).description, 'Ready');
    assert.equal(rows.find(disk.uri('acme')), row);
  } finally {
    files.dispose();
  }
});
