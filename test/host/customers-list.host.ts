import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { watchCustomerFiles } from '../../src/extension/customers/list.ts';
import { badgeOf } from '../../src/extension/customers/tree/customers-view.ts';
import { contosoCustomer } from '../support/contoso-customer.ts';
import { setUpRecord } from '../support/set-up-record.ts';
import { customersOnDisk, inDays } from './support/customers-on-disk.ts';
import { next } from './support/wait.ts';

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
