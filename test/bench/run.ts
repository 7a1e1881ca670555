// npm run bench: how fast and how small we are, beside programs that none of us wrote. Writes BENCHMARKS.md.
// `--only PART` measures one part and prints it, `--runs N` takes the medians of so many runs.
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { cliPackageFiles } from '../../scripts/cli-package.ts';
import { activation } from '../vscode/bench-activation.ts';
import { fetchPeers } from './peers.ts';
import { requests, setUp, setUpWithLag } from './set-up.ts';
import { start } from './start.ts';
import { page, type Row, row, table } from './table.ts';
import { upload } from './upload.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cli = join(root, 'dist', 'cli.js');
const latencyMs = 80;
const { values } = parseArgs({
  options: { only: { type: 'string' }, runs: { type: 'string', default: '5' } },
});
const runs = Number(values.runs);

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

const peers = fetchPeers();
const options = { runs, latencyMs, cli, ...peers };
const parts: Readonly<Record<string, () => Row[] | Promise<Row[]>>> = {
  requests: () => requests(options),
  'set-up': () => setUp(options),
  lag: () => setUpWithLag(options),
  upload: () => upload({ ...options, bytes: 150 * 1024 * 1024 }),
  start: () => start(options),
  activation: () => activation(runs),
  sizes,
};

const rows: Row[] = [];
for (const [name, measure] of Object.entries(parts)) {
  if (values.only !== undefined && values.only !== name) continue;
  const measured = await measure();
  rows.push(...measured);
  process.stdout.write(`${table(measured)}\n`);
}
if (values.only === undefined) writeFileSync(join(root, 'BENCHMARKS.md'), page(rows, runs, new Date()));
