import { beforeEach, expect, test } from 'vitest';
import * as vscode from 'vscode';
import { runCommand } from '../../../src/extension/shell/run-command.ts';
import type { Shell } from '../../../src/extension/shell/shell.ts';
import { targetUri } from '../../../src/extension/shell/trust.ts';
import { person } from '../../support/fake-vscode.ts';

const here = 'file:///customers/contoso.ta-customer.json';
const share = 'file://server/share/contoso.ta-customer.json';
const uri = vscode.Uri.parse(here);

beforeEach(() => {
  person.folders = [];
});

test.each([
  ['a file in the explorer', uri],
  ['a link', here],
  ['a row of the tree', { file: { uri } }],
  ['an item of a tree', { resourceUri: uri }],
])('a command knows its customer from %s', (_, target) => {
  expect(String(targetUri(target))).toBe(here);
});

test.each([
  ['nothing', undefined],
  ['another file', vscode.Uri.parse('file:///customers/contoso.ta-record.json')],
  ['a file of another system', vscode.Uri.parse('vscode-vfs://github/contoso.ta-customer.json')],
  ['a text that is no link', '/customers/contoso.ta-customer.json'],
  ['another machine', vscode.Uri.parse(share)],
  ['a link to another machine', share],
  ['something deep', { uri: { uri: { uri: { uri: { uri } } } } }],
])('what names no customer file on this machine counts as nothing: %s', (_, target) => {
  expect(targetUri(target)).toBeUndefined();
});

test('a share that the person has opened is as good as a folder of this machine', () => {
  person.folders = ['/share'];
  expect(String(targetUri(vscode.Uri.parse(share)))).toBe(share);
});

test('a command gives nothing back to whoever called it, whatever it has found', async () => {
  const shell = { practice: { resume: async () => undefined } } as unknown as Shell;
  const work = async (): Promise<unknown> => 'Xy8Q~canary';
  expect(await runCommand(shell, 'taExchange.x', work as () => Promise<void>)).toBeUndefined();
});
