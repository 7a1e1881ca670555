import { expect, test } from 'vitest';
import { xml } from '../../../../src/core/preferences/formats/xml.ts';
import { inClear } from '../../../../src/core/preferences/preferences-file.ts';
import { preferencesWith } from '../../../support/preferences.ts';
import { processorMs } from '../../../support/processor-time.ts';

const good = xml.write(inClear(preferencesWith()));

test('looks as a person would write it', () => {
  expect(good).toMatch(
    /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<emailPreferences>\n {2}<email>\n {4}<version>1<\/version>\n {4}<component>EXCH/,
  );
  expect(good).toContain('<fromName>Contoso Time &amp; Attendance</fromName>');
});

const laughs = Array.from({ length: 30 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');

test.each([
  [
    'a bomb of entities',
    `<!DOCTYPE r [<!ENTITY l0 "ha">${laughs}]><emailPreferences>&l30;</emailPreferences>`,
  ],
  [
    'one big entity',
    `<!DOCTYPE r [<!ENTITY a "${'a'.repeat(500_000)}">]><emailPreferences>${'&a;'.repeat(100_000)}</emailPreferences>`,
  ],
  [
    'a file of this machine',
    '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><emailPreferences>&x;</emailPreferences>',
  ],
  [
    'a server',
    '<!DOCTYPE r [<!ENTITY x SYSTEM "http://127.0.0.1:1/x">]><emailPreferences>&x;</emailPreferences>',
  ],
  ['a parameter entity', '<!DOCTYPE r [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x">%x;]><emailPreferences/>'],
  ['a DTD elsewhere', '<!DOCTYPE r SYSTEM "http://127.0.0.1:1/x.dtd"><emailPreferences/>'],
  ['deep nesting', `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`],
])('refuses %s at once', async (_, text) => {
  const memory = process.memoryUsage().heapUsed;
  const ms = await processorMs(() => expect(() => xml.read?.(text, 'a.xml')).toThrow(/^a\.xml: expected /));
  expect(ms).toBeLessThan(1000);
  expect(process.memoryUsage().heapUsed - memory).toBeLessThan(100 * 1024 * 1024);
});

const field = '<fromName>Contoso Time &amp; Attendance</fromName>';
test.each([
  ['a comment in a value', field.replace('Time', '<!-- x -->'), 'no DOCTYPE, CDATA or comment'],
  ['CDATA', '<fromName><![CDATA[x]]></fromName>', 'no DOCTYPE, CDATA or comment'],
  ['a number for a character', field.replace('Time', '&#65;'), 'no entity but'],
  ['an unknown entity', field.replace('Time', '&nbsp;'), 'no entity but'],
  ['a lone ampersand', field.replace('&amp;', '&'), 'no entity but'],
  ['a field twice', field + field, 'one element emailPreferences'],
  ['an element in a value', field.replace('Time', '<b>Time</b>'), 'one element emailPreferences'],
  ['an attribute', field.replace('<fromName', '<fromName a="1"'), 'one element emailPreferences'],
  ['text between elements', `stray${field}`, 'one element emailPreferences'],
  ['a hostile name', '<__proto__>x</__proto__>', 'no element of this name'],
  ['another hostile name', '<constructor>x</constructor>', 'no element of this name'],
  ['an element that never ends', '<fromName>', 'well-formed XML'],
])('refuses %s', (_, part, expected) => {
  expect(() => xml.read?.(good.replace(field, part), 'a.xml')).toThrow(expected);
});

test('refuses another encoding, another root and a second one', () => {
  expect(() => xml.read?.(good.replace('UTF-8', 'ISO-8859-1'), 'a.xml')).toThrow('the encoding UTF-8');
  expect(() => xml.read?.(good.replaceAll('emailPreferences', 'other'), 'a.xml')).toThrow('one element');
  expect(() => xml.read?.(`${good}<other/>`, 'a.xml')).toThrow(/expected (?:one element|well-formed)/);
});
