import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { alias, requireInModule } from '../../scripts/bundles.ts';
import { hostSuite, root } from './places.ts';

const common: BuildOptions = {
  absWorkingDir: root,
  outdir: dirname(hostSuite),
  bundle: true,
  platform: 'node',
  target: 'node22',
  sourcemap: 'inline',
  external: ['vscode', 'mocha'],
  alias,
};

/** Each `*.host.ts` becomes a file of its own, and what calls them one in the form that VS Code loads a suite in. */
export async function buildHostSuite(): Promise<void> {
  rmSync(dirname(hostSuite), { recursive: true, force: true });
  await build({
    ...common,
    entryPoints: ['test/host/index.ts'],
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
  });
  await build({
    ...common,
    entryPoints: ['test/host/**/*.host.ts'],
    entryNames: '[name]',
    // As the extension is: the oldest VS Code gives what is required and what is imported an API each.
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    banner: requireInModule,
    // The support of the tests finds its own files from the bundle, too.
    define: {
      'import.meta.url': JSON.stringify(pathToFileURL(join(root, 'test', 'support', 'bundle')).href),
    },
  });
}
