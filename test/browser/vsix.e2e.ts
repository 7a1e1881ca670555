import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { notification } from '../vscode/notifications.ts';
import { paletteRows, runCommand } from '../vscode/palette.ts';
import { quickInput } from '../vscode/quick-input.ts';
import { writeSampleWorkspace } from '../vscode/sample-workspace.ts';
import { openViewContainer, treeRow } from '../vscode/tree.ts';
import { openVscode, type VscodeWindow } from '../vscode/vscode-window.ts';
import { webviewFrame } from '../vscode/webview-frame.ts';

// The packed extension in a fresh VS Code: each part that is loaded when it is first used must be in the package.

let folder: string;
let vscode: VscodeWindow;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ta-workspace-'));
  writeSampleWorkspace(folder);
  vscode = await openVscode({ open: folder });
});
afterAll(async () => {
  await vscode?.close();
  await rm(folder, { recursive: true, force: true });
});

test('the view lists the customers of the folder', async () => {
  await openViewContainer(vscode.page, 'T&A Exchange');
  await treeRow(vscode.page, /^Contoso Ltd/).waitFor();
  await treeRow(vscode.page, /^Contoso Payroll/).waitFor();
});

test('the palette offers a command that only a trusted folder has', async () => {
  const command = 'T&A Exchange: Set Up Customer…';
  expect((await paletteRows(vscode.page, 'T&A Exchange: Set Up', command))[0]).toBe(command);
});

test('the practice tenant starts from the package', async () => {
  await runCommand(vscode.page, 'T&A Exchange: Start Practice Tenant');
  await notification(vscode.page, 'The practice tenant is running');
  await vscode.page.locator('.statusbar-item', { hasText: 'PRACTICE' }).waitFor();
});

test('the page of a customer opens from the package', async () => {
  await runCommand(vscode.page, 'T&A Exchange: Set Up Customer…');
  await quickInput(vscode.page).pick('Contoso Ltd');
  const page = await webviewFrame(vscode.page, '#page > .set-up:not(.opening)');
  await page.getByRole('heading', { name: 'Contoso Ltd' }).waitFor();
});

test('the window asked nothing of another machine', () => {
  expect(vscode.outside).toEqual([]);
});
