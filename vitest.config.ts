import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

import { NotRun } from './test/support/machine-tools.ts';

/** Replaces a module of Node, which no other test of its process may have loaded. */
const alone = ['test/core/onboard-disk-faults.test.ts'];

export default defineConfig({
  // As the build does.
  define: { builtVersion: JSON.stringify(version) },
  test: {
    globalSetup: 'test/support/cli-entry.ts',
    reporters: ['default', new NotRun(), ['json', { outputFile: '.cache/test-results.json' }]],
    testTimeout: 120_000,
    // Real processes: the command line has a working folder of its own.
    pool: 'forks',
    unstubEnvs: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: alone,
          // Nothing has state at module level, so files share a process, and what they import is loaded once: a third of the time.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: alone } },
    ],
  },
});
