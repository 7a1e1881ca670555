import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeExport } from '../../../src/core/preferences/export.ts';
import { type FormatName, formats } from '../../../src/core/preferences/formats/formats.ts';
import { inClear } from '../../../src/core/preferences/preferences-file.ts';
import { Secret } from '../../../src/core/secret.ts';
import { makeAgeKey, openWithKey } from '../../support/age-tool.ts';
import { errorFrom } from '../../support/error-from.ts';
import { gitRepository } from '../../support/git-repository.ts';
import { disguisesOf, filesBelow } from '../../support/hiding-places.ts';
import { preferencesWith } from '../../support/preferences.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const names = Object.keys(formats) as FormatName[];
const canary = 'Cnry~0123456789abcdefghijklmnopqrstuvwxy';
const preferences = preferencesWith({ clientSecret: new Secret(canary) });

test.each(names)(
  'writes %s with the secret for the owner alone, in place of what was there',
  async (format) => {
    const path = join(await tempFolder(), `a${formats[format].extension}`);
    await writeFile(path, 'old', { mode: 0o644 });
    const { write } = formats[format];
    const exported = await writeExport(path, preferences, { format, secret: { kind: 'include' } });
    expect(exported).toEqual({ file: path, notes: [] });
    expect(await readFile(path, 'utf8')).toBe(write(inClear(preferences)));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  },
);

test('no file holds the secret in any disguise where it is left out or encrypted', async () => {
  const folder = await tempFolder();
  const key = await makeAgeKey(join(await tempFolder(), 'key.txt'));
  for (const format of names) {
    const reader = { kind: 'recipient', key: key.recipient } as const;
    const place = '/home/ada/contoso.ta-email.json';
    await writeExport(join(folder, `left-out.${format}`), preferences, {
      format,
      secret: { kind: 'omit', place },
    });
    const { file } = await writeExport(join(folder, `sealed.${format}`), preferences, {
      format,
      secret: { kind: 'encrypt', reader },
    });
    expect(file).toBe(join(folder, `sealed.${format}.age`));
    expect(await openWithKey(file, key)).toContain(canary);
  }
  const files = await filesBelow(folder);
  expect(Object.keys(files)).toHaveLength(2 * names.length);
  for (const [file, text] of Object.entries(files)) {
    for (const [how, disguise] of Object.entries(disguisesOf(canary)))
      expect(text.includes(disguise), `${file}, ${how}`).toBe(false);
    if (file.startsWith('left-out')) expect(text).toContain('(left out; it is in contoso.ta-email.json)');
  }
}, 60_000);

test('does not put the secret where git would take it along; without it the place is free', async () => {
  const root = await gitRepository();
  const path = join(root, 'sheet.html');
  const refused = writeExport(path, preferences, { format: 'html', secret: { kind: 'include' } });
  expect(await errorFrom(refused)).toMatchObject({ code: 'TA-NOT-IGNORED' });
  expect(await readdir(root)).toEqual(['.git']);
  await writeExport(path, preferences, { format: 'html', secret: { kind: 'omit', place: 'x' } });
  expect(await readdir(root)).toContain('sheet.html');
});

test('makes no sheet that tells people to enter strange endpoints', async () => {
  const folder = await tempFolder();
  const evil = preferencesWith({}, { graphApiEndpoint: 'https://graph.microsoft.com.evil.example/v1.0' });
  const refused = writeExport(join(folder, 'a.html'), evil, {
    format: 'html',
    secret: { kind: 'include' },
  });
  expect(await errorFrom(refused)).toMatchObject({ code: 'TA-ENDPOINT', exitCode: 3 });
  expect(await readdir(folder)).toEqual([]);
});
