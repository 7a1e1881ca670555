import { afterAll, beforeAll, expect, test } from 'vitest';
import { paletteRows } from '../vscode/palette.ts';
import { openVscode, type VscodeWindow } from '../vscode/vscode-window.ts';

let vscode: VscodeWindow;

beforeAll(async () => {
  vscode = await openVscode();
});
afterAll(() => vscode?.close());

test('the package installed into a fresh VS Code offers its commands', async () => {
  expect(await paletteRows(vscode.page, 'T&A Exchange: ')).toContain('T&A Exchange: Show Log');
});

test('the window asks nothing of another machine', () => {
  expect(vscode.outside).toEqual([]);
});
