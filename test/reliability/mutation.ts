// `node mutation.ts ROOM`: changes the code of a room in one place after the other, by StrykerJS, and runs the tests of the room each time.
// Stryker comes from npm, exact, into .cache: 170 packages that nothing else needs.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import { installPackages } from '../support/npm-packages.ts';
import { codeOf, equivalent, rooms } from './mutants.ts';
import { keep } from './tally.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [name = ''] = process.argv.slice(2);
const room = roomOf(name);
const { files, tests } = room;
const code = codeOf(room);
const folder = join(root, '.cache', 'mutation');
/** Of this room alone, for another one may be on its way beside it. */
const own = join(folder, name.replaceAll(' ', '-'));
const goal = 90;
const packages = ['@stryker-mutator/core@10.1.1', '@stryker-mutator/vitest-runner@10.1.1'];

function install(): void {
  if (existsSync(join(folder, 'node_modules', '@stryker-mutator', 'vitest-runner'))) return;
  // Its peer, vitest, is the one of the project, which stands above this folder.
  const reason = installPackages(folder, packages, '--legacy-peer-deps');
  if (reason !== undefined) throw new Error(`Stryker: ${reason}`);
}

function roomOf(given: string): (typeof rooms)[string] {
  const room = rooms[given];
  if (!room) throw new Error(`There is no room ${given}.`);
  return room;
}

const vitestConfig = `import { defineConfig } from 'vitest/config';
export default defineConfig({
  define: { builtVersion: '"0.0.0"' },
  test: {
    setupFiles: 'test/support/every-test.ts',
    unstubEnvs: true,
    testTimeout: 60_000,
    // A process that is killed at any moment does not see the change.
    testNamePattern: '^(?!.*after kills at any moment)',
    include: ${JSON.stringify(tests)},
  },
});
`;

const Report = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.string(),
      mutants: z.array(
        z.object({
          mutatorName: z.string(),
          status: z.string(),
          replacement: z.optional(z.string()),
          location: z.object({ start: z.object({ line: z.number() }) }),
        }),
      ),
    }),
  ),
});

function mutate(): z.infer<typeof Report> {
  rmSync(own, { recursive: true, force: true });
  mkdirSync(own, { recursive: true });
  const result = join(own, 'result.json');
  const config = join(own, 'vitest.config.ts');
  writeFileSync(config, vitestConfig);
  const runner = '@stryker-mutator/vitest-runner';
  const settings = {
    testRunner: 'vitest',
    plugins: [join(folder, 'node_modules', ...runner.split('/'), 'dist', 'src', 'index.js')],
    vitest: { configFile: relative(root, config), related: false },
    mutate: files,
    reporters: ['json'],
    jsonReporter: { fileName: result },
    coverageAnalysis: 'perTest',
    concurrency: 1,
    timeoutMS: 10_000,
    allowConsoleColors: false,
    // It would rewrite the project's for its copy, by an interface that TypeScript 7 has no more.
    tsconfigFile: 'none.json',
    tempDirName: relative(root, join(own, 'sandbox')),
    // What is large and no part of the code.
    ignorePatterns: ['dist', 'test/vscode', '*.vsix', 'media', '/.cache/peers', '/.cache/reliability'],
  };
  const file = join(own, 'stryker.json');
  writeFileSync(file, JSON.stringify(settings));
  const stryker = join(folder, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
  const { stdout } = spawnSync(process.execPath, [stryker, 'run', file], { cwd: root, encoding: 'utf8' });
  try {
    return Report.parse(JSON.parse(readFileSync(result, 'utf8')));
  } catch {
    throw new Error(`Stryker did not end: ${stdout.slice(-2000)}`);
  }
}

interface Mutant {
  readonly file: string;
  readonly line: string;
  readonly change: string;
  readonly status: string;
}

install();
const report = mutate();
const mutants = Object.entries(report.files).flatMap(([file, { source, mutants: all }]) =>
  all.map(({ mutatorName, status, replacement = '', location }): Mutant => {
    const line = source.split('\n')[location.start.line - 1]?.trim() ?? '';
    return { file, line, status, change: `${mutatorName}: ${replacement.replace(/\s+/g, ' ').slice(0, 80)}` };
  }),
);
const isEquivalent = (mutant: Mutant): boolean =>
  equivalent.some(
    ({ file, line, change }) =>
      mutant.file === file && mutant.line.includes(line) && mutant.change.includes(change),
  );
const isNoticed = ({ status }: Mutant): boolean => status === 'Killed' || status === 'Timeout';

const counting = mutants.filter((mutant) => isNoticed(mutant) || !isEquivalent(mutant));
const noticed = counting.filter(isNoticed).length;
const score = (100 * noticed) / counting.length;
const inCode = (text: string): string => `\`${text.replaceAll('`', "'").replaceAll('|', '\\|')}\``;
const survivors = counting.filter((mutant) => !isNoticed(mutant));
const unseen = mutants.filter((mutant) => !isNoticed(mutant) && isEquivalent(mutant)).length;
keep({
  row: `mutation: ${name}`,
  cells: 0,
  failed: score < goal ? [`${score.toFixed(1)} %, not ${goal} %`] : [],
  table: [
    ['room', 'files', 'code and tests', 'noticed', 'score', 'no one could tell'],
    [
      name,
      files.map((file) => basename(file)).join(', '),
      code,
      `${noticed}/${counting.length}`,
      `${score.toFixed(1)} %`,
      String(unseen),
    ],
  ],
  notes: survivors.map(
    ({ file, line, change }) => `not noticed in ${basename(file)}: ${inCode(line)}, ${inCode(change)}`,
  ),
});
if (score < goal) process.exitCode = 1;
