import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', ['json', { outputFile: '.cache/test-results.json' }]],
    testTimeout: 30_000,
    pool: 'threads',
  },
});
