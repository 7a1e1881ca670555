// npm run bench [-- PART...]: how fast and how small we are, beside programs that none of us wrote. Measures all parts, or those that are
// named, and writes BENCHMARKS.md from what was measured last of each. `--runs N` takes the medians of so many runs.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import { cliPackageFiles } from '../../scripts/cli-package.ts';
import { inWindow } from '../vscode/bench-window.ts';
import { fetchPeers } from './peers.ts';
import { requests, setUp, setUpWithLag } from './set-up.ts';
import { start } from './start.ts';
import { numbersFrom, Part, page, partText, type Row, row, sectionOf, withSection } from './table.ts';
import { upload } from './upload.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cli = join(root, 'dist', 'cli.js');
const latencyMs = 80;
const { values, positionals: wanted } = parseArgs({
  options: { runs: { type: 'string', default: '5' } },
  allowPositionals: true,
  strict: false,
});
const [runs = 0] = numbersFrom([String(values.runs)], [0]) ?? [];

const cliPackage = ['cli.js', 'cli', 'ThirdPartyNotices.txt', ...Object.keys(cliPackageFiles())].map(
  (name) => `dist/${name}`,
);

/** What is loaded or fetched, as it was built. */
function sizes(): Row[] {
  const bytesOf = (names: readonly string[]): number =>
    names
      .flatMap((name) => {
        const path = join(root, name);
        return statSync(path).isDirectory() ? readdirSync(path).map((each) => join(path, each)) : [path];
      })
      .reduce((sum, path) => sum + statSync(path).size, 0);
  const size = (what: string, names: readonly string[], mostKB: number): Row =>
    row({ what, value: bytesOf(names) / 1000, limit: { most: mostKB }, unit: 'KB', from: 'one build' });
  return [
    size('Size of the extension as it is downloaded (VSIX)', ['ta-exchange-setup.vsix'], 1000),
    size("Size of the extension's entry", ['dist/extension.js'], 20),
    size('Size of the page of the form', ['dist/webview/main.js', 'dist/webview/main.css'], 150),
    size('Size of the package of the command line, unpacked', cliPackage, 1600),
  ];
}

const parts: Readonly<Record<string, () => Row[] | Promise<Row[]>>> = {
  requests: () => requests(options),
  'set-up': () => setUp(options),
  lag: () => setUpWithLag(options),
  upload: () => upload({ ...options, bytes: 150 * 1024 * 1024 }),
  start: () => start(options),
  window: () => inWindow(runs),
  sizes,
};

const unknownParts = wanted.filter((name) => !Object.hasOwn(parts, name));
if (unknownParts.length > 0 || runs === 0 || Object.keys(values).length > 1) {
  const names = Object.keys(parts).join(', ');
  const none = unknownParts.length > 0 ? `There is no part ${unknownParts.join(', ')}. ` : '';
  process.stderr.write(
    `${none}Parts: ${names}. --runs takes a whole number from 1. There is no other option.\n`,
  );
  process.exit(3);
}
const options = { runs, latencyMs, cli, ...fetchPeers() };
const results = join(root, '.cache', 'bench');
mkdirSync(results, { recursive: true });
const fileOf = (name: string): string => join(results, `${name}.json`);
for (const [name, measure] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const load = loadavg()[0] ?? Number.NaN;
  const rows = await measure();
  const part: Part = { name, when: new Date().toISOString().slice(0, 10), load, runs, rows };
  writeFileSync(fileOf(name), JSON.stringify(part));
  process.stdout.write(`${partText(part)}\n`);
}
const measured = Object.keys(parts).flatMap((name) => (existsSync(fileOf(name)) ? [name] : []));
const missing = Object.keys(parts).filter((name) => !measured.includes(name));
if (missing.length > 0) process.stdout.write(`BENCHMARKS.md waits for: ${missing.join(', ')}\n`);
else {
  const path = join(root, 'BENCHMARKS.md');
  const text = page(measured.map((name) => z.parse(Part, JSON.parse(readFileSync(fileOf(name), 'utf8')))));
  // `npm run bench:fleet` writes this one.
  const fleet = sectionOf(readFileSync(path, 'utf8'), 'fleet');
  writeFileSync(path, fleet === undefined ? text : withSection(text, 'fleet', fleet));
}
