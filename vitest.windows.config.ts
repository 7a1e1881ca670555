import { defineConfig } from 'vitest/config';

/** The command line under the Windows build of Node: `npm run test:windows`. */
export default defineConfig({
  test: {
    include: ['test/windows/*.windows.ts'],
    globalSetup: 'test/support/cli-entry.ts',
    testTimeout: 180_000,
    hookTimeout: 300_000,
    reporters: ['default', ['json', { outputFile: '.cache/windows-results.json' }]],
  },
});
