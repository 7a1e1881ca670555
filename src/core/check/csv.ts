import { formulaStart } from '../words/escape.ts';
import { say } from '../words/say.ts';
import type { CheckDocument } from './checked.ts';

const header = [
  'file',
  'name',
  'standing',
  'checked at',
  'looked',
  'expires at',
  'days left',
  'level',
  'code',
  'text',
  'who',
  'next',
];

/**
 * RFC 4180: a row for each finding, and one for a customer without any. A cell that a spreadsheet would take for a formula begins
 * with an apostrophe: names come from elsewhere, and no program reads them back.
 */
export function toCsv({ customers }: CheckDocument): string {
  const rows = customers.flatMap(({ file, name, standing, checkedAt, looked, secret, findings }) => {
    const { expiresAt = '', daysLeft = '' } = secret ?? {};
    const begin = [
      String(say`${file}`),
      String(say`${name}`),
      standing,
      checkedAt,
      looked ? 'yes' : 'no',
      expiresAt,
      daysLeft,
    ];
    const ends = findings.map(({ level, code, text, who = '', next = '' }) => [level, code, text, who, next]);
    return (ends.length === 0 ? [['', '', '', '', '']] : ends).map((end) => [...begin, ...end]);
  });
  // Without the mark Excel takes UTF-8 for the code page of the machine.
  return `\uFEFF${[header, ...rows].map(rowOf).join('')}`;
}

const rowOf = (cells: readonly (string | number)[]): string => `${cells.map(cellOf).join(',')}\r\n`;

function cellOf(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = formulaStart.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
