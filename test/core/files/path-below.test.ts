import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileBelow, staysBelow } from '../../../src/core/files/path-below.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const systems = ['linux', 'darwin', 'win32'] as const;

test.each([
  '/etc/contoso.json',
  '\\Users\\Public\\a.json',
  'C:\\Users\\Public\\a.json',
  'c:a.json',
  'C:/a.json',
  '\\\\evil.example\\share\\a.json',
  '//evil.example/share/a.json',
  '\\/evil.example/share/a.json',
  '\\\\?\\C:\\a.json',
  '\\\\?\\UNC\\evil.example\\share\\a.json',
  '\\\\.\\pipe\\a',
  '../a.json',
  '..\\a.json',
  'below/../../a.json',
  'below\\..\\..\\a.json',
  '.. /a.json',
  '.../a.json',
  '..',
  '',
  'below//a.json',
  'CON',
  'nul.ta-email.json',
  'below/com1.json',
  'below\\LPT9',
  'a\0b',
  'a\nb',
])('%j leads out, on every system', async (path) => {
  for (const system of systems) expect(staysBelow(path, system), system).toBe(false);
  expect(await fileBelow(await tempFolder(), path)).toBeUndefined();
});

test.each(['contoso.ta-email.json', 'below/contoso.ta-email.json', './a.json', '..a.json', 'console.json'])(
  '%j stays below, on every system',
  async (path) => {
    for (const system of systems) expect(staysBelow(path, system), system).toBe(true);
    const folder = await tempFolder();
    expect(await fileBelow(folder, path)).toBe(join(folder, path));
  },
);

test('what Windows alone reads in another way is refused there', () => {
  for (const path of ['a.json:stream', 'a?.json', 'below /a.json', 'a.json.'])
    expect(
      systems.map((system) => staysBelow(path, system)),
      path,
    ).toEqual([true, true, false]);
});

test('a link leads out, wherever in the path it stands', async () => {
  const folder = await tempFolder();
  await mkdir(join(folder, 'below'));
  await symlink(await tempFolder(), join(folder, 'link'));
  await symlink('nothing', join(folder, 'below', 'a.json'));
  for (const path of ['link/a.json', 'below/a.json'])
    expect(await fileBelow(folder, path), path).toBeUndefined();
  expect(await fileBelow(folder, 'below/b.json')).toBe(join(folder, 'below', 'b.json'));
});
