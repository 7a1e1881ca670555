import { expect, test } from 'vitest';
import { csv } from '../../../../src/core/preferences/formats/csv.ts';
import { inClear } from '../../../../src/core/preferences/preferences-file.ts';
import { preferencesWith } from '../../../support/preferences.ts';
import { processorMs } from '../../../support/processor-time.ts';

const plain = inClear(preferencesWith());
const good = csv.write(plain).slice(1);

test('is UTF-8 with a mark, in rows that a spreadsheet understands', () => {
  expect(
    csv.write(plain).startsWith('\ufeff"field","value"\r\n"Version","1"\r\n"Email component","EXCH"\r\n'),
  ).toBe(true);
  expect(good).toContain('"From email address","ta@contoso.com"\r\n');
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '＝1+1', "'=1", "''=1", "'", 'a;=1', 'a,"=1"', 'a\u00a0=1'])(
  'guards %j and gives it back',
  (fromName) => {
    const hostile = { ...plain, connection: { ...plain.connection, fromName } };
    expect(csv.read?.(csv.write(hostile).slice(1), 'a.csv')).toEqual(hostile);
  },
);

test.each([';', '\t'])('reads the separator %j, which spreadsheets of other countries write', (separator) => {
  const other = good.replaceAll('","', `"${separator}"`);
  expect(csv.read?.(other, 'a.csv')).toEqual(plain);
});

const row = '"From name","Contoso Time & Attendance"\r\n';
test.each([
  ['no header', good.slice('"field","value"\r\n'.length), 'expected field,value in the first line'],
  ['a field twice', good + row, 'line 17: expected From name once'],
  [
    'an unknown field',
    good.replace('From name', 'From nam'),
    'line 6: expected the field "From name", found an unknown field',
  ],
  ['three cells', good.replace(row, '"From name","a","b"\r\n'), 'expected two cells in every row'],
  ['one cell', good.replace(row, '"From name"\r\n'), 'expected two cells in every row'],
  ['a quote that never ends', good.replace(row, '"From name","a\r\n'), 'expected two cells in every row'],
  [
    'the columns the wrong way round',
    good.replace(row, '"Xy8Q~01234567890123456","Client Secret"\r\n'),
    'found an unknown field',
  ],
])('refuses %s', (_, text, message) => {
  expect(() => csv.read?.(text, 'a.csv')).toThrow(message);
});

test('quotes no value where it refuses one', () => {
  const swapped = good.replace(row, '"Xy8Q~01234567890123456","Client Secret"\r\n');
  expect(() => csv.read?.(swapped, 'a.csv')).toThrow(/^(?!.*Xy8Q)/);
});

test('does not read a million rows', async () => {
  const ms = await processorMs(() =>
    expect(() => csv.read?.(`field,value\n${'a,b\n'.repeat(1_000_000)}`, 'a.csv')).toThrow('unknown field'),
  );
  expect(ms).toBeLessThan(1000);
});
