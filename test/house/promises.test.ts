import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  exchangeRemovalFileOf,
  lastCheckFileOf,
  preferencesFileOf,
  recordFileOf,
  renewalFilesOf,
} from '../../src/core/customer/file-names.ts';
import { stateName } from '../../src/core/files/own-files.ts';
import { oldFileOf } from '../../src/core/preferences/preferences-file.ts';
import { documentNamed } from '../support/documents.ts';
import { root, sourceFiles } from '../support/source-imports.ts';

const filesNaming = (words: RegExp): string[] =>
  sourceFiles('src')
    .filter(({ text }) => words.test(text))
    .map(({ path }) => path);

test('nothing is given to settings sync', () => {
  expect(filesNaming(/setKeysForSync/)).toEqual([]);
});

test('no link from outside starts anything', () => {
  expect(filesNaming(/registerUriHandler/)).toEqual([]);
});

test('there is no telemetry', () => {
  expect(filesNaming(/createTelemetryLogger|isTelemetryEnabled|TelemetrySender/)).toEqual([]);
});

test('what is written to the clipboard is no secret', () => {
  expect(filesNaming(/clipboard\.writeText|copyText\(/).sort()).toEqual([
    'src/core/preferences/formats/html.ts',
    'src/extension/commands/adopt-registration.ts',
    'src/extension/commands/copy-support-info.ts',
    'src/extension/commands/open.ts',
    'src/extension/commands/saved-plan.ts',
    'src/extension/customers/tree/tooltip.ts',
    'src/extension/mail-form/shell-ports.ts',
    'src/extension/set-up/page.ts',
    'src/extension/shell/show-error.ts',
  ]);
  expect(filesNaming(/clipboard\.writeText\([^;]*reveal\(/)).toEqual([]);
});

test('nothing is written through an editor, which keeps copies', () => {
  expect(filesNaming(/WorkspaceEdit|workspace\.applyEdit\(|openTextDocument\(|\.save\(\)/)).toEqual([]);
});

test('no dependency runs a script when it is installed', () => {
  expect(readFileSync(join(root, '.npmrc'), 'utf8')).toMatch(/^ignore-scripts=true$/m);
});

test('the table of what is stored names each file that lies beside a customer', () => {
  const own = 'NAME.ta-customer.json';
  const { sheet, reminders } = renewalFilesOf(own);
  const preferences = preferencesFileOf(own);
  const record = recordFileOf(own);
  const beside = [own, record, preferences, oldFileOf(preferences), lastCheckFileOf(own), sheet, reminders];
  const names = [...beside, exchangeRemovalFileOf(own), `${record}.lock`, stateName];
  const [, table = ''] = /^## What is stored where\n([\s\S]*?)^## /m.exec(documentNamed('SECURITY.md')) ?? [];
  expect(names.filter((name) => !table.includes(`\`${name}\``))).toEqual([]);
});

test('every question is asked in one way, and none goes when VS Code takes its focus', () => {
  expect(filesNaming(/show(QuickPick|InputBox)|showWorkspaceFolderPick/)).toEqual([]);
  const boxes = sourceFiles('src').filter(({ text }) => /create(QuickPick|InputBox)/.test(text));
  const astray = boxes.filter(
    ({ path, text }) => !path.startsWith('src/extension/ask/') && !text.includes('ignoreFocusOut = true'),
  );
  expect(astray.map(({ path }) => path)).toEqual([]);
});

test('a page takes the focus in one way, which waits until the page has it', () => {
  const takers = sourceFiles('webview').filter(({ text }) => /\.focus\(\)/.test(text));
  const known = /^webview\/(kit\/.+|element|main)\.ts$/;
  expect(takers.map(({ path }) => path).filter((path) => !known.test(path))).toEqual([]);
});

test('the form, the set-up page and the page of a check are the only pages of ours', () => {
  const pages = /createWebviewPanel|registerWebviewViewProvider|registerCustomEditorProvider/;
  expect(filesNaming(pages)).toEqual([
    'src/extension/fleet/fleet-page.ts',
    'src/extension/mail-form/open-form.ts',
    'src/extension/set-up/pages.ts',
  ]);
});
