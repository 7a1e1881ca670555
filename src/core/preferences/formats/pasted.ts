import * as z from 'zod/mini';
import { isAddress, normaliseAddress } from '../../customer/address.ts';
import { EntraId } from '../../customer/tenant-name.ts';
import { nearestName } from '../../files/nearest-name.ts';
import { parseStrictJson } from '../../files/strict-json.ts';
import { errors } from '../../words/errors.ts';
import { say, type Words } from '../../words/say.ts';
import { isKnownEndpoint } from '../endpoints.ts';
import { fromLabels, type LabelledValue, labelOf, labels, plainLabel } from './labels.ts';

/** What else is on T&A's screen, and above the columns and sections of what it was copied into. */
const headings =
  /^(?:\[?(?:e-?mail|connection|verbindung|api ?endpoints|api-?endpunkte)\]?|test|save|ok|cancel|apply|testen|speichern|abbrechen|übernehmen|(?:field|setting|feld)(?:\W+(?:value|wert))?|value|wert)$/i;
/** A line that is drawn. */
const rule = /^[-+=|:\s\u2500-\u257f]{3,}$/;
const bullet = /^(?:[•·‣▪◦●○■]\s*|(?:[-*+–—]|#+|\d{1,2}[.)])\s+)/;

/** As Entra calls them, in English and German, where many copy them from; and as people do who type them. */
const otherLabels = new Map(
  Object.entries({
    'Directory (tenant) ID': 'Tenant ID',
    'Verzeichnis-ID (Mandant)': 'Tenant ID',
    'Mandanten-ID': 'Tenant ID',
    'Application (client) ID': 'Client ID',
    'Anwendungs-ID (Client)': 'Client ID',
    'Client Secret Value': 'Client Secret',
    'Geheimer Clientschlüssel': 'Client Secret',
    'Client-Geheimnis': 'Client Secret',
    Absendername: 'From name',
    Absenderadresse: 'From email address',
    'Absender-E-Mail-Adresse': 'From email address',
    'E-Mail-Adresse des Absenders': 'From email address',
    'E-Mail-Komponente': 'Email component',
    Component: 'Email component',
  }).map(([other, label]) => [plainLabel(other), label]),
);

/**
 * T&A's screen as people paste it: `Tenant ID: 1b4e...` line by line; with a TAB, a line break or the bar of a table between
 * the two, with bullets, as INI or JSON. Only what was on the screen is there, so fields may be missing; the file's version
 * always is. A value loses what email and text programs put around it, and no sign of its own.
 */
export function readPasted(text: string, file: string): unknown {
  const pairs = text.trimStart().startsWith('{') ? readFlat(text, file) : readLines(text, file);
  if (pairs.length === 0) throw unfit(file, 1, say`text from T&A's screen, such as "Tenant ID: ..."`);
  const shown = pairs.filter(({ label, value }) => isShown(label, value));
  return fromLabels([{ line: 0, label: 'Version', value: '1' }, ...shown], file);
}

/** A browser copies nothing of a field that hides what it holds. The version that a file of ours says is the one there is. */
const isShown = (label: string, value: string): boolean =>
  !(label === 'Client Secret' && value === '') && !(label === 'Version' && value === '1');

const Nested = z.record(z.string(), z.unknown());

/** JSON, whatever its nesting: a text program may have bent its quotation marks. */
function readFlat(text: string, file: string): LabelledValue[] {
  const straight = text.includes('"') ? text : text.replace(/[“”„]/g, '"');
  const leaves = (found: Readonly<Record<string, unknown>>): LabelledValue[] =>
    Object.entries(found).flatMap(([name, value]) => {
      const nested = Nested.safeParse(value);
      return nested.success
        ? leaves(nested.data)
        : [{ line: 1, label: knownLabel(name) ?? name, value: String(value) }];
    });
  return leaves(Nested.parse(parseStrictJson(straight, file)));
}

interface Pair extends LabelledValue {
  value: string;
}

function readLines(text: string, file: string): LabelledValue[] {
  const pairs: Pair[] = [];
  /** The one that a value on the next line belongs to. */
  let last: Pair | undefined;
  for (const each of withoutEnding(linesIn(text))) {
    if (each.kind === 'heading') {
      // People name themselves Test; no other value could be a heading.
      if (last?.label === 'From name' && last.value === '')
        throw unfit(file, each.line, say`From name with its value next to it`);
      last = undefined;
    } else if (each.kind === 'value' && last && isRest(last, each.text)) {
      last.value = cleanValue(last.label, last.value + each.text);
    } else if (!each.text.startsWith('; ')) {
      // Otherwise a remark, in INI.
      last = pairOf(each, file);
      pairs.push(last);
    }
  }
  return pairs;
}

interface Line extends ReadLine {
  readonly line: number;
  readonly text: string;
}

function linesIn(text: string): Line[] {
  const mark = /^\s*>/.test(text) ? /^(?:>\s*)+/ : /^/;
  return text.split(/\r\n|[\r\n\u2028]/).flatMap((raw, index) => {
    const shown = trimmed(trimmed(raw).replace(mark, ''));
    return shown === '' ? [] : [{ line: index + 1, text: shown, ...readLine(shown) }];
  });
}

/** What an email ends with: a signature, a greeting, or the message that it answers. */
const ending = new RegExp(
  `^(?:${[
    '--|_{5,}|>.*',
    '-{2,}\\s*(?:original message|ursprüngliche nachricht)\\b.*',
    '(?:on|am|le)\\s.*\\d.*(?:wrote|schrieb|écrit).*:',
    '(?:sent from my|gesendet von|von meinem|get outlook for)\\s.*',
    `(?:${[
      'bye|cheers|thanks|thank you|many thanks|sincerely|yours (?:sincerely|faithfully|truly)',
      '(?:(?:kind|best|warm|many) )?regards|best wishes|danke|vielen dank|mfg|merci|cordialement',
      '(?:viele|beste|liebe|schöne|freundliche|mit freundlichen) grü(?:ß|ss)en?|gru(?:ß|ss)',
    ].join('|')})(?:[\\s,]+\\p{L}[\\p{L}.\\s-]*)?[,.!]*`,
  ].join('|')})$`,
  'iu',
);

/** It is left out where no field follows, for then nothing can be lost with it. */
function withoutEnding(lines: readonly Line[]): readonly Line[] {
  const isField = ({ text }: Line): boolean => readLine(text.replace(/^(?:>\s*)+/, '')).kind === 'field';
  const last = lines.findLastIndex(isField);
  const isEmpty = trimmed(lines[last]?.value ?? '') === '';
  const end = lines.findIndex(({ text }, at) => at > last + (isEmpty ? 1 : 0) && ending.test(text));
  return last === -1 || end === -1 ? lines : lines.slice(0, end);
}

function pairOf({ kind, line, label, value }: Line, file: string): Pair {
  if (value === undefined && kind === 'value') throw unfit(file, line, say`a line such as "Tenant ID: ..."`);
  return { line, label, value: cleanValue(label, value ?? '') };
}

/** The value after its label; or what an email program broke off an id, an address or an endpoint, which is not whole without it. */
const isRest = ({ label, value }: LabelledValue, text: string): boolean =>
  value === '' || (!/\s/.test(text) && (/^[./]/.test(text) || !isWhole(label, value)));

/** Nothing that stands on the next line belongs to it. Other fields are never broken. */
function isWhole(label: string, value: string): boolean {
  if (label.endsWith('ID')) return z.safeParse(EntraId, value).success;
  if (label.endsWith('address')) return isAddress(normaliseAddress(value));
  return !label.endsWith('Endpoint') || isKnownEndpoint(label, value);
}

interface ReadLine {
  /** `value`: what may belong to the label on the line before. */
  readonly kind: 'heading' | 'field' | 'value';
  readonly label: string;
  /** `undefined` where nothing parts it from the label. */
  readonly value: string | undefined;
}

function readLine(text: string): ReadLine {
  const bare = text
    .replace(bullet, '')
    .replace(/^(\*\*|__)(.+?)\1/s, '$2')
    .replace(/^[|\u2500-\u257f]\s*(.*?)\s*[|\u2500-\u257f]$/s, '$1');
  if (headings.test(bare) || rule.test(bare)) return { kind: 'heading', label: bare, value: undefined };
  const field = fieldIn(bare);
  if (field) return { kind: 'field', ...field };
  const [, before = '', value] = /^([^:=|;,\t]*)(?:[:=|;,\t](.*))?$/su.exec(bare) ?? [];
  const label = trimmed(before);
  return { kind: value !== undefined && isMisspelt(label) ? 'field' : 'value', label, value };
}

/** At most a blank before it: what stands further away may be the first sign of the value, unless a blank follows. */
const parting =
  /^["'“”]?(?:(?:[^\S\t]|\p{Cf})?(?:[:：=|;,→\u2500-\u257f]|[-=]>|[-–—](?=\s))|[\s\p{Cf}]*\t|[\s\p{Cf}]+(?:(?:[:：=|;→\u2500-\u257f]|[-=]>|[-–—])(?=\s|$))?|$)/u;

/** A label at the beginning of a line. After a single blank stands a value without one, or the line is no field. */
function fieldIn(text: string): Pick<ReadLine, 'label' | 'value'> | undefined {
  const end = Math.min(text.length, 60);
  for (let at = 2; at <= end; at += 1) {
    const label = knownLabel(text.slice(0, at));
    const [gap] = (label !== undefined && parting.exec(text.slice(at))) || [];
    if (label === undefined || gap === undefined) continue;
    const value = trimmed(text.slice(at + gap.length));
    if (!/^[^\S\t]$/.test(gap) || !/\s/.test(value)) return { label, value };
  }
  return undefined;
}

function knownLabel(text: string): string | undefined {
  return labelOf(otherLabels.get(plainLabel(text)) ?? text);
}

/** To take such a line for the value of the one before would hide the mistake. */
const isMisspelt = (name: string): boolean =>
  /^[\p{L}\s()-]+$/u.test(name) && nearestName(name, labels) !== undefined;

/** Without the link that an email program writes out, without quotation marks, and with plain dashes in an id. */
function cleanValue(label: string, text: string): string {
  const value = trimmed(text).replace(/\s*<(?:mailto:|https:)[^<>\s]*>$/i, '');
  const inner = isQuoted(value) ? value.slice(1, -1) : value;
  if (label.endsWith('ID')) return inner.replace(/[\u2010-\u2015\u2212]/g, '-');
  return label === 'Email component' ? inner.replace(/^EXCH\s*[-–—].*$/s, 'EXCH') : inner;
}

/** By a command line, a file, or a text program that bends them. */
export const isQuoted = (text: string): boolean =>
  /^(?:'[^']+'|"[^"]+"|`[^`]+`|[“”„][^“”]+[“”]|[‘’‚][^‘’]+[‘’]|[«»][^«»]+[«»])$/.test(text);

const asPasted = say`Copy all of the Connection tab and the API Endpoints tab of System preferences > Email in T&A, paste both into a text file, and save it as .txt in UTF-8. If the file is an export of this tool in JSON, give it a name that ends in .json.`;

function unfit(file: string, line: number, expected: Words) {
  return errors.badInput({ file, path: say`line ${line}`, expected, next: asPasted });
}

const edges = /^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu;

/** Without blanks, no-break ones too, and without what has no width at all, at both ends. */
export const trimmed = (text: string): string => text.replace(edges, '');
