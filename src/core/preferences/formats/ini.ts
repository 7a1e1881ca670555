import { errors } from '../../advice/errors.ts';
import { fromTabs, meantBy, namesIn, type Tabs, tabsOf } from '../fields.ts';
import type { Format } from './format.ts';

/**
 * Every reader takes a plain value as it stands. One with a sign that readers see differently (a comment, an escape, a
 * quote, a blank at the end) stands in double quotes, as a JSON string, which is how npm's `ini` reads them.
 */
const ambiguous = /["'\\;#]|^\[|^\s|\s$/;

export const ini: Format = {
  write: (preferences) => Object.entries(tabsOf(preferences)).map(writeSection).join('\r\n'),
  read: (text, file) => fromTabs(readSections(text, file)),
  place: ([tab, name]) =>
    name === undefined ? `[email] ${String(tab)}` : `[${String(tab)}] ${String(name)}`,
};

function writeSection([name, values]: [string, Readonly<Record<string, string>>]): string {
  const lines = Object.entries(values).map(
    ([key, value]) => `${key}=${ambiguous.test(value) ? JSON.stringify(value) : value}`,
  );
  return [`[${name}]`, ...lines, ''].join('\r\n');
}

/** INI has no standard, so whatever two readers might take differently is refused. */
function readSections(text: string, file: string): Tabs {
  const sections = new Map<string, Section['values']>();
  let section: Section | undefined;
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) !== '')
    throw unfit(lines.length, 'a line break at the end of the file; it may be cut off');
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith(';') || line.startsWith('#')) continue;
    if (line.startsWith('[')) section = addSection(line, index + 1);
    else if (!section) throw unfit(index + 1, 'a section such as [connection] first');
    else addValue(section, line, index + 1);
  }
  const missing = Object.keys(namesIn).find((name) => !sections.has(name));
  if (missing !== undefined) throw errors.badInput({ file, path: '', expected: `the section [${missing}]` });
  return Object.fromEntries([...sections].map(([name, values]) => [name, Object.fromEntries(values)]));

  function addSection(line: string, at: number): Section {
    const name = /^\[(\w+)\]$/.exec(line)?.[1];
    if (name === undefined) throw unfit(at, 'a section such as [connection]');
    if (sections.has(name)) throw unfit(at, 'each section once');
    const names = new Map(Object.entries(namesIn)).get(name);
    if (!names) throw unfit(at, `one of the sections ${sectionNames}`, 'an unknown section');
    const section = { name, names, values: new Map<string, string>() };
    sections.set(name, section.values);
    return section;
  }

  function addValue({ name: section, names, values }: Section, line: string, at: number): void {
    const [, name, value] = /^(\w+)\s*=\s*(.*)$/s.exec(line) ?? [];
    if (name === undefined || value === undefined) throw unfit(at, 'a line such as name=value');
    if (values.has(name)) throw unfit(at, 'each name once in its section');
    if (!names.includes(name)) throw unfit(at, `${meantBy(name, names)} in [${section}]`, 'an unknown name');
    values.set(name, ambiguous.test(value) ? unquote(value, at) : value);
  }

  function unquote(value: string, at: number): string {
    try {
      const text: unknown = value.startsWith('"') ? JSON.parse(value) : undefined;
      if (typeof text === 'string') return text;
    } catch {
      // Said below, without the value.
    }
    throw unfit(at, `a value in double quotes with \\" and \\\\ inside, since it holds one of " ' \\ ; #`);
  }

  function unfit(at: number, expected: string, found?: string) {
    return errors.badInput({ file, path: `line ${at}`, expected, ...(found !== undefined && { found }) });
  }
}

interface Section {
  readonly name: string;
  /** That may stand in it. */
  readonly names: readonly string[];
  readonly values: Map<string, string>;
}

const sectionNames = Object.keys(namesIn)
  .map((name) => `[${name}]`)
  .join(', ');
