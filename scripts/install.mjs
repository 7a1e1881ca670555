// Installs what the lock file names, where that is not done yet. Works on a machine with nothing but Node 20.12 and npm, and uses no shell.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');

/** So long an installation may take and still be tried again: what fails later than that would fail so again. */
const shortMs = 60_000;
const probeMs = 10_000;
const ci = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 12)) {
  end(`This is Node ${process.versions.node}. Install Node 20.12 or newer: https://nodejs.org`);
}
install();

function end(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
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
