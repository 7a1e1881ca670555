import { csv } from './csv.ts';
import { type Format, json } from './format.ts';
import { html } from './html.ts';
import { ini } from './ini.ts';
import { xml } from './xml.ts';

interface Entry extends Format {
  readonly extension: string;
  /** What it is, for a person who chooses. */
  readonly label: string;
}

/** By the name that a user gives. A new format is a file beside this one and a line here. */
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
