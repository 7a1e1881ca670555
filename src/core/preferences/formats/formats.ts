import type { Format } from './format.ts';
import { html } from './html.ts';
import { ini } from './ini.ts';
import { json } from './json.ts';

interface Entry {
  readonly extension: string;
  /** What it is, for a person who chooses. */
  readonly label: string;
  load(): Promise<Format>;
}

/** By the name that a user gives. A new format is a file beside this one and a line here; large libraries are loaded with it. */
export const formats = {
  json: {
    extension: '.json',
    label: 'JSON: read by this tool',
    load: async () => json,
  },
  ini: {
    extension: '.ini',
    label: 'INI: a section for each tab',
    load: async () => ini,
  },
  xml: {
    extension: '.xml',
    label: 'XML: an element for each tab',
    load: async () => (await import('./xml.ts')).xml,
  },
  csv: {
    extension: '.csv',
    label: 'CSV: field and value, for a spreadsheet',
    load: async () => (await import('./csv.ts')).csv,
  },
  html: {
    extension: '.html',
    label: 'Entry sheet: a page to copy from into T&A',
    load: async () => html,
  },
} as const satisfies Readonly<Record<string, Entry>>;
export type FormatName = keyof typeof formats;
