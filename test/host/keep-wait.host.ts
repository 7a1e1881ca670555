import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { customerFile } from '../../src/extension/customers/list.ts';
import { keepForNextWindow } from '../../src/extension/set-up/keep-wait.ts';
import { findWait } from '../../src/extension/set-up/waits.ts';
import { forgetfulContext } from '../support/forgetful-context.ts';
import { fakeSession } from './support/fake-session.ts';

const id = '1b4e28ba-2fa1-4d2c-883f-0016d3cca427';
const plan = { tenant: { id, displayName: 'Contoso', domain: 'contoso.com' }, changes: [] };
const file = customerFile(vscode.Uri.file('/customers/contoso.ta-customer.json'));

/** Whether a wait is kept, and whether VS Code holds one then. `cancel` is the button of the notification. */
async function kept(kind: 'production' | 'practice', context = forgetfulContext()) {
  const stop = new AbortController();
  const shell = { context, sessions: { current: fakeSession } };
  const told = await keepForNextWindow({ file }, plan, shell, { kind, signal: stop.signal });
  const found = async () => (await findWait(context, file.uri))?.signIn.reveal();
  return { told, found, cancel: () => stop.abort() };
}

test('a wait for consent is kept for the next window, until it is cancelled', async () => {
  const { told, found, cancel } = await kept('production');
  assert.equal(told, true);
  assert.equal(await found(), 'all that is needed to go on');
  cancel();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(await found(), undefined);
});

test('no sign-in is kept where the setting says so, nor in a rehearsal', async () => {
  const settings = vscode.workspace.getConfiguration('taExchange');
  await settings.update('signIn.keepWhileWaiting', false, vscode.ConfigurationTarget.Global);
  try {
    const { told, found } = await kept('production');
    assert.deepEqual([told, await found()], [false, undefined]);
  } finally {
    await settings.update('signIn.keepWhileWaiting', undefined, vscode.ConfigurationTarget.Global);
  }
  const { told, found } = await kept('practice');
  assert.deepEqual([told, await found()], [false, undefined]);
});

test('where VS Code cannot keep secrets the wait is one of this window alone, and nobody is told otherwise', async () => {
  const context = forgetfulContext();
  const store = () => Promise.reject(new Error('no keyring'));
  const { told } = await kept('production', { ...context, secrets: { ...context.secrets, store } });
  assert.equal(told, false);
});
