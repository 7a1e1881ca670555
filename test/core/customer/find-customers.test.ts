import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findCustomers, recordsLeftBehind } from '../../../src/core/customer/find-customers.ts';
import { errorFrom } from '../../support/error-from.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** A folder with such files; what it finds is told from there. */
async function folderWith(...files: string[]) {
  const folder = await tempFolder();
  for (const file of files) {
    await mkdir(join(folder, file, '..'), { recursive: true });
    await writeFile(join(folder, file), '{}');
  }
  const find = async (...paths: string[]) => {
    const found = await findCustomers(paths.map((path) => join(folder, path)));
    return found.map(({ file, unread }) => [file.slice(folder.length + 1), unread?.code ?? 'customer']);
  };
  return { folder, find };
}

test('folders that are too deep to be searched are named', async () => {
  const deep = (levels: number) => 'x/'.repeat(levels);
  const { find } = await folderWith(`${deep(16)}1.ta-customer.json`, `${deep(17)}2.ta-customer.json`);
  expect(await find('')).toEqual([
    [`${deep(16)}1.ta-customer.json`, 'customer'],
    [deep(17).slice(0, -1), 'TA-BAD-INPUT'],
  ]);
});

test('whatever has the name of a customer file is in the list, and no link to a folder leads around', async () => {
  const { folder, find } = await folderWith('real.ta-customer.json', 'folder.ta-customer.json/inside.txt');
  await symlink('real.ta-customer.json', join(folder, 'link.ta-customer.json'));
  await symlink('nowhere', join(folder, 'broken.ta-customer.json'));
  await symlink('.', join(folder, 'around'));
  const names = ['broken', 'folder', 'link', 'real'];
  expect(await find('')).toEqual(names.map((name) => [`${name}.ta-customer.json`, 'customer']));
});

test('where a folder has no customer, the advice is another path, and no value to correct', async () => {
  expect(await errorFrom(findCustomers([await tempFolder()]))).toMatchObject({
    advice: { next: 'Name a customer file, or a folder that contains one.' },
  });
});

test('a customer that is given twice is checked once, as one that was named', async () => {
  const { folder } = await folderWith('a/1.ta-customer.json');
  const named = join(folder, 'a', '1.ta-customer.json');
  for (const paths of [
    [folder, named],
    [named, folder],
    [`${folder}/a/../a/1.ta-customer.json`, folder],
  ])
    expect(await findCustomers(paths)).toMatchObject([{ isNamed: true }]);
});

test('records that belong to no customer file are found by reading each folder once, however many customers are in it', async () => {
  const { folder } = await folderWith(
    'a/1.ta-customer.json',
    'a/1.ta-record.json',
    'a/2.ta-record.json',
    'b/x',
  );
  const leftBehind = recordsLeftBehind();
  const [first, other] = [
    leftBehind(join(folder, 'a/3.ta-customer.json')),
    leftBehind(join(folder, 'a/4.ta-customer.json')),
  ];
  expect(other).toBe(first);
  expect(await first).toEqual(['2.ta-record.json']);
  expect(await leftBehind(join(folder, 'b/1.ta-customer.json'))).toEqual([]);
});
