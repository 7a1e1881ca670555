import { expect, test } from 'vitest';
import { windowsPathFault } from '../../../src/core/files/windows-path.ts';

test.each([
  ['\\\\host\\share\\a.json', 'a path on this computer'],
  ['//host/share/a.json', 'a path on this computer'],
  ['\\\\?\\C:\\a.json', 'a path on this computer'],
  ['\\\\.\\pipe\\a', 'a path on this computer'],
  ['C:\\a\\CON', 'for a device'],
  ['aux.ini', 'for a device'],
  ['C:\\lpt1.ta-email.json', 'for a device'],
  ['C:\\nul\\a.json', 'for a device'],
  ['a.json:stream', 'without any of'],
  ['C:\\a?.json', 'without any of'],
  ['C:\\a.json.', 'a dot or a space'],
  ['C:\\a \\b.json', 'a dot or a space'],
])('refuses %s', (path, expected) => {
  expect(String(windowsPathFault(path))).toContain(expected);
});

test.each([
  'C:\\a\\b.json',
  '..\\a.json',
  '.\\a.json',
  'console.json',
  'C:\\Users\\ada\\T&A\\contoso.ta-email.json',
])('takes %s', (path) => {
  expect(windowsPathFault(path)).toBeUndefined();
});
