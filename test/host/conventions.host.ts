import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { createPatches } from './support/patches.ts';
import { run, withCustomer, withPerson, withPractice } from './support/rehearsal.ts';
import { pick } from './support/script.ts';
import { stageOf } from './support/shell.ts';
import { until } from './support/wait.ts';

const grace = { as: 'grace@contoso.com' };

test('what is wrong with a file of a customer is said on the page, which leads to the file', () =>
  withCustomer(async ({ uri, path }) => {
    writeFileSync(path('record'), '{');
    const person = await withPerson([], {}, () => run('previewChanges', uri));
    assert.deepEqual(person.told, []);
    assert.match(await stageOf(uri), /contoso\.ta-record\.json.*Open Customer File/);
  }));

test("changes are shown on the customer's page, which names them and the tenant before", () =>
  withPractice([], () =>
    withCustomer(async ({ uri }) => {
      const setUp = [pick('Copy Code & Open Browser'), pick('Make ')];
      const person = await withPerson(setUp, grace, () => run('resumeSetUp', uri));
      assert.deepEqual(person.told, []);
      assert.ok(
        person.shown.some((page) => /"Check and plan",.*"Where","Contoso \(contoso\.com\)/.test(page)),
      );
      assert.match(person.shown.at(-1) ?? '', /^\["Test email"/);
    }),
  )).timeout(300_000);

test('the page of the form may run its script and read its own folder, and nothing else', async () => {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  const patches = createPatches();
  const panels: vscode.WebviewPanel[] = [];
  const create = vscode.window.createWebviewPanel.bind(vscode.window);
  patches.put(vscode.window, 'createWebviewPanel', (...given: Parameters<typeof create>) => {
    const panel = create(...given);
    panels.push(panel);
    return panel;
  });
  try {
    await withCustomer(({ uri }) => run('openVerificationForm', uri));
  } finally {
    patches.restore();
  }
  const [panel, ...more] = panels;
  assert.ok(panel && more.length === 0);
  const { enableScripts, enableCommandUris, localResourceRoots, portMapping } = panel.webview.options;
  assert.deepEqual([enableScripts, enableCommandUris ?? false, portMapping ?? []], [true, false, []]);
  const roots = localResourceRoots?.map(({ path }) => path.replace(/.*\/(?=dist\/)/, ''));
  assert.deepEqual(roots, ['dist/webview']);
  assert.notEqual(panel.options.retainContextWhenHidden, true);
  panel.dispose();
});

test('the log opens as an output channel', async () => {
  await run('showLog');
  const isLog = ({ document }: vscode.TextEditor): boolean =>
    document.uri.scheme === 'output' && document.fileName.includes('T&A Exchange');
  await until(() => vscode.window.visibleTextEditors.find(isLog));
});

test('where the setting says so an admin signs in by browser at once, and no code is shown', () =>
  withPractice([], () =>
    withCustomer(async ({ uri }) => {
      const settings = vscode.workspace.getConfiguration('taExchange');
      await settings.update('signIn.way', 'browser', vscode.ConfigurationTarget.Global);
      try {
        const person = await withPerson([], grace, () => run('previewChanges', uri));
        assert.equal(person.opened.length, 1);
        assert.match(person.opened[0] ?? '', /\/oauth2\/v2\.0\/authorize\?/);
        assert.ok(!person.seen.some(({ title }) => title?.includes('code')));
      } finally {
        await settings.update('signIn.way', undefined, vscode.ConfigurationTarget.Global);
      }
    }),
  )).timeout(300_000);
