import { formulaStart, markup } from '../../words/escape.ts';
import { say } from '../../words/say.ts';
import { tabsOf } from '../fields.ts';
import { type Format, json } from './format.ts';
import { html } from './html.ts';
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
/** Numbers, money, times and dates in figures, as any country writes them; not a whole number, which is shown as it is. */
const figures = /^(?!(?:0|[1-9]\d{0,9})$)(?=.*\d)[\d\s.,:/%()+\-'eE\p{Sc}]+$/u;
const dates =
  /^(?=.*\d)[\d\s.,-]*(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)\p{L}*[\d\s.,-]*$/iu;
const truths = /^(?:true|false|wahr|falsch)$/i;

const isAltered = (value: string): boolean =>
  [formulaStart, figures, dates, truths].some((pattern) => pattern.test(value));

const rowOf = (cells: [string, string]): string =>
  `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`;

/** What a reader that takes everything after the sign `=` would get wrong: edges, comments, quotes that it takes off, nothing. */
const ambiguous = /^$|^["']|[;#]|^\s|\s$/;

const howToRead =
  '; UTF-8. A value in double quotes is a JSON string; any other value is just as it is written.';

export const ini: Format = {
  write: (preferences) => [howToRead, ...Object.entries(tabsOf(preferences)).map(writeSection)].join('\r\n'),
};

function writeSection([name, values]: [string, Readonly<Record<string, string>>]): string {
  const lines = Object.entries(values).map(
    ([key, value]) => `${key}=${ambiguous.test(value) ? JSON.stringify(value) : value}`,
  );
  return [`[${name}]`, ...lines, ''].join('\r\n');
}

export const xml: Format = {
  write(preferences) {
    const tabs = Object.entries(tabsOf(preferences)).map(([tab, values]) => {
      const elements = Object.entries(values).map(
        ([name, value]) => markup`    <${name}>${value}</${name}>\n`,
      );
      return markup`  <${tab}>\n${elements}  </${tab}>\n`;
    });
    return markup`<?xml version="1.0" encoding="UTF-8"?>\n<emailPreferences>\n${tabs}</emailPreferences>\n`
      .text;
  },
};

interface Entry extends Format {
  readonly extension: string;
  /** What it is, for a person who chooses. */
  readonly label: string;
}

/** By the name that a user gives. A new format is an entry here; where it is long, its writer has a file beside this one. */
export const formats = {
  json: {
    extension: '.json',
    label: 'JSON: read by this tool',
    ...json,
  },
  ini: {
    extension: '.ini',
    label: 'INI: a section for each tab',
    ...ini,
  },
  xml: {
    extension: '.xml',
    label: 'XML: an element for each tab',
    ...xml,
  },
  csv: {
    extension: '.csv',
    label: 'CSV: field and value, for a spreadsheet',
    ...csv,
  },
  html: {
    extension: '.html',
    label: 'Entry sheet: a page to copy from into T&A',
    ...html,
  },
} as const satisfies Readonly<Record<string, Entry>>;
export type FormatName = keyof typeof formats;
