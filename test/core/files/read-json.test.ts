import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { readJson } from '../../../src/core/files/read-json.ts';
import { Failure } from '../../../src/core/words/failure.ts';
import { errorFrom } from '../../support/error-from.ts';
import { testWith } from '../../support/machine-tools.ts';
import { makeNamedPipe } from '../../support/named-pipe.ts';
import { tempFile, tempFolder } from '../../support/temp-folder.ts';

const Shape = z.strictObject(
  {
    name: z.string('a name'),
    mail: z.optional(
      z.strictObject(
        { fromAddress: z.string('an address'), fromName: z.optional(z.string('text')) },
        'an object',
      ),
    ),
    list: z.optional(z.array(z.strictObject({ id: z.int('a whole number') }), 'a list')),
  },
  'an object',
);

async function refusal(content: string | Uint8Array): Promise<string> {
  const path = await tempFile('a.json', content);
  const error = await errorFrom(readJson(path, Shape));
  expect(error).toBeInstanceOf(Failure);
  expect(error).toMatchObject({ exitCode: 3 });
  return (error as Failure).message.replace(path, 'a.json');
}

test('reads a file, with or without a byte order mark', async () => {
  const text = '{"name":"Größe"}';
  const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le');
  for (const content of [text, `\uFEFF${text}`, utf16, Buffer.from(utf16).swap16()]) {
    expect(await readJson(await tempFile('a.json', content), Shape)).toEqual({ name: 'Größe' });
  }
});

test.each([
  [
    'a secret in place of a name',
    { name: 'x', 'abc8Q~canary-canary.canary_canary': 'a' },
    'a.json: expected one of the fields name, mail, list, found an unknown field.',
  ],
  [
    'an unknown field with a near name',
    { name: 'x', mail: { formAddress: 'a' } },
    'a.json, mail.formAddress: expected the field "fromAddress", found an unknown field.',
  ],
  [
    'an unknown field in a list',
    { name: 'x', list: [{ id: 1, ids: 2 }] },
    'a.json, list[0].ids: expected the field "id", found an unknown field.',
  ],
  [
    'an unknown field like no other',
    { name: 'x', zzzzzzzzzz: 1 },
    'a.json, zzzzzzzzzz: expected one of the fields name, mail, list, found an unknown field.',
  ],
  [
    'a field in other case',
    { Name: 'x' },
    'a.json, Name: expected the field "name", found an unknown field.',
  ],
  ['a missing field', {}, 'a.json, name: expected a name, found nothing.'],
  [
    'a missing field inside',
    { name: 'x', mail: {} },
    'a.json, mail.fromAddress: expected an address, found nothing.',
  ],
  ['null for a text', { name: null }, 'a.json, name: expected a name, found null.'],
  ['a list for a text', { name: [] }, 'a.json, name: expected a name, found a list.'],
  ['a number for a text', { name: 1 }, 'a.json, name: expected a name, found a number.'],
  ['a text for an object', { name: 'x', mail: 'y' }, 'a.json, mail: expected an object, found other text.'],
  ['an object for a list', { name: 'x', list: {} }, 'a.json, list: expected a list, found an object.'],
  [
    'a text for a number',
    { name: 'x', list: [{ id: '7' }] },
    'a.json, list[0].id: expected a whole number, found other text.',
  ],
  ['a list for the whole', [], 'a.json: expected an object, found a list.'],
  ['a text for the whole', 'x', 'a.json: expected an object, found other text.'],
])('refuses %s', async (_, content, message) => {
  expect(await refusal(JSON.stringify(content))).toBe(message);
});

test.each([
  ['an empty file', '', 'a.json: expected a JSON text, found an empty file.'],
  [
    'a byte order mark alone',
    '\uFEFF',
    'a.json, line 1, column 1: expected a JSON value, found the end of the file.',
  ],
  ['bad UTF-8', Buffer.from([0x22, 0xc3, 0x28, 0x22]), 'a.json: expected text in UTF-8, found other bytes.'],
  ['more than 1 MiB', ' '.repeat(1024 * 1024 + 1), 'a.json: expected a file of at most 1 MB.'],
  ['a zip', Buffer.from('504b0304140000000800', 'hex'), 'a.json, line 1, column 1: expected a JSON value.'],
])('refuses %s', async (_, content, message) => {
  expect(await refusal(content)).toBe(message);
});

testWith('mkfifo')(
  'refuses what is not there, a folder, a pipe and a device, and does not wait',
  async () => {
    const folder = await tempFolder();
    await mkdir(join(folder, 'folder.json'));
    makeNamedPipe(join(folder, 'pipe.json'));
    const found = async (path: string) => (await errorFrom(readJson(path, Shape))) as Failure;
    expect(await found(join(folder, 'none.json'))).toMatchObject({ code: 'TA-FILE-MISSING', exitCode: 3 });
    expect(await found(join(folder, 'a\0b'))).toMatchObject({ code: 'TA-FILE-MISSING', exitCode: 3 });
    expect((await found(join(folder, 'folder.json'))).message).toMatch(/expected a file, found a folder\.$/);
    expect((await found(join(folder, 'pipe.json'))).message).toMatch(
      /expected a file, found something else\.$/,
    );
    expect((await found('/dev/zero')).message).toBe('/dev/zero: expected a file, found something else.');
  },
);

test('refuses a link that leads nowhere, and says of one that leads to itself that it cannot be read', async () => {
  const path = join(await tempFolder(), 'a.json');
  await symlink('none', path);
  expect(await errorFrom(readJson(path, Shape))).toMatchObject({ code: 'TA-FILE-MISSING', exitCode: 3 });
  await rm(path);
  await symlink(path, path);
  expect(await errorFrom(readJson(path, Shape))).toMatchObject({ code: 'TA-CANNOT-READ', exitCode: 3 });
});
