import { basename, join, posix, win32 } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { preferencesFileOf, recordFileOf, slug } from '../../../src/core/customer/file-names.ts';

test.each([
  ['contoso.ta-customer.json', 'contoso'],
  ['Contoso.TA-Customer.JSON', 'Contoso'],
  ['contoso.json', 'contoso'],
  ['contoso', 'contoso'],
  ['a.b.ta-customer.json', 'a.b'],
])('puts the files of %s beside it', (file, name) => {
  const folder = join('customers', 'north');
  expect(recordFileOf(join(folder, file))).toBe(join(folder, `${name}.ta-record.json`));
  expect(preferencesFileOf(join(folder, file))).toBe(join(folder, `${name}.ta-email.json`));
});

test('makes a file name that is safe everywhere out of any name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      expect(slug(name)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*-[0-9a-f]{8}$/);
      expect(slug(name).length).toBeLessThanOrEqual(49);
    }),
  );
});

test.each(['../../x', '..\\x', '/etc', 'C:x', '\\\\h\\s', 'a:b', 'CON', 'nul.txt', 'com¹', 'a.', 'a ', ''])(
  'keeps %j in its folder, on POSIX and on Windows',
  (name) => {
    for (const { basename: base, isAbsolute } of [posix, win32]) {
      expect(base(slug(name))).toBe(slug(name));
      expect(isAbsolute(slug(name))).toBe(false);
    }
    expect(/^(con|nul|prn|aux|com\d|lpt\d)$/i.test(slug(name))).toBe(false);
  },
);

test('gives names that differ in little different files, and one name in two forms the same', () => {
  const names = ['Contoso', 'contoso', 'Contoso.', 'Contoso ', 'Contoso-', 'Çontoso'];
  expect(new Set(names.map(slug)).size).toBe(names.length);
  expect(slug('Mu\u0308ller')).toBe(slug('Müller'));
  const branches = Array.from({ length: 1000 }, (_, index) =>
    slug(`${'Branch of Contoso Ltd '.repeat(5)}${index}`),
  );
  expect(new Set(branches).size).toBe(1000);
});

test('stays readable', () => {
  expect(slug('Müller & Söhne GmbH')).toMatch(/^muller-sohne-gmbh-[0-9a-f]{8}$/);
  expect(basename(slug('株式会社'))).toMatch(/^customer-[0-9a-f]{8}$/);
});
