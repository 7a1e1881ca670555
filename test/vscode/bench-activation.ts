import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { build } from 'esbuild';
import * as z from 'zod/mini';
import { median, notRun, type Row, row } from '../bench/table.ts';
import { runInExtensionHost } from './extension-host.ts';
import { findChromium } from './find-chromium.ts';
import { installServer } from './install-server.ts';
import { cacheFolder, root, vscodePackage } from './places.ts';

const ours = 'ta-exchange.ta-exchange-setup';
const empty = 'ta-exchange.empty';

const folder = join(cacheFolder, 'bench');
const emptyExtension = join(folder, 'empty');
const emptyPackage = join(folder, 'empty.vsix');
const workspace = join(folder, 'workspace');
const suite = join(folder, 'suite.cjs');

/** Loading and activating our extension beside an empty one, as VS Code itself measures it. */
export async function activation(runs: number): Promise<Row[]> {
  const what = 'Activation of the extension, beside an empty one';
  try {
    findChromium();
    installServer();
  } catch (error) {
    return [notRun(what, '≤ 2.00 x', error instanceof Error ? error.message : String(error))];
  }
  await prepare();
  const times: Record<string, number>[] = [];
  for (let run = 0; run < runs; run++) {
    // Whoever comes first pays for what VS Code itself loads at its first extension, so they take turns.
    times.push(await measure(run % 2 === 0 ? [ours, empty] : [empty, ours]));
  }
  const medianOf = (id: string): number => median(times.map((each) => each[id] ?? Number.NaN));
  const [our, their] = [medianOf(ours), medianOf(empty)];
  // VS Code counts whole milliseconds.
  const value = our / Math.max(their, 1);
  return [row({ what, value, limit: { most: 2 }, unit: 'x', from: `${our} ms; empty ${their} ms` })];
}

async function prepare(): Promise<void> {
  mkdirSync(workspace, { recursive: true });
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
    engines: { vscode: '^1.101.0' },
    main: './extension.js',
    activationEvents: [],
  };
  writeFileSync(join(emptyExtension, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(emptyExtension, 'extension.js'), "import 'vscode';\nexport function activate() {}\n");
  const options = { cwd: emptyExtension, packagePath: emptyPackage, dependencies: false };
  await createVSIX({ ...options, allowMissingRepository: true, skipLicense: true });
}

async function measure(ids: readonly string[]): Promise<Record<string, number>> {
  const file = join(folder, 'results.json');
  const printed: string[] = [];
  const code = await runInExtensionHost({
    extension: root,
    vsix: emptyPackage,
    suite,
    open: workspace,
    env: { BENCH_IDS: ids.join(','), BENCH_RESULTS: file },
    timeoutMs: 120_000,
    print: (line) => printed.push(line),
  });
  if (code !== 0) throw new Error(`The extension host ended with ${code}:\n${printed.join('\n')}`);
  return z.parse(z.record(z.string(), z.number()), JSON.parse(readFileSync(file, 'utf8')));
}
