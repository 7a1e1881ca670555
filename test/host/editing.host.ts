import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { contosoCustomer } from '../support/contoso-customer.ts';
import { until } from './support/wait.ts';

const [folder] = vscode.workspace.workspaceFolders ?? [];
const fileOf = (name: string): vscode.Uri => vscode.Uri.joinPath(folder?.uri ?? vscode.Uri.file('/'), name);
const customerFile = fileOf('edited.ta-customer.json');
const source = 'T&A Exchange';

interface OpenCustomer extends AsyncDisposable {
  readonly document: vscode.TextDocument;
}

/** A customer file of this text in an editor, until the end of the test. */
async function openCustomer(text: string): Promise<OpenCustomer> {
  await vscode.workspace.fs.writeFile(customerFile, Buffer.from(text));
  const document = await vscode.workspace.openTextDocument(customerFile);
  await vscode.window.showTextDocument(document);
  const close = async (): Promise<void> => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.workspace.fs.delete(customerFile);
  };
  return { document, [Symbol.asyncDispose]: close };
}

function ours(): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(customerFile).filter((problem) => problem.source === source);
}

test('a wrong value is marked where it stands, and no longer once it is put right', async () => {
  const text = JSON.stringify({ ...contosoCustomer, tenant: 'no domain' }, undefined, 2);
  await using edited = await openCustomer(text);
  const [problem] = await until(() => (ours().length > 0 ? ours() : undefined));
  assert.ok(problem);
  assert.equal(edited.document.getText(problem.range), '"no domain"');
  assert.equal(problem.severity, vscode.DiagnosticSeverity.Error);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(customerFile, problem.range, '"contoso.com"');
  await vscode.workspace.applyEdit(edit);
  assert.deepEqual(await until(() => (ours().length === 0 ? [] : undefined)), []);
});

test('above a customer file stand preview, set-up and test mail, for that file', async () => {
  await using _edited = await openCustomer(JSON.stringify(contosoCustomer));
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    customerFile,
  );
  assert.deepEqual(
    lenses.map(({ command }) => command?.command),
    ['taExchange.previewChanges', 'taExchange.resumeSetUp', 'taExchange.sendTestEmail'],
  );
  for (const { command, range } of lenses) {
    assert.equal(String(command?.arguments?.[0]), String(customerFile));
    assert.equal(range.start.line, 0);
  }
});

async function completions(at: vscode.Position): Promise<string[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    customerFile,
    at,
  );
  return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

test('an empty customer file is offered the snippets', async () => {
  await using _edited = await openCustomer('\n');
  const offered = await until(async () => {
    const found = await completions(new vscode.Position(0, 0));
    return found.includes('Customer of T&A') ? found : undefined;
  });
  assert.ok(offered.includes('Customer of T&A, in full'));
});

test('a field of a customer file is offered examples', async () => {
  await using _edited = await openCustomer('{ "app": { "secret": { "lifetimeDays":  } } }');
  const offered = await until(async () => {
    const found = await completions(new vscode.Position(0, 39));
    return found.includes('365') ? found : undefined;
  });
  assert.ok(offered.includes('730'));
});

test('other JSON files get neither problems nor lenses of ours', async () => {
  await using _edited = await openCustomer('{}');
  const other = fileOf('package.json');
  await vscode.workspace.fs.writeFile(other, Buffer.from('{}'));
  await vscode.workspace.openTextDocument(other);
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    other,
  );
  assert.deepEqual(lenses, []);
  await until(() => (ours().length > 0 ? true : undefined));
  const found = vscode.languages.getDiagnostics(other).filter((problem) => problem.source === source);
  assert.deepEqual(found, []);
  await vscode.workspace.fs.delete(other);
});
