import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import {
  dropOldFile,
  keepOldFile,
  oldFileOf,
  replacePreferences,
} from '../../../src/core/preferences/old-file.ts';
import { inClear, readPreferences } from '../../../src/core/preferences/preferences-file.ts';
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

test('keeps a copy for the owner alone, the first one until it is dropped', async () => {
  const path = await tempFile('a.ta-email.json', 'proved');
  await keepOldFile(path);
  await writeFile(path, 'never proved');
  await keepOldFile(path);
  expect(await readFile(oldFileOf(path), 'utf8')).toBe('proved');
  expect((await stat(oldFileOf(path))).mode & 0o777).toBe(0o600);
  await dropOldFile(path);
  expect(await readdir(dirname(path))).toEqual(['a.ta-email.json']);
});

test('has nothing to keep or to drop where there is no file', async () => {
  const path = join(await tempFolder(), 'a.ta-email.json');
  await keepOldFile(path);
  await dropOldFile(path);
  expect(await readdir(dirname(path))).toEqual([]);
});

test('preferences replace others and keep them; the same ones change nothing', async () => {
  const path = join(await tempFolder(), 'a.ta-email.json');
  const [one, two] = ['one', 'two'].map((name) =>
    preferencesWith({ clientSecret: new Secret(`${name}-secret`) }),
  );
  if (!one || !two) throw new Error('two sets of preferences');
  expect(await replacePreferences(path, one)).toEqual({ changed: true, kept: undefined });
  expect(await replacePreferences(path, one)).toEqual({ changed: false, kept: undefined });
  expect(await readdir(dirname(path))).toEqual(['a.ta-email.json']);
  expect(await replacePreferences(path, two)).toEqual({ changed: true, kept: oldFileOf(path) });
  expect(inClear(await readPreferences(path))).toEqual(inClear(two));
  expect(inClear(await readPreferences(oldFileOf(path)))).toEqual(inClear(one));
});

test('what is no preferences is kept as well', async () => {
  const path = await tempFile('a.ta-email.json', 'notes of mine');
  await replacePreferences(path, preferencesWith());
  expect(await readFile(oldFileOf(path), 'utf8')).toBe('notes of mine');
});
