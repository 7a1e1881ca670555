// Changes the code of six rooms in one place after the other, by StrykerJS, and runs the tests of these rooms each time. Stryker comes from npm,
// exact, into .cache: 170 packages that nothing else needs.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import { equivalent, rooms, tests } from './mutants.ts';
import { keep } from './tally.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, '.cache', 'mutation');
const goal = 90;
const packages = ['@stryker-mutator/core@10.1.1', '@stryker-mutator/vitest-runner@10.1.1'];

function install(): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  // Its peer, vitest, is the one of the project, which stands above this folder.
  const flags = ['--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = spawnSync('npm', ['install', '--prefer-offline', ...flags, ...packages], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (npm.status !== 0) throw new Error(`npm could not install Stryker: ${npm.stderr}`);
}

const vitestConfig = `import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
export default defineConfig({
  define: { builtVersion: '"0.0.0"' },
  test: {
    setupFiles: 'test/support/words-as-text.ts',
    isolate: false,
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
  const result = join(folder, 'result.json');
  rmSync(result, { force: true });
  writeFileSync(join(folder, 'vitest.config.ts'), vitestConfig);
  const runner = '@stryker-mutator/vitest-runner';
  const settings = {
    testRunner: 'vitest',
    plugins: [join(folder, 'node_modules', ...runner.split('/'), 'dist', 'src', 'index.js')],
    vitest: { configFile: '.cache/mutation/vitest.config.ts', related: false },
    mutate: Object.values(rooms).flat(),
    reporters: ['json'],
    jsonReporter: { fileName: result },
    coverageAnalysis: 'perTest',
    concurrency: 1,
    timeoutMS: 3000,
    allowConsoleColors: false,
    tempDirName: '.cache/mutation/sandbox',
    // What is large and no part of the code.
    ignorePatterns: ['dist', 'test/vscode', '*.vsix', 'media', '/.cache/peers', '/.cache/reliability'],
  };
  const file = join(folder, 'stryker.json');
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

const rows = Object.entries(rooms).map(([room, files]) => {
  const counting = mutants.filter(
    (mutant) =>
      files.includes(mutant.file) &&
      (isNoticed(mutant) || !isEquivalent(mutant)) &&
      mutant.status !== 'Ignored',
  );
  const noticed = counting.filter(isNoticed).length;
  return { room, files, noticed, all: counting.length, score: (100 * noticed) / counting.length };
});
const survivors = mutants.filter((mutant) => !isNoticed(mutant) && !isEquivalent(mutant));
keep({
  row: 'mutation',
  cells: 0,
  failed: rows
    .filter(({ score }) => score < goal)
    .map(({ room, score }) => `${room}: ${score.toFixed(1)} %, not ${goal} %`),
  table: [
    ['room', 'files', 'noticed', 'score'],
    ...rows.map(({ room, files, noticed, all, score }) => [
      room,
      files.map((file) => file.replace(`${dirname(file)}/`, '')).join(', '),
      `${noticed}/${all}`,
      `${score.toFixed(1)} %`,
    ]),
  ],
  notes: [
    `Goal: ${goal} %. Not counted, because nobody could tell the change:`,
    equivalent.map(({ file, line, change, why }) => `- ${file}, \`${line}\`, ${change}: ${why}`).join('\n') ||
      '- none',
    `Not noticed:\n\n${survivors.map(({ file, line, change }) => `- ${file}, \`${line.replaceAll('`', "'")}\`, \`${change.replaceAll('`', "'")}\``).join('\n') || '- none'}`,
  ],
});
if (rows.some(({ score }) => score < goal)) process.exitCode = 1;
