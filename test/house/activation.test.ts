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

test('what activation loads stays within 60 KB', () => {
  expect(size(atOnce)).toBeLessThanOrEqual(60_000);
});

test('the page of the form stays within 160 KB', () => {
  const page = Object.keys(bundle).filter((file) => /^dist\/webview\/.*\.(js|css)$/.test(file));
  expect(page.sort()).toEqual(['dist/webview/main.css', 'dist/webview/main.js']);
  expect(size(page)).toBeLessThanOrEqual(160_000);
});
