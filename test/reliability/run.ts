// npm run reliability: every story against every fault, each kill point, each trouble of the disk, pairs of faults at random, and a model.
// Two parts run at a time, and what was done for this commit is not done again. Writes RELIABILITY.md.
// `--only TEXT`: parts whose name contains it. `--pairs N`, `--seed N`. `--fresh` begins anew.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { page } from './page.ts';
import { stories } from './stories.ts';
import type { Tally } from './tally.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, '.cache', 'reliability');
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    pairs: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '20261126' },
    fresh: { type: 'boolean', default: false },
  },
});

interface Part {
  readonly name: string;
  readonly file: string;
  /** Of the names of its tests; each begins like one of these. */
  readonly tests: string;
}

const ofStories = (file: string, begin: string): Part[] =>
  stories.map(({ name }) => ({ name: `${begin}: ${name}`, file, tests: `^${begin}: ${name}( |,|$)` }));

/** The longest first, so that the two do not wait for each other at the end. */
const parts: readonly Part[] = [
  ...ofStories('deaths', 'deaths'),
  ...ofStories('requests', 'requests'),
  ...ofStories('disk', 'disk'),
  ...ofStories('requests', 'requests, for ever'),
  ...ofStories('deaths', 'stops'),
  { name: 'pairs, 1', file: 'pairs', tests: 'half 1$' },
  { name: 'pairs, 2', file: 'pairs', tests: 'half 2$' },
  { name: 'model', file: 'model', tests: '' },
  { name: 'planted', file: 'planted', tests: '^planted' },
];

const doneFile = join(folder, 'done.json');
const { stdout: commit } = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' });

function startAnew(): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(doneFile, JSON.stringify({ commit, done: [] }));
}

function doneBefore(): string[] {
  try {
    const kept = JSON.parse(readFileSync(doneFile, 'utf8'));
    if (kept.commit === commit && !values.fresh) return kept.done;
  } catch {
    // None was begun.
  }
  startAnew();
  return [];
}

const done = doneBefore();
const open = parts.filter(({ name }) => name.includes(values.only) && !done.includes(name));

async function run({ name, file, tests }: Part): Promise<void> {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const args = [vitest, 'run', `test/reliability/${file}.test.ts`, '--reporter=dot', '--maxWorkers=1'];
  if (tests) args.push('--testNamePattern', tests);
  const env = {
    ...process.env,
    RELIABILITY: folder,
    RELIABILITY_PAIRS: values.pairs,
    RELIABILITY_SEED: values.seed,
  };
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (output += bytes));
  const [code] = await once(child, 'close');
  process.stdout.write(`${code === 0 ? 'holds' : 'FAILS'}  ${name}\n`);
  if (code !== 0) {
    writeFileSync(join(folder, `${file}.log`), output);
    process.exitCode = 1;
  }
  done.push(name);
  writeFileSync(doneFile, JSON.stringify({ commit, done }));
}

async function worker(): Promise<void> {
  for (let part = open.shift(); part; part = open.shift()) await run(part);
}
await Promise.all([worker(), worker()]);

const tallies: Tally[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json') && name !== 'done.json')
  .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
const text = page(tallies, parts.length - done.length);
process.stdout.write(text);
if (values.only === '') writeFileSync(join(root, 'RELIABILITY.md'), text);
