import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Tests that drive a real VS Code, or its page alone, in Chromium. One after the other: each starts a VS Code of its own. */
export default defineConfig({
  // What the host says on a page alone is made in this process.
  resolve: { alias: { vscode: fileURLToPath(new URL('test/support/fake-vscode.ts', import.meta.url)) } },
  test: {
    include: ['test/browser/**/*.e2e.ts'],
    reporters: ['default', ['json', { outputFile: '.cache/browser-results.json' }]],
    testTimeout: 240_000,
    hookTimeout: 120_000,
    pool: 'forks',
    fileParallelism: false,
  },
});
