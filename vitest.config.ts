import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import type { Reporter } from 'vitest/node';
import { define } from './scripts/bundles.ts';
import { NotRun } from './test/support/machine-tools.ts';

/** These replace a module, which no other test of their process may have loaded. */
const alone = globSync('test/**/*.test.ts', { exclude: ['**/node_modules/**'] }).filter((file) =>
  readFileSync(file, 'utf8').includes('\nvi.mock('),
);

/** Ends with the slowest files: that is where time is to be gained. */
const slowestFiles: Reporter = {
  onTestRunEnd(modules) {
    const files = modules.map((module) => ({
      name: module.relativeModuleId,
      ms: module.diagnostic().duration,
    }));
    const slowest = files.sort((one, other) => other.ms - one.ms).slice(0, 5);
    const lines = slowest.map(({ name, ms }) => `  ${(ms / 1000).toFixed(1)} s  ${name}\n`);
    process.stdout.write(`slowest files:\n${lines.join('')}`);
  },
};

export default defineConfig({
  // Outside of a VS Code there is none to import.
  resolve: { alias: { vscode: fileURLToPath(new URL('test/support/fake-vscode.ts', import.meta.url)) } },
  // As the build does.
  define,
  test: {
    globalSetup: 'test/support/cli-entry.ts',
    setupFiles: 'test/support/every-test.ts',
    reporters: ['default', new NotRun(), slowestFiles, ['json', { outputFile: '.cache/test-results.json' }]],
    testTimeout: 120_000,
    // Real processes: the command line has a working folder of its own.
    pool: 'forks',
    // The threads that help to collect garbage have no core of their own.
    execArgv: ['--single-threaded-gc'],
    // One more than there are cores: a fifth of the time a test waits for programs and sockets.
    maxWorkers: availableParallelism() + 1,
    unstubEnvs: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['test/**/*.test.ts'],
          // The real VS Code has its packages below test/.
          exclude: ['**/node_modules/**', ...alone],
          // Nothing has state at module level, so files share a process, and what they import is loaded once: a third of the time.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: alone } },
    ],
  },
});
