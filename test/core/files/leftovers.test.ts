import { readdir, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { sweepLeftovers, temporaryName } from '../../../src/core/files/leftovers.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const deadPid = 2 ** 30;

test('removes what a dead process left, and nothing else', async () => {
  const folder = await tempFolder();
  const stays = [
    'a.json',
    basename(temporaryName('a.json')),
    `.a.json.ta-${deadPid}-0123456789ab.tmp.txt`,
    `.a.json.ta-x-0123456789ab.tmp`,
    `.b.json.ta-${deadPid}-0123456789ab.tmp`,
    `a.json.ta-${deadPid}-0123456789ab.tmp`,
  ];
  const goes = [`.a.json.ta-${deadPid}-0123456789ab.tmp`, `.a.json.ta-${deadPid}-abcdefabcdef.tmp`];
  for (const name of [...stays, ...goes]) await writeFile(join(folder, name), 'x');
  expect((await sweepLeftovers(join(folder, 'a.json'), Date.now())).sort()).toEqual(goes.sort());
  expect((await readdir(folder)).sort()).toEqual(stays.sort());
});

test('removes an old one although a process with its number lives', async () => {
  const folder = await tempFolder();
  const leftover = temporaryName(join(folder, 'a.json'));
  await writeFile(leftover, 'x');
  expect(await sweepLeftovers(join(folder, 'a.json'), Date.now())).toEqual([]);
  const hoursAgo = new Date(Date.now() - 2 * 3_600_000);
  await utimes(leftover, hoursAgo, hoursAgo);
  expect(await sweepLeftovers(join(folder, 'a.json'), Date.now())).toEqual([basename(leftover)]);
});

test('finds nothing in a folder that is not there', async () => {
  expect(await sweepLeftovers('/no/such/folder/a.json', Date.now())).toEqual([]);
});
