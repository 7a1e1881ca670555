import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Session } from '../../src/core/sign-in/session.ts';
import { registerStatusBar } from '../../src/extension/shell/status-bar.ts';
import { contosoCustomer } from '../support/contoso-customer.ts';
import { setUpRecord } from '../support/set-up-record.ts';
import { customersOnDisk } from './support/customers-on-disk.ts';
import { fakeSession } from './support/fake-session.ts';
import { createPatches } from './support/patches.ts';
import { until } from './support/wait.ts';

const contoso = '1b4e28ba-2fa1-4d2c-883f-0016d3cca427';

interface Shown {
  readonly item: vscode.StatusBarItem;
  gone: boolean;
}

interface StatusBar extends Disposable {
  /** Every item that was ever made. */
  readonly items: Shown[];
  set(practising: boolean, sessions: readonly Session[]): void;
}

/** The status bar, for the customer Acme in Contoso's tenant. */
async function statusBar(): Promise<StatusBar> {
  const disk = await customersOnDisk('acme');
  disk.writeCustomer('acme', { ...contosoCustomer, name: 'Acme' });
  disk.writeRecord('acme', setUpRecord('2030-01-01T00:00:00Z'));
  const { items, restore } = watchItems();
  const changed = new vscode.EventEmitter<void>();
  let all: readonly Session[] = [];
  const practice: { running: { problems: string[] } | undefined; onDidChange: vscode.Event<void> } = {
    running: undefined,
    onDidChange: changed.event,
  };
  const sessions = { all: () => all, onDidChange: changed.event };
  const registered = registerStatusBar({ practice, sessions }, disk.overview);
  return {
    items,
    set(practising, signedIn) {
      practice.running = practising ? { problems: ['Sender does not exist'] } : undefined;
      all = signedIn;
      changed.fire();
    },
    [Symbol.dispose]() {
      registered.dispose();
      restore();
      disk[Symbol.dispose]();
    },
  };
}

function watchItems(): { items: Shown[]; restore(): void } {
  const items: Shown[] = [];
  const patches = createPatches();
  const create = vscode.window.createStatusBarItem;
  patches.put(vscode.window, 'createStatusBarItem', (id: string, alignment: vscode.StatusBarAlignment) => {
    const item = create(id, alignment);
    const shown = { item, gone: false };
    const dispose = item.dispose.bind(item);
    item.dispose = () => {
      shown.gone = true;
      dispose();
    };
    items.push(shown);
    return item;
  });
  return { items, restore: patches.restore };
}

test('the status bar names the customer whose tenant an admin is signed in to', async () => {
  using bar = await statusBar();
  assert.equal(bar.items.length, 0);
  bar.set(false, [fakeSession(contoso)]);
  const item = await until(() => bar.items[0]?.item);
  assert.equal(item.text, '$(account) Acme');
  assert.equal(item.backgroundColor, undefined);
  assert.equal(item.command, 'taExchange.customers.focus');
  assert.ok(item.name);
  assert.match(String(item.tooltip), /grace@contoso\.com, tenant 1b4e28ba/);
  const spoken = "Acme, grace@contoso.com. Signed in to a customer's tenant.";
  assert.equal(item.accessibilityInformation?.label, spoken);
});

test('a tenant that no customer is known for is told by its admin', async () => {
  using bar = await statusBar();
  bar.set(false, [fakeSession('99999999-2fa1-4d2c-883f-0016d3cca427')]);
  assert.equal((await until(() => bar.items[0]?.item)).text, '$(account) grace@contoso.com');
});

test('the practice tenant is shown in the colour of a warning, and not by colour alone', async () => {
  using bar = await statusBar();
  bar.set(true, []);
  const item = await until(() => bar.items[0]?.item);
  assert.equal(item.text, '$(beaker) PRACTICE');
  assert.deepEqual(item.backgroundColor, new vscode.ThemeColor('statusBarItem.warningBackground'));
  assert.equal(item.command, 'taExchange.showPracticeMenu');
  assert.match(String(item.tooltip), /Problems: Sender does not exist\.$/);
});

test('there is one item, and none once nobody is signed in', async () => {
  using bar = await statusBar();
  bar.set(true, []);
  bar.set(true, [fakeSession(contoso)]);
  await until(() => (bar.items[0]?.item.text === '$(beaker) PRACTICE Acme' ? true : undefined));
  bar.set(false, []);
  await until(() => (bar.items[0]?.gone ? true : undefined));
  assert.equal(bar.items.length, 1);
});
