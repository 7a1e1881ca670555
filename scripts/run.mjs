// The one script that runs before anything is installed: plain JavaScript for Node 20 and newer, no dependency.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');
const stamp = join(root, 'node_modules', '.installed-lock');

const rest = process.argv.slice(3);

const tasks = {
  build: [['node', 'esbuild.mjs']],
  start: [
    ['node', 'esbuild.mjs'],
    ['node', 'scripts/practice-run.ts'],
  ],
  cli: [['node', 'src/cli.ts', ...rest]],
  package: [
    ['node', 'esbuild.mjs'],
    ['node', 'scripts/package.ts'],
  ],
  vscode: [
    ['node', 'esbuild.mjs'],
    ['node', 'scripts/package.ts'],
    ['node', 'test/vscode/open-vscode.ts', ...rest],
  ],
  test: [
    ['tsc', '--build'],
    ['biome', 'ci', '--error-on-warnings'],
    ['knip'],
    ['node', 'esbuild.mjs'],
    ['vitest', 'run'],
  ],
  'test:vscode': [
    ['node', 'test/vscode/install.ts'],
    ['node', 'esbuild.mjs'],
    ['node', 'scripts/package.ts'],
    ['node', 'test/vscode/run-tests.ts', ...rest],
  ],
  'bench:activation': [
    ['node', 'test/vscode/install.ts'],
    ['node', 'esbuild.mjs'],
    ['node', 'test/vscode/bench-activation.ts'],
  ],
};

/** Installs from the lock file, unless just that lock file was installed before. */
function install() {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  process.stderr.write('Installing what the lock file names ...\n');
  const npm = ['npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error'];
  // A registry that is silent for a moment shall not end a run that takes many minutes.
  let status = statusOf(npm);
  for (let tries = 1; status !== 0 && tries < 3; tries += 1) status = statusOf(npm);
  if (status !== 0) process.exit(status);
  writeFileSync(stamp, lock);
}

/** The lock file brings Node 24 into node_modules/.bin, which comes first on the path. */
function statusOf([command, ...args]) {
  const env = { ...process.env, PATH: [bin, process.env.PATH].join(delimiter) };
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    env,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (error) process.stderr.write(`${error.message}\n`);
  return status ?? 1;
}

const commands = tasks[process.argv[2]];
if (!commands) {
  process.stderr.write(`Give one of: ${Object.keys(tasks).join(', ')}\n`);
  process.exit(3);
}
install();
for (const command of commands) {
  const status = statusOf(command);
  if (status !== 0) process.exit(status);
}
