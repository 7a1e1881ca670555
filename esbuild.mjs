import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, context } from 'esbuild';
import { cliPackageFiles } from './scripts/cli-package.ts';
import { notices, thirdPartiesIn } from './scripts/third-party.ts';

/** What both entries for Node have in common. What is imported lazily stays in chunks of its own. */
const node = {
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  minify: true,
  external: ['vscode'],
  // Its CommonJS asks for its own parts in a way that no bundler follows.
  alias: { 'jsonc-parser': join(import.meta.dirname, 'node_modules/jsonc-parser/lib/esm/main.js') },
  metafile: true,
  // Licences are whole in ThirdPartyNotices.txt.
  legalComments: 'none',
  // Some dependencies are CommonJS and ask for Node's modules by require, which an ES module does not have.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
};

/** Apart from each other: the package of the extension holds none of the CLI's chunks. VS Code brings a Node of its own. */
const extension = {
  ...node,
  target: 'node22',
  entryPoints: ['src/extension.ts'],
  chunkNames: 'chunks/[name]-[hash]',
};
const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
const cli = {
  ...node,
  target: 'node20',
  entryPoints: ['src/cli.ts'],
  chunkNames: 'cli/[name]-[hash]',
  define: { builtVersion: JSON.stringify(version) },
};

/** The page of the verification form: one script and one style sheet. */
const page = {
  entryPoints: ['webview/main.ts'],
  outdir: 'dist/webview',
  bundle: true,
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  minify: true,
  metafile: true,
  legalComments: 'none',
};

const builds = [extension, cli, page];

if (process.argv.includes('--watch')) {
  const readable = { minify: false, sourcemap: true, logLevel: 'info' };
  for (const options of builds) await (await context({ ...options, ...readable })).watch();
} else if (!process.argv.includes('--if-older') || isOlder('dist/cli.js')) {
  rmSync('dist', { recursive: true, force: true });
  const results = await Promise.all(builds.map((options) => build(options)));
  const [ofExtension, ofCli, ofPage] = results.map(({ metafile }) => metafile.outputs);
  writeFileSync('ThirdPartyNotices.txt', notices(thirdPartiesIn({ ...ofExtension, ...ofPage })));
  writeFileSync('dist/ThirdPartyNotices.txt', notices(thirdPartiesIn(ofCli)));
  for (const [name, text] of Object.entries(cliPackageFiles())) writeFileSync(join('dist', name), text);
  // What is in which file, for the parts list of a release and the tests of sizes and of what loads at once.
  mkdirSync('.cache', { recursive: true });
  writeFileSync('.cache/bundle.json', JSON.stringify({ ...ofExtension, ...ofCli, ...ofPage }));
}

/** Whether a file is missing, or older than what it is built from. */
function isOlder(file) {
  const built = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = readdirSync('src', { recursive: true }).map((name) => join('src', name));
  return ['esbuild.mjs', 'package.json', 'package-lock.json', ...sources].some(
    (source) => statSync(source).mtimeMs > built,
  );
}
