import { link, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkOutput, refuseOwnName, writeOutput } from '../../../src/core/files/own-files.ts';
import { errorFrom } from '../../support/error-from.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const refusal = { code: 'TA-OWN-FILE', exitCode: 3, advice: { next: expect.saying('Choose a') } };

test.each([
  'a.ta-email.json',
  'A.TA-Email.JSON',
  'a.ta-customer.json',
  'a.before.ta-email.json',
  '.ta-record.json',
])('nothing else goes to %s, whether it is there or not', async (name) => {
  const path = join(await tempFolder(), name);
  expect(await errorFrom(checkOutput(path))).toMatchObject(refusal);
  expect(await errorFrom(refuseOwnName(path))).toMatchObject(refusal);
  await writeFile(path, 'ours');
  expect(await errorFrom(writeOutput(path, 'new'))).toMatchObject(refusal);
  expect(await readFile(path, 'utf8')).toBe('ours');
});

test('a link to one of our files is refused, whatever it is called', async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, 'a.ta-email.json'), 'ours');
  await symlink('a.ta-email.json', join(folder, 'copy.json'));
  expect(await errorFrom(checkOutput(join(folder, 'copy.json')))).toMatchObject({ exitCode: 3 });
});

test('what is being read is not replaced, by whatever name', async () => {
  const folder = await tempFolder();
  const input = join(folder, 'input.json');
  await writeFile(input, 'ours');
  await mkdir(join(folder, 'below'));
  await symlink(folder, join(folder, 'linked'));
  await link(input, join(folder, 'hard.json'));
  for (const name of ['input.json', 'below/../input.json', 'linked/input.json', 'hard.json'])
    expect(await errorFrom(checkOutput(`${folder}/${name}`, { inputs: [input] })), name).toMatchObject({
      ...refusal,
      message: expect.stringContaining('is the file to read from'),
    });
});

test('what is being read is not replaced by its name in another case, where that is one file', async () => {
  const folder = await tempFolder();
  const input = join(folder, 'Contoso.json');
  await writeFile(input, 'ours');
  for (const name of ['contoso.json', 'CONTOSO.JSON']) {
    const path = join(folder, name);
    // Two names of one file, as Windows and macOS have it of themselves.
    await link(input, path).catch(() => undefined);
    expect(await errorFrom(writeOutput(path, 'new', { inputs: [input] })), name).toMatchObject(refusal);
  }
  expect(await readFile(input, 'utf8')).toBe('ours');
});

test('any other name is free, and what lies there is replaced', async () => {
  const path = join(await tempFolder(), 'a.ta-email.copy.json');
  await writeOutput(path, 'one', { inputs: [join(path, 'missing')] });
  await writeOutput(path, 'two');
  expect(await readFile(path, 'utf8')).toBe('two');
});

test('preferences alone may replace preferences, not a customer file or a record', async () => {
  const folder = await tempFolder();
  const options = { isPreferences: true, inputs: [] };
  await checkOutput(join(folder, 'a.ta-email.json'), options);
  for (const name of ['a.ta-customer.json', 'a.ta-record.json'])
    expect(await errorFrom(checkOutput(join(folder, name), options))).toMatchObject(refusal);
});
