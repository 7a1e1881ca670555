import { say } from '../../words/say.ts';
import type { Format } from './format.ts';
import { labelled } from './labels.ts';

/** As RFC 4180 says, every value as it is: a guard in front of a sign would be part of the secret for whoever reads it back. */
export const csv: Format = {
  write: (preferences) =>
    // Without the mark Excel takes UTF-8 for the code page of the machine.
    `\uFEFF${[header, ...labelled(preferences)].map(rowOf).join('')}`,
  note(preferences) {
    const labels = labelled(preferences).flatMap(([label, value]) => (isAltered(value) ? label : []));
    if (labels.length === 0) return undefined;
    return {
      id: 'open-as-text',
      what: say`A spreadsheet reads ${labels} as a formula, a number or a date, and shows something else.`,
      next: say`Open this file as text: in Excel, Data > From Text/CSV > Transform Data, with both columns of type Text; in LibreOffice, column type Text.`,
    };
  },
};

const header: [string, string] = ['field', 'value'];
/** Signs that begin a formula, or that a spreadsheet drops before one (owasp.org/www-community/attacks/CSV_Injection). */
const formulaStart = /^[=+\-@\t\r＝＋－＠]/u;
/** Numbers, money, times and dates in figures, as any country writes them; not a whole number, which is shown as it is. */
const figures = /^(?!(?:0|[1-9]\d{0,9})$)(?=.*\d)[\d\s.,:/%()+\-'eE\p{Sc}]+$/u;
const dates =
  /^(?=.*\d)[\d\s.,-]*(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)\p{L}*[\d\s.,-]*$/iu;
const truths = /^(?:true|false|wahr|falsch)$/i;

const isAltered = (value: string): boolean =>
  [formulaStart, figures, dates, truths].some((pattern) => pattern.test(value));

const rowOf = (cells: [string, string]): string =>
  `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`;
