import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';

// Makes the command line one program for this machine, with the Node that npm runs on inside: `npm run executable`, with Node 26 or newer.
// https://nodejs.org/api/single-executable-applications.html

const node = process.argv[2] ?? process.env.npm_node_execpath ?? process.execPath;
const folder = 'dist/executable';
const program = join(folder, process.platform === 'win32' ? 'ta-exchange.exe' : 'ta-exchange');

const said = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
if (Number(/^v(\d+)/.exec(said)?.[1]) < 26) {
  process.stderr.write(`Node 26 or newer can make an executable; this is ${said}.\n`);
  process.exit(1);
}

mkdirSync(folder, { recursive: true });
// What ships as a package is put into one file, and nothing is compiled anew.
await build({
  entryPoints: ['dist/cli.js'],
  outfile: join(folder, 'cli.mjs'),
  bundle: true,
  format: 'esm',
  platform: 'node',
  minify: true,
});
const settings = {
  main: resolve(folder, 'cli.mjs'),
  mainFormat: 'module',
  output: resolve(program),
  disableExperimentalSEAWarning: true,
  useCodeCache: true,
};
writeFileSync(join(folder, 'sea.json'), JSON.stringify(settings));
execFileSync(node, ['--build-sea', join(folder, 'sea.json')], { stdio: ['ignore', 'ignore', 'inherit'] });
// Without a signature of any kind macOS on Apple silicon starts no program.
if (process.platform === 'darwin') execFileSync('codesign', ['--sign', '-', '--force', program]);
// Node is in it, so the licences of Node and of what is in Node go along. On Windows they are beside the program, elsewhere above its folder.
const bin = dirname(realpathSync(node));
const licences = ['LICENSE', join('..', 'LICENSE')]
  .map((name) => join(bin, name))
  .find((file) => existsSync(file));
if (licences === undefined)
  process.stderr.write(`There is no LICENSE with ${node}: whoever gets the program has to get Node's too.\n`);
else copyFileSync(licences, join(folder, 'LICENSE-Node.txt'));
process.stdout.write(`${program}\n`);
