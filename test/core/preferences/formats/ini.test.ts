import { expect, test } from 'vitest';
import { ini } from '../../../../src/core/preferences/formats/ini.ts';
import { inClear } from '../../../../src/core/preferences/preferences-file.ts';
import { preferencesWith } from '../../../support/preferences.ts';

const plain = inClear(preferencesWith());
const good = ini.write(plain);

test('leaves plain values as they are, so that every reader takes them alike', () => {
  expect(good).toContain('[connection]\r\ntenantId=1b4e28ba-2fa1-4d2c-883f-0016d3cca427\r\n');
  expect(good).toContain('\r\nclientSecret=Xy8Q~0123456789012345678901234567890123\r\n');
  expect(good.startsWith('[email]\r\nversion=1\r\ncomponent=EXCH\r\n\r\n[connection]')).toBe(true);
});

test('reads what people change by hand: comments, blanks, line ends of another system', () => {
  const edited = good
    .replace('[connection]', '; ours\n\n# too\n [connection] ')
    .replaceAll('\r\n', '\n')
    .replace('fromName=', 'fromName = ');
  expect(ini.read?.(edited, 'a.ini')).toEqual(plain);
});

const line = 'fromName=Contoso Time & Attendance';
test.each([
  [
    'a value before any section',
    `${line}\n[connection]\n`,
    'line 1: expected a section such as [connection] first',
  ],
  ['a section twice', good + good, 'expected each section once'],
  ['a name twice', good.replace(line, `${line}\r\n${line}`), 'expected each name once in its section'],
  ['a name without a value', good.replace(line, 'fromName'), 'expected a line such as name=value'],
  ['a continued line', good.replace(line, `${line}\\\r\n more`), 'expected a value in double quotes'],
  ['a comment after a value', good.replace(line, `${line} ; ours`), 'expected a value in double quotes'],
  ['a quote that never ends', good.replace(line, 'fromName="Contoso'), 'expected a value in double quotes'],
  ['single quotes', good.replace(line, "fromName='Contoso'"), 'expected a value in double quotes'],
  ['a list', good.replace(line, 'fromName[]=Contoso'), 'expected a line such as name=value'],
  [
    'a strange section',
    good.replace('[connection]', '[connection.x]'),
    'expected a section such as [connection]',
  ],
])('refuses %s and names the line', (_, text, message) => {
  expect(() => ini.read?.(text, 'a.ini')).toThrow(message);
});

test('takes no section for the nature of an object', () => {
  const evil = `${good}\r\n[__proto__]\r\npolluted=yes\r\n`;
  expect(() => ini.read?.(evil, 'a.ini')).toThrow('expected one of the sections');
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});
