import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/cli-entry.ts',
    reporters: ['default', ['json', { outputFile: '.cache/test-results.json' }]],
    testTimeout: 120_000,
    // A process of its own for each file: one that crashes takes no other along.
    pool: 'forks',
    // Much of the time is real waiting: one more than there are cores keeps both at work.
    maxWorkers: 3,
  },
});
