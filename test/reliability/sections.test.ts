import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../support/source-imports.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { invariants } from './invariants.ts';
import { codeOf, equivalent, oldScores, rooms } from './mutants.ts';
import { page } from './page.ts';
import { sections } from './sections.ts';

test('each file that a section names is there', () => {
  const named = [
    ...(JSON.stringify(sections).match(/\btest\/[\w/.-]+\.test\.ts/g) ?? []),
    ...Object.values(rooms).flatMap(({ files }) => files),
    ...equivalent.map(({ file }) => file),
    ...invariants.flatMap(({ tests }) => tests),
  ];
  expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  const tests = Object.values(rooms).flatMap((room) => room.tests);
  expect(tests.filter((pattern) => globSync(pattern, { cwd: root }).length === 0)).toEqual([]);
});

test('each invariant is held by a test, and the sections that read it are there', () => {
  expect(invariants.map(({ id }) => id)).toEqual(Array.from({ length: 16 }, (_, at) => `INV${at + 1}`));
  expect(invariants.filter(({ tests }) => tests.length === 0)).toEqual([]);
  const names = sections.map(({ name }) => name);
  expect(invariants.flatMap((each) => each.sections).filter((name) => !names.includes(name))).toEqual([]);
  const text = page(sections.map((section) => ({ ...section, runs: [] })));
  expect(text).toContain('| INV7 | nothing is changed after a stop | stops | test/core/');
  expect(text).toMatch(/\| INV15 \| [^|]+ \| - \| test/);
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
  expect(text).toContain('| days | 2/3 | abc |');
});

test('what was not run is said', () => {
  const text = page(sections.map((section) => ({ ...section, runs: [] })));
  expect(text).toContain(`**Not run yet: ${sections.flatMap(({ parts }) => parts).length} parts.**`);
  expect(text).toMatch(/\| 1 of 1 parts not run \|/);
});

test('a score of other code is named, and which code that is changes with a file and with its test', () => {
  const scores = Object.values(rooms).map((room) => `| ${codeOf(room)} |`);
  expect(oldScores(scores.join('\n'))).toEqual([]);
  expect(oldScores(scores.slice(1).join('\n'))).toEqual([Object.keys(rooms)[0]]);
  const [one] = Object.values(rooms);
  const codes = [one, { ...one, files: [] }, { ...one, tests: [] }].map((room) =>
    codeOf({ files: [], tests: [], ...room }),
  );
  expect(new Set(codes).size).toBe(3);
});

test('nothing is run, and no page is written, of code that is not committed', async () => {
  const folder = await tempFolder();
  const git = { ...process.env, GIT_DIR: join(folder, '.git') };
  // A repository without a commit: each file is a change.
  expect(spawnSync('git', ['init', '--quiet', folder]).status).toBe(0);
  const run = spawnSync(process.execPath, [join(root, 'test/reliability/run.ts'), 'planted'], {
    env: git,
    encoding: 'utf8',
    timeout: 20_000,
  });
  expect(run.stdout).toBe('');
  expect(run.stderr).toMatch(/^Changes in src, test or webview are not committed, .* --with-gaps\.\n$/);
  expect(run.status).toBe(3);
});
