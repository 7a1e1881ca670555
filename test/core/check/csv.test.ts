import fc from 'fast-check';
import papaparse from 'papaparse';
import { expect, test } from 'vitest';
import { type CheckedCustomer, documentOf } from '../../../src/core/check/checked.ts';
import { toCsv } from '../../../src/core/check/csv.ts';
import { checkPage } from '../../../src/core/check/page.ts';
import { plain } from '../../../src/core/words/say.ts';
import { checkedCustomers } from '../../support/checked-customers.ts';

/** What the rows must hold, by the document. */
function cellsOf({ file, name, standing, checkedAt, looked, secret, findings }: CheckedCustomer): string[][] {
  const begin = [plain(file), plain(name), standing, checkedAt, looked ? 'yes' : 'no'];
  const left = secret ? [secret.expiresAt, String(secret.daysLeft)] : ['', ''];
  const rows = findings.map(({ level, code, text, who = '', next = '' }) => [level, code, text, who, next]);
  return (rows.length > 0 ? rows : [['', '', '', '', '']]).map((row) => [...begin, ...left, ...row]);
}

const unnamed: CheckedCustomer = {
  file: 'a.ta-customer.json',
  name: '',
  standing: 'ready',
  checkedAt: '2026-11-24T10:00:00Z',
  looked: true,
  secret: null,
  findings: [],
};

const unguarded = (cell: string): string => cell.replace(/^'(?=[=+\-@\t\r＝＋－＠])/u, '');

test('another reader finds in it what the document says, row by row', () => {
  fc.assert(
    fc.property(checkedCustomers, (customers) => {
      const document = documentOf(customers);
      const { data, errors } = papaparse.parse<string[]>(toCsv(document).replace(/^\ufeff/, ''), {
        newline: '\r\n',
        delimiter: ',',
      });
      expect(errors).toEqual([]);
      const rows = data.slice(1, -1).map((row) => row.map(unguarded));
      expect(rows).toEqual(document.customers.flatMap(cellsOf).map((row) => row.map(unguarded)));
    }),
  );
});

test('what a terminal obeys in the name of a file is in neither the rows nor the page', () => {
  const file = 'a\u001b[31m\u202eb\u200b.ta-customer.json';
  const customers = [{ ...unnamed, file, name: file.split('.')[0] ?? '' }];
  for (const text of [toCsv({ customers }), checkPage(documentOf(customers))]) {
    expect(text.replace(/^\ufeff/, '')).not.toMatch(/[^\P{C}\r\n]/u);
    expect(text).toContain('a\ufffd[31m\ufffdb\ufffd.ta-customer.json');
  }
});

test('a name that a spreadsheet would take for a formula is text', () => {
  const customer = { ...unnamed, name: "=cmd|' /C calc'!A1" };
  const [header, row] = toCsv({ customers: [customer] }).split('\r\n');
  expect(header?.split(',')).toHaveLength(12);
  expect(row?.split(',')[1]).toBe("'=cmd|' /C calc'!A1");
});
