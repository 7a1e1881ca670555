import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createVSIX } from '@vscode/vsce';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import * as z from 'zod/mini';
import { writePreferences } from '../../src/core/preferences/preferences-file.ts';
import { median, notRun, type Row, row } from '../bench/table.ts';
import { blankRecord } from '../support/blank-record.ts';
import {
  type CustomerFolder,
  customerFolder,
  preferencesName,
  recordName,
} from '../support/customer-folder.ts';
import { preferencesWith } from '../support/preferences.ts';
import { runInExtensionHost } from './extension-host.ts';
import { findChromium } from './find-chromium.ts';
import { installServer } from './install-server.ts';
import { cacheFolder, root, vscodePackage } from './places.ts';

const ours = 'ta-exchange.ta-exchange-setup';
const empty = 'ta-exchange.empty';

const folder = join(cacheFolder, 'bench');
const emptyExtension = join(folder, 'empty');
const emptyPackage = join(folder, 'empty.vsix');
const suite = join(folder, 'suite.cjs');

/**
 * Loading and activating our extension beside an empty one, as VS Code itself measures it; and how long after a command one of our pages
 * is painted, beside an empty page.
 */
export async function inWindow(runs: number): Promise<Row[]> {
  try {
    findChromium();
    installServer();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [
      notRun(activation, '≤ 2.00 x', reason),
      ...Object.values(pages).map((what) => notRun(what, '≤ 150 ms', reason)),
    ];
  }
  await using customers = await customerFolder();
  await prepare(customers);
  const seen: Times[] = [];
  // Whoever comes first pays for what VS Code itself loads at its first extension, or its first page, so they take turns.
  // Two extensions and three pages: after six runs each has been first as often as the others.
  const turns = Math.ceil(runs / 6) * 6;
  for (let turn = 0; turn < turns; turn++) seen.push(await measure(customers.path, turn));
  const medianOf = (id: string): number => median(seen.map((each) => each[id] ?? Number.NaN));
  const [our, their] = [medianOf(ours), medianOf(empty)];
  const bare = `${medianOf('empty')} ms`;
  return [
    row({
      what: activation,
      // VS Code counts whole milliseconds.
      value: our / Math.max(their, 1),
      limit: { most: 2 },
      unit: 'x',
      from: `${our} ms; empty ${their} ms; list, status bar and editors ${medianOf('started').toFixed(0)} ms after it`,
    }),
    ...Object.entries(pages).map(([id, what]) =>
      row({
        what,
        value: medianOf(id),
        limit: { most: 150 },
        unit: 'ms',
        from: `an empty page ${bare}; all of it ${medianOf(`${id} whole`)} ms`,
      }),
    ),
  ];
}

const activation = 'Activation of the extension, beside an empty one';
const pages = {
  'set-up': 'First paint of the set-up page after its command',
  form: 'First paint of the test email form after its command',
} as const;

/** In milliseconds, by extension or page. */
const Times = z.record(z.string(), z.number());
type Times = z.infer<typeof Times>;

async function prepare(customers: CustomerFolder): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const preferences = { file: preferencesName, keyId: 'key-1', writtenAt: '2026-11-23T22:00:00Z' };
  await customers.write(recordName, JSON.stringify(blankRecord({ preferences })));
  await writePreferences(join(customers.path, preferencesName), preferencesWith());
  await packEmptyExtension();
  await build({
    entryPoints: [join(vscodePackage, 'bench', 'suite.ts')],
    outfile: suite,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    external: ['vscode'],
  });
}

async function packEmptyExtension(): Promise<void> {
  mkdirSync(emptyExtension, { recursive: true });
  const manifest = {
    name: 'empty',
    publisher: 'ta-exchange',
    version: '0.0.1',
    type: 'module',
    engines: { vscode: '^1.103.0' },
    main: './extension.js',
    activationEvents: [],
  };
  writeFileSync(join(emptyExtension, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(emptyExtension, 'extension.js'), "import 'vscode';\nexport function activate() {}\n");
  const options = { cwd: emptyExtension, packagePath: emptyPackage, dependencies: false };
  await createVSIX({ ...options, allowMissingRepository: true, skipLicense: true });
}

/** In turns: what is first in one run is last in the next. */
const turned = (names: readonly string[], by: number): string =>
  names.map((_, at) => names[(at + by) % names.length]).join(',');

async function measure(customers: string, run: number): Promise<Times> {
  const file = join(folder, 'results.json');
  const paints = mkdtempSync(join(folder, 'paints-'));
  const printed: string[] = [];
  const code = await runInExtensionHost({
    extension: root,
    vsix: emptyPackage,
    suite,
    open: mkdtempSync(join(folder, 'workspace-')),
    env: {
      BENCH_CUSTOMERS: customers,
      BENCH_IDS: turned([ours, empty], run),
      BENCH_PAGES: turned(['empty', ...Object.keys(pages)], run),
      BENCH_PAINTS: paints,
      BENCH_RESULTS: file,
    },
    timeoutMs: 180_000,
    print: (line) => printed.push(line),
    watch: async (page) => void notePaints(page, paints),
  });
  if (code !== 0) throw new Error(`The extension host ended with ${code}:\n${printed.join('\n')}`);
  return z.parse(Times, JSON.parse(readFileSync(file, 'utf8')));
}

/** Writes for each of the pages by its name when the browser first painted something of it, and all of it, in milliseconds since 1970. */
async function notePaints(page: Page, folder: string): Promise<void> {
  while (!page.isClosed()) {
    for (const frame of page.frames()) {
      // A frame may go away while it is asked.
      const [name, ...when] = await frame.evaluate(paints).catch(() => []);
      if (name !== undefined) writeFileSync(join(folder, name), when.join(' '));
    }
    await pause(100);
  }
}

/** In the frame of a page that its script has drawn: its first paint (https://www.w3.org/TR/paint-timing/), and when all of it was there. */
function paints(): [name?: string, first?: number, whole?: number] {
  const { dataset } = document.querySelector<HTMLElement>('[data-page]') ?? {};
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  const [drawn] = performance.getEntriesByName('drawn');
  if (!dataset?.page || !paint || (dataset.page !== 'empty' && !drawn)) return [];
  const at = ({ startTime }: PerformanceEntry): number => performance.timeOrigin + startTime;
  return [dataset.page, at(paint), at(drawn ?? paint)];
}
