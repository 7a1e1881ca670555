import { defineConfig } from 'vitest/config';
import { NotRun } from './test/support/machine-tools.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/cli-entry.ts',
    reporters: ['default', new NotRun(), ['json', { outputFile: '.cache/test-results.json' }]],
    testTimeout: 120_000,
    // A process of its own for each file: one that crashes takes no other along.
    pool: 'forks',
    // Much of the time is real waiting: one more than there are cores keeps both at work.
    maxWorkers: 3,
  },
});
