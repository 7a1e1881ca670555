import { nearestName } from '../../files/nearest-name.ts';
import { errors } from '../../words/errors.ts';
import { say, type Words } from '../../words/say.ts';
import { fromLabels, type LabelledValue, labelOf, labels } from './labels.ts';

/** What else is on T&A's screen. */
const headings = /^(?:e-?mail|connection|api endpoints|test|save|ok|cancel|apply)$/i;
const bullet = /^(?:[•·‣▪◦●○■]\s*|(?:[-*+–—]|#+|\d{1,2}[.)])\s+)/;

/** As Entra's overview of an app calls them, where many copy them from. */
const entraLabels: ReadonlyMap<string, string> = new Map([
  ['directory (tenant) id', 'Tenant ID'],
  ['application (client) id', 'Client ID'],
]);

/**
 * T&A's screen as people paste it: `Tenant ID: 1b4e...` line by line, with a TAB or a line break between the two, with
 * bullets. Only what was on the screen is there, so fields may be missing; the file's version always is.
 */
export function readPasted(text: string, file: string): unknown {
  const lines = text
    .split(/\r\n|[\r\n\u2028]/)
    .map((raw, index) => ({ line: index + 1, text: trimmed(raw) }))
    .filter((line) => line.text !== '');
  const pairs = readLines(lines, file);
  if (pairs.length === 0) throw unfit(file, 1, say`text from T&A's screen, such as "Tenant ID: ..."`);
  return fromLabels([{ line: 0, label: 'Version', value: '1' }, ...pairs.filter(isShown)], file);
}

/** A browser copies nothing of a field that hides what it holds. */
const isShown = ({ label, value }: LabelledValue): boolean =>
  labelOf(label) !== 'Client Secret' || value !== '';

interface Line {
  readonly line: number;
  readonly text: string;
}

function readLines(lines: readonly Line[], file: string): LabelledValue[] {
  const read = lines.map((line) => ({ ...line, ...readLine(line.text) }));
  return read.flatMap((each, index) => pairOf(each, read[index - 1], read[index + 1], file));
}

/** None for a heading, and for a value that belongs to the label on the line before it. */
function pairOf(
  each: Line & ReadLine,
  before: ReadLine | undefined,
  after: (Line & ReadLine) | undefined,
  file: string,
): LabelledValue[] {
  const { kind, line, label, value } = each;
  const open = before && isOpen(before) ? labelOf(before.label) : undefined;
  // People name themselves Test; no other value could be a heading.
  if (kind === 'heading' && open === 'From name')
    throw unfit(file, line, say`From name with its value next to it`);
  if (kind === 'heading' || (kind === 'value' && open !== undefined)) return [];
  if (value === undefined && kind === 'value') throw unfit(file, line, say`a line such as "Tenant ID: ..."`);
  const next = isOpen(each) && after?.kind === 'value' ? after.text : '';
  return [{ line, label, value: value || next }];
}

/** A label whose value may be on the next line. */
const isOpen = ({ kind, value }: ReadLine): boolean => kind === 'field' && !value;

interface ReadLine {
  /** `value`: what may belong to the label on the line before. */
  readonly kind: 'heading' | 'field' | 'value';
  readonly label: string;
  /** `undefined` where nothing parts it from the label. */
  readonly value: string | undefined;
}

function readLine(text: string): ReadLine {
  const bare = text.replace(bullet, '');
  const [, before = '', after] = /^([^:\t]*)(?:[:\t](.*))?$/su.exec(bare) ?? [];
  const name = trimmed(before);
  const label = entraLabels.get(name.toLowerCase()) ?? name;
  const value = after && trimmed(after).replace(/^EXCH\s*[-–—].*$/s, 'EXCH');
  if (headings.test(bare)) return { kind: 'heading', label, value };
  const isField = labelOf(label) !== undefined || (after !== undefined && isMisspelt(name));
  return { kind: isField ? 'field' : 'value', label, value };
}

/** To take such a line for the value of the one before would hide the mistake. */
const isMisspelt = (name: string): boolean =>
  /^[\p{L}\s()-]+$/u.test(name) && nearestName(name, labels) !== undefined;

const asPasted = say`Copy all of the Connection tab and the API Endpoints tab of System preferences > Email in T&A, paste both into a text file, and save it as .txt in UTF-8. If the file is an export of this tool in JSON, give it a name that ends in .json.`;

function unfit(file: string, line: number, expected: Words) {
  return errors.badInput({ file, path: say`line ${line}`, expected, next: asPasted });
}

const edges = /^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu;

/** Without blanks, no-break ones too, and without what has no width at all, at both ends. */
export const trimmed = (text: string): string => text.replace(edges, '');
