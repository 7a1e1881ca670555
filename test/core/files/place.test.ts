import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkPlace, ignoreLineFor, isOfPrograms, syncServiceOf } from '../../../src/core/files/place.ts';
import { checkPlaces } from '../../../src/core/preferences/preferences-file.ts';
import { errorFrom } from '../../support/error-from.ts';
import { gitRepository } from '../../support/git-repository.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test('refuses a place that git would take along, and names the line that helps', async () => {
  const root = await gitRepository();
  const path = join(root, 'contoso.ta-email.json');
  expect(await errorFrom(checkPlace(path))).toMatchObject({
    code: 'TA-NOT-IGNORED',
    exitCode: 3,
    message: `${path} would contain a secret, and the git repository ${root} does not ignore it.`,
    advice: {
      next: `Add the line *.ta-email.json* to ${join(root, '.gitignore')}, or choose another folder.`,
    },
  });
});

test('of the two files of a customer, names the one that people know', async () => {
  const path = join(await gitRepository(), 'contoso.ta-email.json');
  for (let round = 0; round < 5; round += 1)
    expect(await errorFrom(checkPlaces(path))).toMatchObject({
      message: expect.stringContaining(`${path} `),
    });
});

test('sees the repository behind a link', async () => {
  const root = await gitRepository();
  const link = join(await tempFolder(), 'link');
  await symlink(root, link);
  expect(await errorFrom(checkPlace(join(link, 'a.json')))).toMatchObject({ code: 'TA-NOT-IGNORED' });
});

test('a command in a note can be run as it stands, whatever the path holds', async () => {
  const root = await gitRepository();
  const folder = join(root, "Büro & O'Brien");
  const path = join(folder, 'a b.ta-email.json');
  await mkdir(folder);
  await writeFile(join(root, '.gitignore'), '*.ta-email.json\n');
  await writeFile(path, '{}');
  const [note] = await checkPlace(path);
  const quotedFolder = folder.replace("'", "'\\''");
  expect(String(note?.next)).toContain(
    `git -C '${quotedFolder}' ls-files -- 'a b.ta-email.json' must print nothing.`,
  );
});

test('says of an ignored file that is there already that only git knows whether it was committed', async () => {
  const root = await gitRepository();
  const path = join(root, 'contoso.ta-email.json');
  await writeFile(join(root, '.gitignore'), '*.ta-email.json\n');
  await writeFile(path, '{}');
  expect(await checkPlace(path)).toMatchObject([
    {
      id: 'place-git',
      what: expect.saying('Whether it was committed before is not known.'),
      next: expect.saying(' ls-files -- contoso.ta-email.json must print nothing.'),
    },
  ]);
});

test('has nothing to say of an ignored file, nor of a folder without git', async () => {
  const root = await gitRepository();
  await writeFile(join(root, '.gitignore'), '*.ta-email.json\n');
  expect(await checkPlace(join(root, 'contoso.ta-email.json'))).toEqual([]);
  expect(await checkPlace(join(await tempFolder(), 'a.json'))).toEqual([]);
});

test('warns where git cannot say, and where a service copies the folder', async () => {
  const folder = join(await tempFolder(), 'OneDrive - Contoso');
  await mkdir(join(folder, '.git'), { recursive: true });
  expect(await checkPlace(join(folder, 'a.json'))).toMatchObject([
    { id: 'place-git', next: expect.saying(' check-ignore -- a.json must print its name.') },
    { id: 'place-synced', what: expect.saying('OneDrive') },
  ]);
});

test('warns of a folder that a program fills again at its next update', async () => {
  const folder = join(await tempFolder(), '.vscode', 'extensions', 'ta-exchange.ta-exchange-setup-0.1.0');
  await mkdir(folder, { recursive: true });
  expect(await checkPlace(join(folder, 'contoso.ta-email.json'))).toMatchObject([
    { id: 'place-passing', what: expect.saying('lost when one of them is updated or removed') },
  ]);
});

test.each([
  ['C:\\Users\\ada\\.vscode\\extensions\\ta-exchange.ta-exchange-setup-0.1.0', true],
  ['/home/ada/.vscode-server/extensions', true],
  ['/home/ada/.npm/_npx/1f2e/node_modules/ta-exchange/dist', true],
  ['/home/ada/project/.vscode', false],
  ['/home/ada/extensions/x', false],
  ['/home/ada/node_modules_old', false],
])('whether %s is a folder of programs: %s', (folder, expected) => {
  expect(isOfPrograms(folder)).toBe(expected);
});

test.each([
  ['/r/a/contoso.ta-email.json', '*.ta-email.json*'],
  ['/r/a/sheet.html', '/a/sheet.html'],
  ['/r/#1 [x]*?!.html', '/\\#1\\ \\[x\\]\\*\\?\\!.html'],
])('for %s offers the line %s', (file, line) => {
  expect(ignoreLineFor('/r', file)).toBe(line);
});

test.each([
  ['C:\\Users\\ada\\OneDrive\\T&A', 'OneDrive'],
  ['C:\\Users\\ada\\OneDrive - Contoso Ltd\\T&A', 'OneDrive'],
  ['/Users/ada/Library/CloudStorage/OneDrive-Contoso/x', 'OneDrive'],
  ['/Users/ada/Library/Mobile Documents/com~apple~CloudDocs/x', 'iCloud Drive'],
  ['C:\\Users\\ada\\iCloudDrive', 'iCloud Drive'],
  ['/home/ada/Dropbox/x', 'Dropbox'],
  ['/home/ada/Nextcloud/x', 'Nextcloud'],
  ['C:\\Users\\ada\\ownCloud - ada@contoso.com', 'ownCloud'],
  ['/home/ada/Dropbox (Contoso)/x', 'Dropbox'],
  ['G:\\My Drive\\x', 'Google Drive'],
  ['/Users/ada/Library/CloudStorage/GoogleDrive-ada@contoso.com/My Drive', 'Google Drive'],
])('knows %s', (folder, service) => {
  expect(syncServiceOf(folder, {})).toBe(service);
});

test('goes by what OneDrive says of itself, whatever its folder is called', () => {
  const env = { OneDriveCommercial: 'D:\\Work\\' };
  expect(syncServiceOf('d:\\work\\customers', env)).toBe('OneDrive');
  expect(syncServiceOf('D:\\Workshop', env)).toBeUndefined();
  expect(syncServiceOf('/home/ada', { OneDrive: '' })).toBeUndefined();
});

test.each(['/home/ada/customers', '/srv/dropboxes/x', 'C:\\OneDriver', '/srv/nextclouds/x'])(
  'is quiet about %s',
  (folder) => {
    expect(syncServiceOf(folder, {})).toBeUndefined();
  },
);
