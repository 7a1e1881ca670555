import { DOMParser } from '@xmldom/xmldom';
import { parse as parseIni } from 'js-ini';
import papaparse from 'papaparse';
import { fields } from '../../src/core/preferences/fields.ts';
import type { FormatName } from '../../src/core/preferences/formats/formats.ts';

/** Name of a field, as in the JSON file, to its value. */
export type Values = Readonly<Record<string, string | null | undefined>>;

/** Each format read by a library that our own code does not use, to the values of T&A's fields. */
export const independentReaders: Readonly<Record<FormatName, (text: string) => Values>> = {
  json: (text) => {
    const { component, connection, apiEndpoints } = JSON.parse(text);
    return { component, ...connection, ...apiEndpoints };
  },
  ini: (text) => {
    const sections = Object.values(parseIni(text, { autoTyping: false }));
    const values = sections.flatMap((section) => Object.entries(section as Record<string, string>));
    return picked((name) => unquoted(values.find(([key]) => key === name)?.[1]));
  },
  xml: (text) => {
    const page = new DOMParser().parseFromString(text, 'text/xml');
    return picked((name) => page.getElementsByTagName(name)[0]?.textContent);
  },
  csv: (text) => {
    const { data, errors } = papaparse.parse<[string, string]>(text.trimEnd());
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    const values = new Map(data);
    return Object.fromEntries(fields.map(({ name, label }) => [name, values.get(label)]));
  },
  html: (text) => {
    // The style and the script are half of the page, and would be half of the time.
    const form = text.slice(text.indexOf('<main>'), text.indexOf('</main>') + '</main>'.length);
    const page = new DOMParser().parseFromString(form, 'text/xml');
    const values = Array.from(page.getElementsByTagName('code'), (code) => [
      code.getAttribute('id'),
      code.textContent,
    ]);
    return picked((name) => values.find(([id]) => id === name)?.[1]);
  },
};

function picked(read: (name: string) => string | null | undefined): Values {
  return Object.fromEntries(fields.map(({ name }) => [name, read(name)]));
}

/** What our INI files say of themselves: a value in double quotes is a JSON string. */
function unquoted(value: string | undefined): string | undefined {
  return value?.startsWith('"') ? JSON.parse(value) : value;
}
