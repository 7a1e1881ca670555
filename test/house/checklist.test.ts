import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

interface Point {
  readonly id: string;
  readonly kind: string;
  readonly covered: string;
}

const points = [
  ...read('test/checklist.md').matchAll(/^\| (1\.\d+\.\d+) \| ([A-Z]) \| [^|]+ \| ([^|]+) \|$/gm),
].map(([, id = '', kind = '', covered = '']): Point => ({ id, kind, covered }));

const tests = points
  .filter(({ covered }) => !/^(not covered|seen): /.test(covered))
  .flatMap(({ id, covered }) => covered.split('<br>').map((entry) => ({ id, entry })));

/** How many points each section of the checklist has. */
const sizes = [7, 8, 5, 3, 7, 3, 10, 4, 6, 5, 4, 5, 6, 8, 1];

test('every point of the checklist has its line', () => {
  const all = sizes.flatMap((size, section) =>
    Array.from({ length: size }, (_, index) => `1.${section + 1}.${index + 1}`),
  );
  expect(points.map(({ id }) => id)).toEqual(all);
});

test('every test that the checklist names exists', () => {
  const missing = tests.filter(({ entry }) => {
    const [, path = '', title = ''] = /^`([^`]+)` (.+)$/.exec(entry) ?? [];
    if (!path || !existsSync(new URL(path, root))) return true;
    const quoted = [`'${title.replaceAll("'", "\\'")}'`, `"${title}"`, `\`${title}\``];
    return !quoted.some((text) => read(path).includes(text));
  });
  expect(missing).toEqual([]);
});

test('every picture that the checklist points to exists', () => {
  const seen = points.filter(({ covered }) => covered.startsWith('seen: '));
  const missing = seen.filter(({ covered }) => {
    const [, path = ''] = /^seen: `([^`]+)`$/.exec(covered) ?? [];
    return !path || !existsSync(new URL(path, root));
  });
  expect(missing).toEqual([]);
});

test('a point that no test covers says why', () => {
  const silent = points.filter(({ covered }) => /^not covered: .{0,10}$/.test(covered));
  expect(silent).toEqual([]);
});

test('what package.json alone can hold is covered, but for what we do otherwise', () => {
  const open = points.filter(({ kind, covered }) => kind === 'M' && covered.startsWith('not covered'));
  expect(open.map(({ id }) => id)).toEqual(['1.10.3']);
});
