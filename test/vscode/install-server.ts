import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isOldest, serverFolder, serverPackage, vscodePackage } from './places.ts';

/**
 * The native modules that VS Code loads at once and that npm would compile. The others come compiled or are never loaded.
 * The oldest VS Code has one of them by a name without a scope.
 */
const replaced = ['@vscode/spdlog', '@vscode/native-watchdog', 'native-watchdog'];

/** Brings code-server from its lock file, without a compiler, a prompt or an install script. */
export function installServer(): void {
  const stamp = join(serverPackage, 'node_modules', '.installed-lock');
  const lock = readFileSync(join(serverPackage, 'package-lock.json'), 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  npm(serverPackage, 'ci');
  // `npm ci` refuses here: the shrinkwrap file in code-server's package lacks one dependency of a dependency.
  npm(serverFolder, 'install', '--omit=dev', '--ignore-scripts', '--no-save');
  for (const name of replaced) replaceNative(name);
  bringSearch();
  if (isOldest) keepPaths();
  writeFileSync(stamp, lock);
}

function npm(cwd: string, ...args: readonly string[]): void {
  const file = process.env.npm_execpath;
  if (file === undefined) throw new Error('Run this through npm: npm run test:vscode');
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--fetch-retries=5'];
  execFileSync(process.execPath, [file, ...args, ...quiet], { cwd, stdio: 'inherit' });
}

function replaceNative(name: string): void {
  const folder = join(serverFolder, 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(vscodePackage, 'native', `${basename(name)}.cjs`), join(folder, 'index.js'));
}

/** The program that finds files. In the oldest VS Code an install script would download it; a newer one has it. */
function bringSearch(): void {
  const program = join(serverPackage, 'node_modules', '@vscode', 'ripgrep-linux-x64', 'bin', 'rg');
  if (!existsSync(program)) return;
  const folder = join(serverFolder, 'node_modules', '@vscode', 'ripgrep', 'bin');
  mkdirSync(folder, { recursive: true });
  copyFileSync(program, join(folder, 'rg'));
}

/**
 * The code-server around the oldest VS Code opens a page of this machine by its port alone; a newer one keeps path and query
 * (coder/code-server, issue 7668, of 2026-02-10). A VS Code on the desktop has no such turning.
 */
function keepPaths(): void {
  const file = join(serverFolder, 'out', 'vs', 'code', 'browser', 'workbench', 'workbench.js');
  const shipped = readFileSync(file, 'utf8');
  const mended = shipped.replace(
    /(\w+)=(\w+\.parse)\(new URL\((\w+),window\.location\.href\)\.toString\(\)\)/,
    '$1=$2(new URL($3+$1.path.slice(1),window.location.href).toString()).with({query:$1.query,fragment:$1.fragment})',
  );
  if (mended === shipped) throw new Error(`Nothing to mend was found in ${file}.`);
  writeFileSync(file, mended);
}
