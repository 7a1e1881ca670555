import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { errors } from '../../advice/errors.ts';
import type { Format } from './format.ts';
import { fromLabels, type LabelledValue, labelAt, labelled } from './labels.ts';

export const csv: Format = {
  write: (preferences) =>
    stringify(
      [header, ...labelled(preferences).map(([label, value]) => [label, guard(value)])],
      // Without the mark Excel takes UTF-8 for the code page of the machine.
      { bom: true, quoted: true, record_delimiter: 'windows' },
    ),
  read: (text, file) => fromLabels(readRows(text, file), file),
  place: labelAt,
};

const header = ['field', 'value'];
const formulaStart = /(^|[,;|\s"])('*)(?=[=+\-@＝＋－＠])/gu;
const guardedStart = /(^|[,;|\s"])'('*)(?=[=+\-@＝＋－＠])/gu;

/**
 * A spreadsheet takes a cell that begins with one of these signs for a formula, and one that goes by another separator
 * sees cells inside ours. An apostrophe before the sign makes text of it (owasp.org/www-community/attacks/CSV_Injection);
 * where apostrophes stand already they get one more, so that nothing is lost.
 */
function guard(value: string): string {
  return value.replace(formulaStart, "$1'$2");
}

function readRows(text: string, file: string): LabelledValue[] {
  // Spreadsheets write the separator of their country.
  const delimiter = /^"?field"?([,;\t])"?value"?\r?\n/.exec(text)?.[1];
  if (delimiter === undefined) throw unfit(file, 'field,value in the first line');
  if (!text.endsWith('\n')) throw unfit(file, 'a line break at the end of the file; it may be cut off');
  return parseCells(text, delimiter, file)
    .slice(1)
    .map(([label = '', value = ''], index) => ({
      line: index + 2,
      label,
      value: value.replace(guardedStart, '$1$2'),
    }));
}

function parseCells(text: string, delimiter: string, file: string): string[][] {
  try {
    return parse(text, { delimiter, skip_empty_lines: true, to: 100 });
  } catch {
    // The parser's own message quotes cells.
    throw unfit(file, 'two cells in every row, quoted as in RFC 4180');
  }
}

function unfit(file: string, expected: string) {
  return errors.badInput({ file, path: '', expected });
}
