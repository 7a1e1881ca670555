import { expect, test } from 'vitest';
import { ini } from '../../../../src/core/preferences/formats/formats.ts';
import { inClear } from '../../../../src/core/preferences/preferences-file.ts';
import { preferencesWith } from '../../../support/preferences.ts';

const plain = inClear(preferencesWith());
const lineOf = (fromName: string) =>
  ini.write({ ...plain, connection: { ...plain.connection, fromName } }).match(/^fromName=(.*)\r$/m)?.[1];

test('says in its first line how values are to be read, and leaves plain ones as they are', () => {
  const text = ini.write(plain);
  expect(
    text.startsWith(
      '; UTF-8. A value in double quotes is a JSON string; any other value is just as it is written.\r\n[email]\r\nversion=1\r\ncomponent=EXCH\r\n\r\n[connection]',
    ),
  ).toBe(true);
  expect(text).toContain('[connection]\r\ntenantId=1b4e28ba-2fa1-4d2c-883f-0016d3cca427\r\n');
  expect(text).toContain('\r\nclientSecret=Xy8Q~0123456789012345678901234567890123\r\n');
});

test.each(["Children's Hospital", 'a "b" c', 'a\\b', 'a=b', '[a]', '-a', '100%'])(
  'leaves %s unquoted',
  (name) => {
    expect(lineOf(name)).toBe(name);
  },
);

test.each([' a', 'a ', '"a"', "'a'", '; a', 'a ; b', 'a # b', ''])('quotes %j', (name) => {
  expect(lineOf(name)).toBe(JSON.stringify(name));
});
