import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { type CustomerEditor, createCustomerEditor } from '../../src/extension/set-up/customer-editor.ts';
import { forgetfulContext } from '../support/forgetful-context.ts';
import { createPatches } from './support/patches.ts';
import { run, withCustomer, withPerson } from './support/rehearsal.ts';
import { files } from './support/script.ts';
import { inFront, shellOf } from './support/shell.ts';
import { until } from './support/wait.ts';

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

async function withFolder(work: (folder: vscode.WorkspaceFolder) => Promise<void>): Promise<void> {
  const path = mkdtempSync(join(tmpdir(), 'ta-place-'));
  try {
    await work({ uri: vscode.Uri.file(path), name: 'one', index: 0 });
  } finally {
    chmodSync(path, 0o700);
    rmSync(path, { recursive: true });
  }
}

/** What is typed for a new customer, in a window of its own, or in the next one of a person. */
async function withEditor(
  work: (editor: CustomerEditor) => Promise<void>,
  context = forgetfulContext(),
): Promise<void> {
  const editor = createCustomerEditor(
    { ...shellOf(), context, dispose: () => undefined },
    undefined,
    () => undefined,
  );
  try {
    await work(editor);
  } finally {
    editor.dispose();
  }
}

test('the folder that is open is proposed, and another one can be chosen', () =>
  withFolder((one) =>
    withFolder((other) =>
      withWorkspace({ workspaceFolders: [one] }, () =>
        withEditor(async (editor) => {
          assert.equal(editor.editing(undefined).folder, one.uri.fsPath);
          await withPerson([files(other.uri.fsPath)], {}, () => editor.chooseFolder());
          assert.equal(editor.editing(undefined).folder, other.uri.fsPath);
          assert.equal(editor.editing(undefined).folderProblem, '');
        }),
      ),
    ),
  ));

test('the folder that was chosen outlives the window, until the draft is discarded', () =>
  withFolder((one) =>
    withFolder((other) =>
      withWorkspace({ workspaceFolders: [one] }, async () => {
        const context = forgetfulContext();
        await withEditor(async (editor) => {
          await withPerson([files(other.uri.fsPath)], {}, () => editor.chooseFolder());
        }, context);
        await withEditor(async (editor) => {
          assert.equal(editor.editing(undefined).folder, other.uri.fsPath);
          assert.equal(editor.editing(undefined).changed, true);
          await editor.discard();
          assert.equal(editor.editing(undefined).folder, one.uri.fsPath);
        }, context);
      }),
    ),
  ));

test('a folder that the settings name later is proposed, unless another one was chosen', () =>
  withFolder((one) =>
    withFolder((other) =>
      withWorkspace({ workspaceFolders: undefined }, () =>
        withEditor(async (editor) => {
          const settings = vscode.workspace.getConfiguration('taExchange');
          const name = (folder: string | undefined) =>
            settings.update('folder', folder, vscode.ConfigurationTarget.Global);
          try {
            await name(one.uri.fsPath);
            await until(() => editor.editing(undefined).folder === one.uri.fsPath || undefined);
            await withPerson([files(other.uri.fsPath)], {}, () => editor.chooseFolder());
          } finally {
            await name(undefined);
          }
          assert.equal(editor.editing(undefined).folder, other.uri.fsPath);
        }),
      ),
    ),
  ));

test('without a folder, or with one that is not on this machine, a place of every computer is proposed', async () => {
  const uri = vscode.Uri.parse('vscode-vfs://github/contoso/files');
  for (const workspaceFolders of [undefined, [{ uri, name: 'remote', index: 0 }]])
    await withWorkspace({ workspaceFolders }, () =>
      withEditor(async (editor) => {
        assert.match(editor.editing(undefined).folder, /T&A Customers$/);
      }),
    );
});

test('a folder that cannot be written is told before anything else is asked', () =>
  withWorkspace({ workspaceFolders: [{ uri: vscode.Uri.file('/proc'), name: 'proc', index: 0 }] }, () =>
    withEditor(async (editor) => {
      const problem = await until(() => editor.editing(undefined).folderProblem || undefined);
      assert.match(problem, /cannot be written/);
    }),
  ));

test('in Restricted Mode no file of the workspace is used, and the folder is not proposed', () =>
  withCustomer(async ({ uri, folder }) => {
    const workspaceFolder = { uri: vscode.Uri.file(folder), name: 'restricted', index: 0 };
    const state = {
      isTrusted: false,
      workspaceFolders: [workspaceFolder],
      getWorkspaceFolder: () => workspaceFolder,
    };
    await withWorkspace(state, async () => {
      const person = await withPerson([], {}, () => run('setUpCustomer', uri));
      assert.deepEqual(person.told, []);
      await until(() => inFront() === 'New customer' || undefined);
      assert.deepEqual(readdirSync(folder), ['contoso.ta-customer.json']);
      await withEditor(async (editor) => {
        assert.notEqual(editor.editing(undefined).folder, folder);
      });
    });
  }));
