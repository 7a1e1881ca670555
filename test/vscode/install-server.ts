import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serverFolder, vscodePackage } from './places.ts';

/** The native modules that VS Code loads at once and that npm would compile. The others come compiled or are never loaded. */
const replaced = ['spdlog', 'native-watchdog'];

/** Brings code-server from its lock file, without a compiler, a prompt or an install script. */
export function installServer(): void {
  const stamp = join(vscodePackage, 'node_modules', '.installed-lock');
  const lock = readFileSync(join(vscodePackage, 'package-lock.json'), 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  npm(vscodePackage, 'ci');
  // `npm ci` refuses here: the shrinkwrap file in code-server's package lacks one dependency of a dependency.
  npm(serverFolder, 'install', '--omit=dev', '--ignore-scripts', '--no-save');
  for (const name of replaced) replaceNative(name);
  writeFileSync(stamp, lock);
}

function npm(cwd: string, ...args: readonly string[]): void {
  const file = process.env.npm_execpath;
  if (file === undefined) throw new Error('Run this through npm: npm run test:vscode');
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--fetch-retries=5'];
  execFileSync(process.execPath, [file, ...args, ...quiet], { cwd, stdio: 'inherit' });
}

function replaceNative(name: string): void {
  const folder = join(serverFolder, 'node_modules', '@vscode', name);
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(vscodePackage, 'native', `${name}.cjs`), join(folder, 'index.js'));
}
