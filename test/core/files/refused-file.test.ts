import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCustomer } from '../../../src/core/customer/customer.ts';
import { readText } from '../../../src/core/files/read-text.ts';
import { readResultBlock, resultBegin, resultEnd } from '../../../src/core/hand-over/scripts/result-block.ts';
import { importPreferences } from '../../../src/core/preferences/import.ts';
import { readPreferences } from '../../../src/core/preferences/preferences-file.ts';
import { readSavedPlan } from '../../../src/core/setup/saved-plan.ts';
import { Failure } from '../../../src/core/words/failure.ts';
import { errorFrom } from '../../support/error-from.ts';
import { preferencesWith } from '../../support/preferences.ts';
import { tempFile, tempFolder } from '../../support/temp-folder.ts';

const windowsPage = Buffer.from('{"name": "M\xfcller"}', 'latin1');
const readResult = async (path: string): Promise<unknown> => readResultBlock(await readText(path), path);

async function nextOf(work: Promise<unknown>): Promise<string> {
  const error = await errorFrom(work);
  if (!(error instanceof Failure)) throw error;
  expect(error).toMatchObject({ code: 'TA-BAD-INPUT', exitCode: 3 });
  return String(error.advice.next);
}

const saveAgain = /in a text editor, .*UTF-8/;
const readers = [
  ['a customer file', readCustomer, 'a.ta-customer.json'],
  ['a preferences file', readPreferences, 'a.ta-email.json'],
  ['a saved plan', readSavedPlan, 'a.ta-plan.json'],
  ['imported JSON', importPreferences, 'a.json'],
  ['a pasted screen', importPreferences, 'a.txt'],
  ["the admin's result", readResult, 'result.txt'],
] as const;

test.each(readers)('%s in another coding: the next move says how to save it', async (_, read, name) => {
  expect(await nextOf(read(await tempFile(name, windowsPage)))).toMatch(saveAgain);
});

test.each(readers)(
  '%s that is empty, a folder or too large is named, not a value in it',
  async (_, read, name) => {
    expect(await nextOf(read(await tempFile(name, '')))).toContain('the right file');
    expect(await nextOf(read(await tempFile(name, 'x'.repeat(1024 * 1024 + 1))))).toContain('the right file');
    const folder = join(await tempFolder(), name);
    await mkdir(folder);
    expect(await nextOf(read(folder))).toContain('the right file');
  },
);

test.each(readers.slice(0, 4))(
  '%s that is no JSON: the next move says what JSON needs',
  async (_, read, name) => {
    const next = await nextOf(read(await tempFile(name, "{'name': 'Contoso'}")));
    expect(String(next)).toMatch(/double quotes.*comma.*comment/);
    const cut = await nextOf(read(await tempFile(name, '{"name": "Contoso"')));
    expect(cut).toMatch(/double quotes/);
  },
);

test('text that is not of the screen: the next move names both tabs, and the other form', async () => {
  const next = await nextOf(importPreferences(await tempFile('a.txt', 'What we use for email\n')));
  expect(String(next)).toMatch(/Connection tab .*API Endpoints tab.*\.txt.*UTF-8/);
  expect(String(next)).toContain('.json');
});

test.each([
  ['no block', 'Hello'],
  ['half a block', `${resultBegin}\n{"version": 1`],
  ['a block that was altered', `${resultBegin}\n{"version": 1,}\n${resultEnd}\n`],
  ['a block without a field', `${resultBegin}\n{"version": 1}\n${resultEnd}\n`],
])('a result with %s: the next move says what to save, from which line to which', async (_, text) => {
  const next = await nextOf(readResult(await tempFile('result.txt', text)));
  expect(String(next)).toMatch(/BEGIN.*END.*UTF-8/s);
});

test('a value that is wrong is still what to correct', async () => {
  const path = await tempFile('a.ta-customer.json', '{"name": 7}');
  expect(await nextOf(readCustomer(path))).toContain('Correct this value');
});

test('the ends of lines and of the file are taken as every program leaves them', async () => {
  const { connection } = preferencesWith();
  const lines = [`Tenant ID: ${connection.tenantId}`, `Client ID: ${connection.clientId}`];
  for (const text of [
    lines.join('\n'),
    `${lines.join('\r\n')}\r\n\r\n`,
    lines.join('\r'),
    `\ufeff${lines.join('\n')}`,
    lines.join('\u2028'),
  ]) {
    const { preferences } = await importPreferences(await tempFile('a.txt', text));
    expect(preferences.connection).toMatchObject({
      tenantId: connection.tenantId,
      clientId: connection.clientId,
    });
  }
});
