import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser';
import * as z from 'zod/mini';
import { errors } from '../../advice/errors.ts';
import { fromTabs, meantBy, namesIn, type Tabs, tabsOf } from '../fields.ts';
import type { Format } from './format.ts';

export const xml: Format = {
  write: (preferences) =>
    declaration + new XMLBuilder({ format: true }).build({ emailPreferences: tabsOf(preferences) }),
  read: (text, file) => fromTabs(readTabs(text, file)),
  place: ([tab, name]) => (name === undefined ? `email/${String(tab)}` : `${String(tab)}/${String(name)}`),
};

/** Three times ours. What is nested endlessly takes a parser seconds. */
const maximumTags = 100;
const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
/** Named entities of XML alone: the parser leaves others standing and drops numbers that are no character. */
const otherEntity = /&(?!(?:amp|lt|gt|quot|apos);)/;
const otherEncoding = /^\s*<\?xml[^>]*encoding\s*=\s*["'](?!utf-(?:8|16)["'])/i;

/** Elements and text alone. A DTD never gets as far as the parser, so nothing is looked up or expanded. */
function readTabs(text: string, file: string): Tabs {
  if (text.includes('<!')) throw unfit('no DOCTYPE, CDATA or comment');
  if (text.split('<').length > maximumTags) throw unfit(shape);
  if (otherEntity.test(text)) throw unfit('no entity but &amp; &lt; &gt; &quot; &apos;');
  if (otherEncoding.test(text)) throw unfit('the encoding UTF-8');
  if (XMLValidator.validate(text.trim()) !== true) throw unfit('well-formed XML');
  const { emailPreferences, ...others } = elementsOf(parse(text.trim()));
  const tabs = Object.entries(elementsOf(emailPreferences)).map(([name, tab]) => [name, elementsOf(tab)]);
  const parsed = AllText.safeParse(Object.fromEntries(tabs));
  if (!parsed.success || Object.keys(others).length > 0) throw unfit(shape);
  refuseUnknown(parsed.data, file);
  if (Object.keys(parsed.data).length < Object.keys(namesIn).length) throw unfit(shape);
  return parsed.data;

  function parse(whole: string): unknown {
    try {
      return new XMLParser(asWritten).parse(whole);
    } catch {
      // It refuses names such as __proto__; its message may quote what it found.
      throw unfit('no element of this name');
    }
  }

  /** With nothing but blanks between them. */
  function elementsOf(value: unknown): Record<string, unknown> {
    const { '#text': between = '', ...elements } = Elements.safeParse(value).data ?? { '#text': value };
    if (typeof between === 'string' && between.trim() === '') return elements;
    throw unfit(shape);
  }

  function unfit(expected: string) {
    return errors.badInput({ file, path: '', expected });
  }
}

function refuseUnknown(tabs: Tabs, file: string): void {
  const known = new Map(Object.entries(namesIn));
  for (const [tab, values] of Object.entries(tabs)) {
    const names = known.get(tab);
    if (!names) throw unknown(tab, meantBy(tab, [...known.keys()]));
    const odd = Object.keys(values).find((name) => !names.includes(name));
    if (odd !== undefined) throw unknown(`${tab}/${odd}`, `${meantBy(odd, names)} in ${tab}`);
  }

  function unknown(path: string, expected: string) {
    return errors.badInput({ file, path, expected, found: 'an unknown element' });
  }
}

const shape = 'one element emailPreferences with an element for each tab and, in it, each field once';
const Elements = z.record(z.string(), z.unknown());
const AllText = z.record(z.string(), z.record(z.string(), z.string()));

const asWritten = {
  ignoreAttributes: false,
  ignoreDeclaration: true,
  parseTagValue: false,
  trimValues: false,
};
