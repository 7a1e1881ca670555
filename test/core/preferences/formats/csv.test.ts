import { expect, test } from 'vitest';
import { csv } from '../../../../src/core/preferences/formats/formats.ts';
import { inClear } from '../../../../src/core/preferences/preferences-file.ts';
import { preferencesWith } from '../../../support/preferences.ts';

const plain = inClear(preferencesWith());
const withName = (fromName: string) => ({ ...plain, connection: { ...plain.connection, fromName } });

test('is UTF-8 with a mark, in rows of RFC 4180', () => {
  expect(
    csv.write(plain).startsWith('\ufeff"field","value"\r\n"Version","1"\r\n"Email component","EXCH"\r\n'),
  ).toBe(true);
  expect(csv.write(plain)).toContain('"From email address","ta@contoso.com"\r\n');
  expect(csv.write(withName('a "b", c'))).toContain('"From name","a ""b"", c"\r\n');
});

test.each(['=1+1', '+49 Payroll', '-l98Q~x', '@SUM(A1)', '＝1+1', '007', '1e5', '5 May', 'true', '$5'])(
  'writes %j as it is, and says that a spreadsheet takes it for something else',
  (fromName) => {
    expect(csv.write(withName(fromName))).toContain(`"From name","${fromName}"\r\n`);
    expect(csv.note?.(withName(fromName))).toMatchObject({
      id: 'open-as-text',
      what: 'A spreadsheet reads From name as a formula, a number or a date, and shows something else.',
      next: expect.saying('Open this file as text'),
    });
  },
);

test('has nothing to say where no value is like a formula, a number or a date', () => {
  for (const fromName of ['Contoso - T&A', "'=1", 'a=1', 'Room 7', 'May', 'e'])
    expect(csv.note?.(withName(fromName))).toBeUndefined();
});
