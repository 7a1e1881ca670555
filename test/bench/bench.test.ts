import { expect, test } from 'vitest';
import { cliEntry } from '../support/cli-entry.ts';
import { requests, setUp } from './set-up.ts';
import {
  inTurns,
  median,
  notRun,
  numbersFrom,
  page,
  partText,
  type Row,
  row,
  sectionOf,
  withSection,
} from './table.ts';

test('a tiny run gives a table without a gap, and says which peer is missing', async () => {
  const options = { runs: 1, latencyMs: 1, cli: cliEntry(), m365: { missing: 'no peers in a test' } };
  const rows: Row[] = [...(await requests(options)), ...(await setUp(options))];
  const text = page([{ name: 'set-up', when: '2026-11-26', load: 0.5, runs: 1, rows }]);
  const cells = text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.slice(2, -2).split(' | '));
  expect(cells.length).toBe(rows.length + 1);
  expect(cells.flat().filter((cell) => /^$|NaN|undefined/.test(cell))).toEqual([]);
  expect(cells.every((line) => line.length === 5)).toBe(true);
  expect(text).toContain('2026-11-26, 1 runs, load of the machine at the start 0.5.');
  expect(rows.filter(({ verdict }) => verdict === 'not run: no peers in a test')).toHaveLength(1);
  // Counts do not depend on the machine.
  expect(rows.slice(0, 3).map(({ figure }) => figure)).toEqual(['4 requests', '1 requests', '2 requests']);
});

test.each([
  [{ value: 1.2, limit: { most: 1.2 } }, 'met'],
  [{ value: 1.5, limit: { most: 1.2 } }, 'missed by 25 %'],
  [{ value: 0.95, limit: { least: 0.95 } }, 'met'],
  [{ value: 0.9499, limit: { least: 0.95 } }, 'missed by 1 %'],
])('%j is %s', (measured, verdict) => {
  expect(row({ what: 'x', unit: 'x', from: '', ...measured }).verdict).toBe(verdict);
});

test('what is missed is told with its reason, or that there is none known', () => {
  const missed = (what: string) => row({ what, value: 2, limit: { most: 1 }, unit: 'x', from: '-' });
  const rows = [
    missed('Speed beside a loop of `PUT`'),
    missed('x'),
    row({ ...missed('y'), value: 1, limit: { most: 1 }, unit: 'x' }),
  ];
  const text = page([{ name: 'a', when: '2026-11-26', load: 0, runs: 1, rows }]);
  expect(text).toContain('- Speed beside a loop of `PUT`, missed. Each part goes through');
  expect(text).toContain('- x, missed. Why was not looked into.');
  expect(text).not.toContain('- y');
});

test('a row without a figure is a fault of the benchmark', () => {
  expect(() => row({ what: 'x', value: Number.NaN, limit: { most: 1 }, unit: 'x', from: '' })).toThrow();
});

test.each([
  [[], [1000, 10_000]],
  [['3'], [3, 10_000]],
  [
    ['3', '0'],
    [3, 0],
  ],
  [['WORD'], undefined],
  [['-1'], undefined],
  [['1.5'], undefined],
  [[''], undefined],
  [['1', '2', '3'], undefined],
])('%j is taken for the numbers %j', (given, numbers) => {
  expect(numbersFrom(given, [1000, 10_000])).toEqual(numbers);
});

test('a median is no mean, and ways take turns', async () => {
  expect([median([9, 1, 2]), median([1, 2, 3, 100])]).toEqual([2, 2.5]);
  const order: string[] = [];
  const way = (name: string) => async () => order.push(name);
  await inTurns(3, way('a'), way('b'));
  expect(order.join('')).toBe('abbaab');
  expect(notRun('x', 'y', 'z')).toMatchObject({ figure: '-', verdict: 'not run: z' });
});

test('a section that is measured on its own takes the place of its last one, and the others stay as they are', () => {
  const part = (name: string, load: number) => ({ name, when: '2026-11-26', load, runs: 1, rows: [] });
  const text = page([part('a', 1), part('b', 1)]);
  const fleet = partText({ ...part('fleet', 7), machine: 'another one' });
  const once = withSection(text, 'fleet', fleet);
  expect(once).toBe(`${text.trimEnd()}\n\n${fleet}\n`);
  expect(sectionOf(withSection(once, 'fleet', fleet), 'fleet')).toContain('The machine: another one.');
  expect(withSection(once, 'fleet', fleet)).toBe(once);
  expect(sectionOf(text, 'fleet')).toBeUndefined();
});
