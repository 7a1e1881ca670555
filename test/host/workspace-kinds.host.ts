import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { askFilePlace } from '../../src/extension/wizard/file-place.ts';
import { createPatches } from './support/patches.ts';
import { run, withCustomer, withPerson } from './support/rehearsal.ts';
import { esc, files, pick } from './support/script.ts';

const place = { title: 'Set Up Customer', step: 8, totalSteps: 8 };

/** VS Code with other folders open, or another trust, than it has. */
async function withWorkspace(
  state: Partial<typeof vscode.workspace>,
  work: () => Promise<void>,
): Promise<void> {
  const patches = createPatches();
  for (const [name, value] of Object.entries(state)) patches.put(vscode.workspace, name, value);
  try {
    await work();
  } finally {
    patches.restore();
  }
}

async function withFolders(
  work: (one: vscode.WorkspaceFolder, other: vscode.WorkspaceFolder) => Promise<void>,
) {
  const made = ['ta-one-', 'ta-other-'].map((prefix) => mkdtempSync(join(tmpdir(), prefix)));
  const [one, other] = made.map((path, index) => ({
    uri: vscode.Uri.file(path),
    name: `folder ${index}`,
    index,
  }));
  try {
    if (one && other) await work(one, other);
  } finally {
    for (const path of made) rmSync(path, { recursive: true });
  }
}

test('of several folders the one is asked for', () =>
  withFolders((one, other) =>
    withWorkspace({ workspaceFolders: [one, other] }, async () => {
      const person = await withPerson([pick('folder 1')], {}, async () => {
        const answer = await askFilePlace('Contoso', place);
        assert.ok(answer.kind === 'value' && answer.value.fsPath.startsWith(other.uri.fsPath));
      });
      assert.deepEqual(person.seen[0]?.labels.length, 3);
    }),
  ));

test('without a folder a file dialog asks for the place', () =>
  withFolders((one) =>
    withWorkspace({ workspaceFolders: undefined }, async () => {
      const script = [pick('Choose a place'), files(join(one.uri.fsPath, 'contoso.json'))];
      await withPerson(script, {}, async () => {
        const answer = await askFilePlace('Contoso', place);
        assert.ok(answer.kind === 'value' && answer.value.path.endsWith('/contoso.ta-customer.json'));
      });
    }),
  ));

test('a folder that is not on this machine is explained', async () => {
  const uri = vscode.Uri.parse('vscode-vfs://github/contoso/files');
  await withWorkspace({ workspaceFolders: [{ uri, name: 'remote', index: 0 }] }, async () => {
    const person = await withPerson([pick('remote'), esc], {}, async () => {
      await assert.rejects(askFilePlace('Contoso', place), vscode.CancellationError);
    });
    assert.match(person.seen[1]?.question ?? '', /need a folder of this machine.*vscode-vfs/);
  });
});

test('in Restricted Mode no file of the workspace is used, and the folder is not offered', () =>
  withCustomer(async ({ uri, folder }) => {
    const workspaceFolder = { uri: vscode.Uri.file(folder), name: 'restricted', index: 0 };
    const state = {
      isTrusted: false,
      workspaceFolders: [workspaceFolder],
      getWorkspaceFolder: () => workspaceFolder,
    };
    await withWorkspace(state, async () => {
      const person = await withPerson([], {}, () => run('setUpCustomer', uri));
      assert.match(person.told[0]?.text ?? '', /Restricted Mode/);
      assert.deepEqual(person.progress, []);
      const asked = await withPerson([esc], {}, async () => {
        await assert.rejects(askFilePlace('Contoso', place), vscode.CancellationError);
      });
      assert.equal(asked.seen[0]?.labels.length, 1);
    });
  }));
