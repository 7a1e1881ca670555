import type { Format } from './format.ts';
import { labelled } from './labels.ts';

/** As RFC 4180 says, every value as it is: a guard in front of a sign would be part of the secret for whoever reads it back. */
export const csv: Format = {
  write: (preferences) =>
    // Without the mark Excel takes UTF-8 for the code page of the machine.
    `\uFEFF${[header, ...labelled(preferences)].map(rowOf).join('')}`,
  note(preferences) {
    const labels = labelled(preferences).flatMap(([label, value]) => (formulaStart.test(value) ? label : []));
    if (labels.length === 0) return undefined;
    return {
      id: 'open-as-text',
      what: `A spreadsheet takes ${labels.join(' and ')} for a formula, because of the first character.`,
      next: 'Open this file as text: in Excel, Data > From Text/CSV > Transform Data, with both columns of type Text; in LibreOffice, column type Text.',
    };
  },
};

const header: [string, string] = ['field', 'value'];
/** Signs that begin a formula, or that a spreadsheet drops before one (owasp.org/www-community/attacks/CSV_Injection). */
const formulaStart = /^[=+\-@\t\r＝＋－＠]/u;

const rowOf = (cells: [string, string]): string =>
  `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`;
