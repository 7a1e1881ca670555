// npm run reliability: every story against every fault, kill, signal and trouble of the disk, bad inputs, hostile answers, mutants, peers.
// Writes RELIABILITY.md. `-- NAME ...`: these sections, or parts of them, alone. What was run for this commit is not run again, unless with `--fresh`.
// Runs nothing while src, test or webview hold changes that are not committed: no one could find what was measured. `--with-gaps` does all the same.
// `--pairs N`, `--seed N`, `--workers N`: how many processes at a time. `--with-gaps`: writes the page though some sections were not run here.
// `--old`: runs nothing, and names the mutation scores of the page that were measured on other code than today's.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { oldScores } from './mutants.ts';
import { type PartRun, page, type Tally } from './page.ts';
import { type Part, sections } from './sections.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, '.cache', 'reliability');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pairs: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '20261126' },
    workers: { type: 'string', default: '2' },
    fresh: { type: 'boolean', default: false },
    'with-gaps': { type: 'boolean', default: false },
    old: { type: 'boolean', default: false },
  },
});
const pageFile = join(root, 'RELIABILITY.md');
if (values.old) {
  for (const room of oldScores(readFileSync(pageFile, 'utf8')))
    process.stdout.write(
      `RELIABILITY.md: the score of ${room} is not of today's code. npm run reliability -- "mutation: ${room}" measures it.\n`,
    );
  process.exit();
}
const isNamed = ({ name }: { readonly name: string }): boolean => positionals.includes(name);
const unknown = positionals.filter(
  (name) => !sections.some((section) => [section, ...section.parts].some((each) => each.name === name)),
);
if (unknown.length > 0) {
  const names = sections.map(({ name }) => name).join(', ');
  process.stderr.write(`There is no section ${unknown.join(', ')}. Sections: ${names}.\n`);
  process.exit(3);
}

const git = (...args: string[]): string =>
  spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout.trim();
const isChanged = git('status', '--porcelain', '--', 'src', 'test', 'webview') !== '';
if (isChanged && !values['with-gaps']) {
  process.stderr.write(
    'Changes in src, test or webview are not committed, so the page could not name the code that was measured: commit them, or run with --with-gaps.\n',
  );
  process.exit(3);
}
const commit = `${git('rev-parse', '--short=10', 'HEAD')}${isChanged ? ' and changes' : ''}`;

const folderOf = ({ name }: Part): string => join(folder, name.replace(/[^a-z0-9]+/gi, '-'));
const runFile = (part: Part): string => join(folderOf(part), 'run.json');

/** Of a part that was run, whenever. */
function lastRun(part: Part): PartRun | undefined {
  try {
    return JSON.parse(readFileSync(runFile(part), 'utf8'));
  } catch {
    return undefined;
  }
}

const talliesIn = (path: string): Tally[] =>
  readdirSync(path)
    .filter((name) => name.endsWith('.tally.json'))
    .map((name) => JSON.parse(readFileSync(join(path, name), 'utf8')));

function argumentsOf({ run }: Part): string[] {
  if ('program' in run) return [join(import.meta.dirname, run.program), run.argument ?? ''];
  const vitest = [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--maxWorkers=1'];
  if ('files' in run) {
    const reporter = join(import.meta.dirname, run.reporter ?? 'tests-as-cells.ts');
    return [...vitest, `--reporter=${reporter}`, ...run.files];
  }
  const names = run.tests === undefined ? [] : ['--testNamePattern', run.tests];
  return [...vitest, '--reporter=dot', `test/reliability/${run.cells}.test.ts`, ...names];
}

async function run(part: Part): Promise<void> {
  const place = folderOf(part);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  const env = {
    ...process.env,
    ...('files' in part.run ? { RELIABILITY_TESTS: place } : { RELIABILITY: place }),
    RELIABILITY_ROW: part.name,
    // On the disk: a test of hundreds of cells keeps the folders of all of them, which is more than memory should hold.
    TMPDIR: tmpdir(),
    ...{ RELIABILITY_PAIRS: values.pairs, RELIABILITY_SEED: values.seed },
  };
  const begun = performance.now();
  const stdio = ['ignore', 'pipe', 'pipe'] as const;
  const child = spawn(process.execPath, argumentsOf(part), { cwd: root, env, stdio: [...stdio] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (output += bytes));
  const [code] = await once(child, 'close');
  writeFileSync(join(place, 'output.log'), output);
  const tallies = talliesIn(place);
  const failed = tallies.flatMap((tally) => tally.failed).length;
  const done: PartRun = {
    ...{ part: part.name, commit, at: new Date().toISOString(), tallies },
    seconds: Math.round((performance.now() - begun) / 1000),
    ended: code === 0 || failed > 0,
  };
  writeFileSync(runFile(part), JSON.stringify(done, undefined, 2));
  if (code !== 0) process.exitCode = 1;
  process.stdout.write(`${code === 0 ? 'holds' : 'FAILS'}  ${part.name}, ${done.seconds} s\n`);
}

const wanted = sections.filter(
  (section) => positionals.length === 0 || isNamed(section) || section.parts.some(isNamed),
);
const open = wanted
  .flatMap((section) =>
    isNamed(section) || !section.parts.some(isNamed) ? section.parts : section.parts.filter(isNamed),
  )
  .filter((part) => values.fresh || lastRun(part)?.commit !== commit || !lastRun(part)?.ended);

async function worker(): Promise<void> {
  for (let part = open.shift(); part; part = open.shift()) await run(part);
}
await Promise.all(Array.from({ length: Number(values.workers) }, worker));

const all = sections.map((section) => ({
  ...section,
  runs: section.parts.flatMap((part) => lastRun(part) ?? []),
}));
const gaps = all.filter(({ runs, parts }) => runs.length < parts.length).map(({ name }) => name);
if (gaps.length === 0 || values['with-gaps']) {
  writeFileSync(pageFile, page(all));
  process.stdout.write('RELIABILITY.md is written.\n');
} else {
  process.stdout.write(`${page(wanted.flatMap(({ name }) => all.filter((each) => each.name === name)))}\n`);
  process.stdout.write(`RELIABILITY.md stays as it was. Not run here yet: ${gaps.join(', ')}.\n`);
}
