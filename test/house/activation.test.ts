import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';

/** What `esbuild.mjs` writes beside the files it builds. */
const Bundle = z.record(
  z.string(),
  z.object({
    bytes: z.number(),
    inputs: z.record(z.string(), z.unknown()),
    imports: z.array(z.object({ path: z.string(), kind: z.string() })),
  }),
);
const bundle = z.parse(Bundle, JSON.parse(readFileSync('.cache/bundle.json', 'utf8')));

/** The files that Node loads before the first line of this one runs. */
function loadedAtOnce(file: string, loaded = new Set<string>()): Set<string> {
  if (loaded.has(file)) return loaded;
  loaded.add(file);
  for (const { path, kind } of bundle[file]?.imports ?? []) {
    if (kind === 'import-statement' && path in bundle) loadedAtOnce(path, loaded);
  }
  return loaded;
}

const atOnce = [...loadedAtOnce('dist/extension.js')];
const sources = atOnce.flatMap((file) => Object.keys(bundle[file]?.inputs ?? {}));
const size = (files: readonly string[]) => files.reduce((sum, file) => sum + (bundle[file]?.bytes ?? 0), 0);

test('the extension is built', () => {
  expect(sources).toContain('src/extension.ts');
});

test('activation loads no library', () => {
  expect(sources.filter((path) => path.includes('node_modules'))).toEqual([]);
});

test('activation loads nothing of the practice tenant, the command line or the rooms that call Graph', () => {
  expect(
    sources.filter((path) => /^src\/(practice|cli|core\/(cloud|sign-in|tenant|setup|mail))\//.test(path)),
  ).toEqual([]);
});

const named = (names: RegExp) => Object.keys(bundle).filter((file) => names.test(file));

test('our pages are one script and one style sheet', () => {
  expect(named(/^dist\/webview\/.*\.(js|css)$/).sort()).toEqual([
    'dist/webview/main.css',
    'dist/webview/main.js',
  ]);
});

// The package of the extension has its budget where it is packed: scripts/package.ts.
test.each([
  ["the extension's entry", 20, ['dist/extension.js']],
  ['what activation loads', 60, atOnce],
  ['our pages', 175, named(/^dist\/webview\/.*\.(js|css)$/)],
  // 1.65 MiB.
  ['the command line', 1730, named(/^dist\/cli(\/.*)?\.js$/)],
])('%s stays within %i KB', (_what, mostKB, files) => {
  expect(files).not.toEqual([]);
  expect(size(files)).toBeLessThanOrEqual(mostKB * 1000);
});
