import { rm } from 'node:fs/promises';
import { build } from 'esbuild';

await rm('dist', { recursive: true, force: true });

/** One build of both entries, so that extension and CLI share their chunks; heavy libraries stay in chunks of their own. */
await build({
  entryPoints: ['src/cli.ts', 'src/extension.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  minify: true,
  chunkNames: 'chunks/[name]-[hash]',
  external: ['vscode'],
  metafile: true,
  legalComments: 'linked',
  // Some dependencies are CommonJS and ask for Node's modules by require, which an ES module does not have.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
});
