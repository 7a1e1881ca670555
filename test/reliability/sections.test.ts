import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../support/source-imports.ts';
import { equivalent, rooms } from './mutants.ts';
import { page } from './page.ts';
import { sections } from './sections.ts';

test('each file that a section names is there', () => {
  const named = [
    ...(JSON.stringify(sections).match(/\btest\/[\w/.-]+\.test\.ts/g) ?? []),
    ...Object.values(rooms).flatMap(({ files }) => files),
    ...equivalent.map(({ file }) => file),
  ];
  expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  const tests = Object.values(rooms).flatMap((room) => room.tests);
  expect(tests.filter((pattern) => globSync(pattern, { cwd: root }).length === 0)).toEqual([]);
});

test('the page tells of each failure, and of each part that did not end', () => {
  const run = { commit: 'abc', at: '2026-11-26T10:00:00.000Z', seconds: 1 };
  const tally = { row: 'model: days', cells: 3, failed: ['a day: Error'], seed: 7 };
  const [section] = sections.filter(({ name }) => name === 'model');
  if (!section) throw new Error('there is a model');
  const text = page([
    {
      ...section,
      runs: [
        { ...run, part: 'model', ended: true, tallies: [tally] },
        { ...run, part: 'other', ended: false, tallies: [] },
      ],
    },
  ]);
  expect(text).toContain('**2 of 3 hold.** Failures: 2');
  expect(text).toContain('- model: days: a day: Error');
  expect(text).toContain('- other: did not end');
  expect(text).toMatch(/\| 2\/3 \| 7 \| abc \| 2026-11-26 \|/);
});

test('what was not run is said', () => {
  const text = page(sections.map((section) => ({ ...section, runs: [] })));
  expect(text).toContain(`**Not run yet: ${sections.flatMap(({ parts }) => parts).length} parts.**`);
  expect(text).toMatch(/\| 1 of 1 parts not run \|/);
});
