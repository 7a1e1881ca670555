import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { builtFolder } from '../support/cli-entry.ts';

/** What `esbuild.mjs` writes beside the files it builds. */
const Bundle = z.record(
  z.string(),
  z.object({
    bytes: z.number(),
    entryPoint: z.optional(z.string()),
    inputs: z.record(z.string(), z.unknown()),
    imports: z.array(z.object({ path: z.string(), kind: z.string() })),
  }),
);
const built = builtFolder();
const bundle = z.parse(Bundle, JSON.parse(readFileSync(join(built, '.cache', 'bundle.json'), 'utf8')));

/** The files that Node loads before the first line of this one runs. */
function loadedWith(file: string, loaded = new Set<string>()): Set<string> {
  if (loaded.has(file)) return loaded;
  loaded.add(file);
  for (const { path, kind } of bundle[file]?.imports ?? []) {
    if (kind === 'import-statement' && path in bundle) loadedWith(path, loaded);
  }
  return loaded;
}

/** What they were made of: our files from `src/` on, others from `node_modules/` on. */
const sourcesOf = (files: Iterable<string>): string[] =>
  [...files].flatMap((file) =>
    Object.keys(bundle[file]?.inputs ?? {}).map((input) => input.replace(/^.*?(?=(src|node_modules)\/)/, '')),
  );
/** The file that something imported lazily begins with, of the two bundles the one whose files are in this folder. */
const chunkOf = (source: string, folder = 'dist/cli/'): string =>
  Object.keys(bundle).find((file) => file.startsWith(folder) && bundle[file]?.entryPoint?.endsWith(source)) ??
  '';
const named = (names: RegExp): string[] => Object.keys(bundle).filter((file) => names.test(file));
const bytesOf = (files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + (bundle[file]?.bytes ?? 0), 0);

const activation = loadedWith('dist/extension.js');
const extension = loadedWith(chunkOf('src/extension/start.ts', 'dist/chunks/'), new Set(activation));
const commandLine = loadedWith(chunkOf('src/cli/main.ts'));

test('the start of the window waits for one file of ours', () => {
  expect(sourcesOf(activation).filter((source) => source.startsWith('src/'))).toEqual(['src/extension.ts']);
});

test('what is loaded after activation has no library, and nothing of the practice tenant, the command line or the rooms that call Graph', () => {
  const sources = sourcesOf(extension);
  expect(sources).toContain('src/extension/start.ts');
  const late = /^node_modules\/|^src\/(practice|cli|core\/(cloud|sign-in|tenant|setup|mail))\//;
  expect(sources.filter((source) => late.test(source))).toEqual([]);
});

test('the command line loads neither MSAL nor the practice tenant before a command needs them', () => {
  const sources = sourcesOf(commandLine);
  expect(sources).toContain('src/cli/program.ts');
  const heavy = /node_modules\/(@azure|hono|@hono|jose|@clack)\/|^src\/practice\/|^src\/core\/sign-in\//;
  expect(sources.filter((source) => heavy.test(source))).toEqual([]);
});

test('no command waits for what Node loads besides where an ES module imports `node:http`', () => {
  const imports = named(/^dist\/cli\//).flatMap((file) => bundle[file]?.imports ?? []);
  const ofNode = imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => path);
  expect(ofNode).toContain('node:https');
  expect(ofNode.filter((path) => /^(?:node:)?http$/.test(path))).toEqual([]);
});

test.each(['onboard', 'plan', 'send'])(
  '"%s" in a real tenant loads MSAL only to sign in, and no practice tenant',
  (command) => {
    const sources = sourcesOf(loadedWith(chunkOf(`src/cli/commands/${command}.ts`)));
    expect(sources).toContain(`src/cli/commands/${command}.ts`);
    expect(
      sources.filter((source) => /^src\/practice\/|node_modules\/(hono|jose|@azure\/msal)/.test(source)),
    ).toEqual([]);
  },
);

test('our pages are one script and one style sheet', () => {
  expect(named(/^dist\/webview\//).sort()).toEqual(['dist/webview/main.css', 'dist/webview/main.js']);
});

// The packages have theirs where they are packed: scripts/package.ts, test/e2e/shipped-cli.test.ts.
test.each([
  ["the extension's entry", 20, bytesOf(['dist/extension.js'])],
  ['what activation loads, and what is loaded after it', 60, bytesOf(extension)],
  ['what the command line loads at once', 200, bytesOf(commandLine)],
  ['our pages', 150, bytesOf(named(/^dist\/webview\//))],
])('%s: at most %i KB', (_what, mostKB, bytes) => {
  expect(bytes).toBeGreaterThan(0);
  expect(bytes).toBeLessThanOrEqual(mostKB * 1000);
});
