import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { alias } from '../../scripts/bundles.ts';
import { hostSuite, root } from './places.ts';

/** Each `*.host.ts` becomes a file of its own, in the form that VS Code loads a suite in. */
export async function buildHostSuite(): Promise<void> {
  rmSync(dirname(hostSuite), { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: ['test/host/index.ts', 'test/host/**/*.host.ts'],
    entryNames: '[name]',
    outdir: dirname(hostSuite),
    outExtension: { '.js': '.cjs' },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    alias,
    // The support of the tests finds its own files from the bundle, too.
    define: {
      'import.meta.url': JSON.stringify(pathToFileURL(join(root, 'test', 'support', 'bundle')).href),
    },
  });
}
