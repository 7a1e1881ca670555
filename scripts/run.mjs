// `node scripts/run.mjs [FILE | TOOL [ARGUMENT...]]`: installs what the lock file names, where that is not done yet, and runs a file of
// ours or a tool of node_modules with the Node of the lock file. Works on a machine with nothing but Node 20.12 and npm, and uses no shell.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
const [program, ...rest] = process.argv.slice(2);

/** So long an installation may take and still be tried again: what fails later than that would fail so again. */
const shortMs = 60_000;
const probeMs = 10_000;
const ci = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 12)) {
  end(`This is Node ${process.versions.node}. Install Node 20.12 or newer: https://nodejs.org`);
}
install();
if (program !== undefined) start(fileOf('node') ?? process.execPath);

function end(sentence, status = 1) {
  process.stderr.write(`${sentence}\n`);
  process.exit(status);
}

/** The file of a tool in its package's own folder: not every npm links all of them into .bin. A package's own packages are not meant. */
function fileOf(tool) {
  return Object.entries(JSON.parse(lock).packages)
    .filter(([folder, { bin }]) => bin?.[tool] !== undefined && folder.lastIndexOf('node_modules/') === 0)
    .map(([folder, { bin }]) => join(root, folder, bin[tool]))
    .find((file) => existsSync(file));
}

function install() {
  const stamp = join(root, 'node_modules', '.installed-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  process.stderr.write('Installing what the lock file names ...\n');
  if (registryAnswers()) installFromRegistry();
  else installFromCache();
  writeFileSync(stamp, lock);
}

function installFromRegistry() {
  for (let tries = 1; ; tries += 1) {
    const since = Date.now();
    const { status } = npm(ci, { stdio: 'inherit' });
    if (status === 0) return;
    if (tries === 3 || Date.now() - since > shortMs) process.exit(status ?? 1);
  }
}

function installFromCache() {
  process.stderr.write('No npm registry answers. Trying what npm has in its cache ...\n');
  if (npm([...ci, '--offline', '--fetch-retries=0'], { stdio: 'ignore' }).status === 0) return;
  end(
    'That is not enough, so nothing could be installed. Connect to the internet, or behind a proxy set:\n' +
      '  npm config set https-proxy http://PROXY:PORT',
  );
}

/** Asked by npm itself, with its own settings for registry, proxy and certificates. Any answer will do, but a proxy's refusal. */
function registryAnswers() {
  const args = ['ping', '--json', '--loglevel=silent', '--fetch-retries=0', `--fetch-timeout=${probeMs}`];
  const { status, stdout } = npm(args, { encoding: 'utf8', timeout: probeMs + 2_000, killSignal: 'SIGKILL' });
  return status === 0 || (/"code": "E\d{3}"/.test(stdout) && !stdout.includes('"E407"'));
}

function npm(args, options) {
  const file = npmFile();
  if (file === undefined) end('npm was not found beside Node. Run this through npm, for example: npm start');
  return spawnSync(process.execPath, [file, ...args], { cwd: root, ...options });
}

/** npm's own JavaScript: that of the npm that started us, or the one beside this Node. */
function npmFile() {
  const beside = process.platform === 'win32' ? 'node_modules' : '../lib/node_modules';
  const started = process.env.npm_execpath ?? '';
  const files = [join(dirname(realpathSync(process.execPath)), beside, 'npm', 'bin', 'npm-cli.js')];
  // Another package manager names its own program here.
  if (basename(started) === 'npm-cli.js') files.unshift(started);
  return files.find((file) => existsSync(file));
}

/** Arguments reach the program whole, whatever signs they hold. */
function start(node) {
  const file = /\.(ts|mjs|js)$/.test(program) ? resolve(root, program) : fileOf(program);
  if (file === undefined) end(`The lock file names no tool "${program}".`, 3);
  if (node === process.execPath && !process.features.typescript) {
    end(`The lock file has no Node for this machine (${process.platform}-${process.arch}). Install Node 24.`);
  }
  const env = { ...process.env, PATH: [dirname(node), process.env.PATH].join(delimiter) };
  const child = spawn(node, [file, ...rest], { cwd: root, env, stdio: 'inherit' });
  // A terminal sends Ctrl+C to the program itself, which ends in its own time.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('error', ({ message }) => {
    if (node === process.execPath) end(message);
    start(process.execPath);
  });
  child.on('close', (status) => {
    process.exitCode = status ?? 1;
  });
}
