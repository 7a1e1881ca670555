import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonPlaces } from '../../../../src/extension/customers/editing/json-places.ts';

const text = '{\n  "a": { "b\\"": [10, "x, ]"] },\n  "c": null\n}';
const cut = ({ start, end }: { start: number; end: number }): string => text.slice(start, end);

test('a value is found by its path', () => {
  const places = jsonPlaces(text);
  expect(cut(places.valueOf(['a', 'b"', 0]))).toBe('10');
  expect(cut(places.valueOf(['a', 'b"', 1]))).toBe('"x, ]"');
  expect(cut(places.valueOf(['c']))).toBe('null');
});

test('of an object or a list only the name is marked', () => {
  const places = jsonPlaces(text);
  expect(cut(places.valueOf(['a']))).toBe('"a"');
  expect(cut(places.valueOf(['a', 'b"']))).toBe('"b\\""');
});

test('what is not there is marked at the nearest thing above it', () => {
  const places = jsonPlaces(text);
  expect(cut(places.valueOf(['a', 'missing']))).toBe('"a"');
  expect(cut(places.valueOf(['missing']))).toBe('{');
});

test('in any JSON text every plain value lies where its path says', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
      const json = JSON.stringify(value, undefined, indent);
      const places = jsonPlaces(json);
      for (const [path, plain] of plainValues(value, [])) {
        const { start, end } = places.valueOf(path);
        expect(json.slice(start, end)).toBe(JSON.stringify(plain));
      }
    }),
  );
});

function plainValues(value: unknown, path: PropertyKey[]): [PropertyKey[], unknown][] {
  if (Array.isArray(value)) return value.flatMap((item, index) => plainValues(item, [...path, index]));
  if (value instanceof Object)
    return Object.entries(value).flatMap(([name, item]) => plainValues(item, [...path, name]));
  return [[path, value]];
}
