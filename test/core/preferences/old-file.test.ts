import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import {
  inClear,
  oldFileOf,
  openPreferences,
  readPreferences,
} from '../../../src/core/preferences/preferences-file.ts';
import { Secret } from '../../../src/core/secret.ts';
import { preferencesWith } from '../../support/preferences.ts';
import { tempFile, tempFolder } from '../../support/temp-folder.ts';

test.each([
  ['/a/contoso.ta-email.json', '/a/contoso.before.ta-email.json'],
  ['/a.b/contoso.json', '/a.b/contoso.before.json'],
  ['/a.b/contoso', '/a.b/contoso.before'],
])('keeps %s as %s', (path, old) => {
  expect(oldFileOf(path)).toBe(old);
});

const [one, two] = [1, 2].map((n) => preferencesWith({ clientSecret: new Secret(`${n}-secret`) }));
if (!one || !two) throw new Error('two sets of preferences');
const textIn = (path: string): Promise<string> => readFile(path, 'utf8');

test('keeps a copy for the owner alone, the first one until it is dropped', async () => {
  const path = await tempFile('a.ta-email.json', 'proved');
  const file = await openPreferences(path);
  await file.replace(one);
  await file.replace(two);
  expect(await textIn(oldFileOf(path))).toBe('proved');
  expect((await stat(oldFileOf(path))).mode & 0o777).toBe(0o600);
  await file.dropOld();
  expect(await readdir(dirname(path))).toEqual(['a.ta-email.json']);
});

test('has nothing to drop where there was no file', async () => {
  const path = join(await tempFolder(), 'a.ta-email.json');
  const file = await openPreferences(path);
  await file.dropOld();
  expect(await readdir(dirname(path))).toEqual([]);
  await file.replace(one);
  expect(await readdir(dirname(path))).toEqual(['a.ta-email.json']);
});

test('preferences replace others and keep them; the same ones change nothing', async () => {
  const path = join(await tempFolder(), 'a.ta-email.json');
  const file = await openPreferences(path);
  expect(await file.replace(one)).toEqual({ changed: true, kept: undefined });
  expect(await (await openPreferences(path)).replace(one)).toEqual({ changed: false, kept: undefined });
  expect(await readdir(dirname(path))).toEqual(['a.ta-email.json']);
  expect(await file.replace(two)).toEqual({ changed: true, kept: oldFileOf(path) });
  expect(inClear(await readPreferences(path))).toEqual(inClear(two));
  expect(inClear(await readPreferences(oldFileOf(path)))).toEqual(inClear(one));
});

test('what an earlier run kept is dropped once the file is proved', async () => {
  const path = await tempFile('a.ta-email.json', 'proved');
  await (await openPreferences(path)).replace(one);
  await (await openPreferences(path)).dropOld();
  expect(await readdir(dirname(path))).toEqual(['a.ta-email.json']);
});

test('an old file that somebody else kept meanwhile stays', async () => {
  const path = await tempFile('a.ta-email.json', 'proved');
  const early = await openPreferences(path);
  await early.replace(one);
  const late = await openPreferences(path);
  await writeFile(oldFileOf(path), 'another one');
  for (const file of [early, late]) {
    await file.dropOld();
    expect(await textIn(oldFileOf(path))).toBe('another one');
  }
});

test.each<[string, (path: string) => Promise<unknown>]>([
  ['changed', (path) => writeFile(path, 'only here')],
  ['emptied', (path) => writeFile(path, '')],
  ['removed', (path) => rm(path)],
])('a file that was %s by another program is not replaced', async (_what, change) => {
  const path = await tempFile('a.ta-email.json', 'proved');
  const file = await openPreferences(path);
  await change(path);
  const before = await textIn(path).catch(() => 'none');
  await expect(file.replace(one)).rejects.toMatchObject({ code: 'TA-PREFERENCES-CHANGED' });
  await expect(file.requireUnchanged()).rejects.toMatchObject({ code: 'TA-PREFERENCES-CHANGED' });
  expect(await textIn(path).catch(() => 'none')).toBe(before);
});

test('a file that another program made is not replaced', async () => {
  const path = join(await tempFolder(), 'a.ta-email.json');
  const file = await openPreferences(path);
  await writeFile(path, 'only here');
  await expect(file.replace(one)).rejects.toMatchObject({ code: 'TA-PREFERENCES-CHANGED' });
  expect(await textIn(path)).toBe('only here');
});

test('what is no preferences is kept as well', async () => {
  const path = await tempFile('a.ta-email.json', 'notes of mine');
  const file = await openPreferences(path);
  expect(() => file.current()).toThrow(expect.objectContaining({ code: 'TA-BAD-INPUT' }));
  await file.replace(one);
  expect(await textIn(oldFileOf(path))).toBe('notes of mine');
});
