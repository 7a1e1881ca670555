import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import * as vscode from 'vscode';
import { practiceUri, registerDecorations } from '../../../src/extension/customers/decorations.ts';
import type { Overview } from '../../../src/extension/customers/overview.ts';
import { readFiles } from '../../../src/extension/customers/read-files.ts';
import { contosoCustomer } from '../../support/contoso-customer.ts';
import { person, Uri, workspace } from '../../support/fake-vscode.ts';
import { setUpRecord } from '../../support/set-up-record.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const now = '2026-11-24T12:00:00Z';
const inDays = (days: number): string => new Date(Date.parse(now) + days * 86_400_000).toISOString();

afterEach(() => {
  workspace.isTrusted = true;
  vi.useRealTimers();
});

/** What VS Code is told of a file of a customer whose secret expires so many days from now. */
async function marks(days: number) {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(now) });
  const stem = join(await tempFolder(), 'contoso');
  await writeFile(`${stem}.ta-customer.json`, JSON.stringify(contosoCustomer));
  await writeFile(`${stem}.ta-record.json`, JSON.stringify(setUpRecord(inDays(days))));
  const changes = new vscode.EventEmitter<vscode.Uri | undefined>();
  const of = vi.fn<Overview['of']>((file) => readFiles(file, { placeOf: () => undefined }));
  const overview = { of, onDidChange: changes.event } as unknown as Overview;
  registerDecorations(overview);
  const provider = person.decorations.at(-1) ?? expect.fail();
  const markOf = async (kind: string) =>
    await provider.provideFileDecoration(Uri.file(`${stem}.ta-${kind}.json`));
  return { markOf, of, changes, provider };
}

test("a customer file that needs action has a mark wherever VS Code lists files, and the customer's other files have none", async () => {
  const { markOf, of } = await marks(10);
  expect(await markOf('customer')).toMatchObject({
    shown: {
      badge: '!',
      tooltip: 'This T&A customer needs action',
      color: { id: 'list.warningForeground' },
    },
  });
  expect([await markOf('record'), await markOf('email')]).toEqual([undefined, undefined]);
  expect(of).toHaveBeenCalledOnce();
});

test('a customer file that needs no action has no mark, and in a workspace that is not trusted none is read', async () => {
  expect(await (await marks(179)).markOf('customer')).toBeUndefined();
  const { markOf, of } = await marks(10);
  workspace.isTrusted = false;
  expect(await markOf('customer')).toBeUndefined();
  expect(of).not.toHaveBeenCalled();
});

test('VS Code asks again once the files of a customer change, and a rehearsed one is told by its row', async () => {
  const { changes, provider } = await marks(10);
  const asked = vi.fn();
  provider.onDidChangeFileDecorations(asked);
  changes.fire(undefined);
  expect(asked).toHaveBeenCalledOnce();
  const row = practiceUri(vscode.Uri.file('/a/contoso.ta-customer.json'));
  expect(await provider.provideFileDecoration(Uri.parse(String(row)))).toMatchObject({
    shown: { badge: 'P' },
  });
});
