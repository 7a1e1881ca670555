import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { GraphFault } from '../../../src/practice/graph/answer.ts';
import { parseFilter } from '../../../src/practice/graph/filter.ts';
import type { Noun } from '../../../src/practice/graph/noun.ts';

const noun: Noun = {
  resource: 'Application',
  type: 'microsoft.graph.application',
  set: 'applications',
  properties: ['displayName', 'appId', 'uniqueName', 'tags', 'notes', 'web'],
  filterable: ['displayName', 'appId', 'uniqueName', 'tags'],
  searchable: [],
};
const items = [
  { displayName: "Tim's T&A", appId: '1', uniqueName: 'ta-exo', tags: ['ta', 'mail'] },
  { displayName: 'Time sheets', appId: '2', uniqueName: null, tags: [] },
  { displayName: 'Other', appId: '3', uniqueName: 'other', tags: ['mail'] },
];

function found(filter: string, advanced = false): string[] {
  return items.filter(parseFilter(filter, noun, advanced)).map(({ appId }) => appId);
}

test.each([
  ["displayName eq 'Tim''s T&A'", ['1']],
  ["displayName eq 'TIME SHEETS'", ['2']],
  ["startswith(displayName,'tim')", ['1', '2']],
  ["startswith(displayName, 'Time')", ['2']],
  ["startsWith(displayName,'tim')", ['1', '2']],
  ["uniqueName eq 'ta-exo'", ['1']],
  ['uniqueName eq null', ['2']],
  ["uniqueName eq ''", []],
  ["uniqueName eq 'null'", []],
  ["tags/any(t:t eq 'mail')", ['1', '3']],
  ["tags/any(t: t eq 'ta')", ['1']],
  ["appId in ('1','3')", ['1', '3']],
  ["appId eq '1' or appId eq '2' and displayName eq 'Other'", ['1']],
  ["(appId eq '1' or appId eq '2') and startswith(displayName,'Time')", ['2']],
])('%s', (filter, expected) => {
  expect(found(filter)).toEqual(expected);
});

test.each([
  ['displayName', 'Syntax error at position 11'],
  ["displayName eq 'x", 'Syntax error at position 14'],
  ["displayName eq 'x' and", 'Syntax error at position 22'],
  ["displayName eq 'x' appId", 'Syntax error at position 18'],
  ["(displayName eq 'x'", 'Syntax error'],
  ["tags/any(t:x eq 'y')", 'Syntax error'],
  ['', 'Syntax error at position 0'],
  ["colour eq 'red'", "Could not find a property named 'colour' on type 'microsoft.graph.application'."],
  ['displayName eq Other', "Could not find a property named 'Other' on type 'microsoft.graph.application'."],
  ["contains(displayName,'x')", "Unsupported property filter clause operator 'Contains'."],
  ["notes eq 'x'", "The practice tenant does not play a filter by 'notes'."],
  ["displayName ge 'x'", "The practice tenant does not play 'ge' in a filter."],
  ["city eq 'x'", "The practice tenant does not play the property 'city'."],
  ["displayName gt 'x'", "Unsupported or invalid query filter clause specified for property 'displayName'"],
  ["web/homePageUrl eq 'x'", "The practice tenant does not play a filter by 'web'."],
  ["appId ne '1'", "Filter operator 'NotEqualsMatch' is not supported."],
  ["startswith(tolower(displayName),'x')", "The practice tenant does not play 'tolower' in a filter."],
  ['length(displayName) eq 3', "The practice tenant does not play 'length' in a filter."],
  [
    "tags/any(t:startswith(t,'m'))",
    "The practice tenant does not play 'startswith' of an entry in a filter.",
  ],
  ["tags/all(t:t eq 'm')", "The practice tenant does not play 'all' in a filter."],
  ['tags/any()', "The practice tenant does not play 'any()' in a filter."],
  ['tags/$count eq 0', "The practice tenant does not play '$count' in a filter."],
  ['displayName eq true', "Found operand types 'Edm.String' and 'Edm.Boolean'"],
  ['appId eq 00000003-0000-0000-c000-000000000000', "Found operand types 'Edm.String' and 'Edm.Guid'"],
  ['displayName eq 7', "Found operand types 'Edm.String' and 'Edm.Int32'"],
])('refuses %s', (filter, message) => {
  expect(() => found(filter)).toThrow(message);
});

test('ne works as an advanced query', () => {
  expect(found("appId ne '1'", true)).toEqual(['2', '3']);
});

test('whatever text is quoted into a filter matches that text and no other', () =>
  fc.assert(
    fc.property(fc.string(), fc.string(), (wanted, other) => {
      const matches = parseFilter(`displayName eq '${wanted.replaceAll("'", "''")}'`, noun, false);
      expect(matches({ displayName: wanted })).toBe(true);
      expect(matches({ displayName: other })).toBe(wanted.toLowerCase() === other.toLowerCase());
    }),
  ));

test('no text makes the reader of filters fail in another way than by refusing', () =>
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        parseFilter(text, noun, true);
      } catch (error) {
        expect([400, 501]).toContain(error instanceof GraphFault && error.status);
      }
    }),
  ));
