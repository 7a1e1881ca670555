import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const id = 'ta-exchange.ta-exchange-setup';

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension(id);
  assert.ok(found, `${id} is not installed`);
  return found;
}

test('the extension activates', async () => {
  await extension().activate();
  assert.equal(extension().isActive, true);
});

test('every contributed command is registered', async () => {
  await extension().activate();
  const contributed: { command: string }[] = extension().packageJSON.contributes?.commands ?? [];
  const registered = new Set(await vscode.commands.getCommands(true));
  const missing = contributed.map(({ command }) => command).filter((command) => !registered.has(command));
  assert.deepEqual(missing, []);
});
