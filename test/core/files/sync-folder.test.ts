import { expect, test } from 'vitest';
import { syncServiceOf } from '../../../src/core/files/sync-folder.ts';

test.each([
  ['C:\\Users\\ada\\OneDrive\\T&A', 'OneDrive'],
  ['C:\\Users\\ada\\OneDrive - Contoso Ltd\\T&A', 'OneDrive'],
  ['/Users/ada/Library/CloudStorage/OneDrive-Contoso/x', 'OneDrive'],
  ['/Users/ada/Library/Mobile Documents/com~apple~CloudDocs/x', 'iCloud Drive'],
  ['C:\\Users\\ada\\iCloudDrive', 'iCloud Drive'],
  ['/home/ada/Dropbox/x', 'Dropbox'],
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

test.each(['/home/ada/customers', '/srv/dropboxes/x', 'C:\\OneDriver'])('is quiet about %s', (folder) => {
  expect(syncServiceOf(folder, {})).toBeUndefined();
});
