import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', ['json', { outputFile: '.cache/test-results.json' }]],
    testTimeout: 120_000,
    pool: 'threads',
  },
});
