import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { serverFolder, serverNode } from './places.ts';
import { quietSettings } from './server-settings.ts';

export interface ServerOptions {
  /** A package to install first. */
  readonly vsix?: string;
  /** User settings, over the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Reaches the extension host. */
  readonly env?: NodeJS.ProcessEnv;
  /** Lets a window load an extension and a suite from a folder. VS Code shows no notification toasts then. */
  readonly driver?: boolean;
  /** 0, the default, takes a free one. */
  readonly port?: number;
}

export interface Server {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Home folder of everything it starts. Gone after `stop`. */
  readonly home: string;
  /** What it printed so far. */
  log(): string;
  /** Ends it and every process it started. */
  stop(): Promise<void>;
}

/** A VS Code of its own: new home, new settings, no extension but the one asked for. Rejects when it is not up in 60 s. */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const home = newHome({ ...quietSettings, ...options.settings });
  const env = serverEnv(home, options.env);
  if (options.vsix !== undefined) {
    const args = [...serverArgs(home), '--install-extension', options.vsix, '--force'];
    execFileSync(serverNode, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  const args = [...serverArgs(home), '--host', '127.0.0.1', '--port', String(options.port ?? 0)];
  args.push('--without-connection-token');
  // The setting alone comes too late in a browser: the context key isWorkspaceTrusted is false then, and stays so.
  if (options.settings?.['security.workspace.trust.enabled'] !== true) args.push('--disable-workspace-trust');
  if (options.driver) args.push('--enable-smoke-test-driver');
  // A process group of its own, so that its end takes extension host, file watcher and terminals along.
  const child = spawn(serverNode, args, {
    cwd: home,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const endWithUs = () => signalGroup(child, 'SIGKILL');
  process.once('exit', endWithUs);
  const log = () => readFileSync(logFile(home), 'utf8');
  const stop = async () => {
    await stopGroup(child);
    process.off('exit', endWithUs);
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    return { url: await listening(child, home), home, log, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function newHome(settings: object): string {
  const home = mkdtempSync(join(tmpdir(), 'vscode-'));
  mkdirSync(join(home, 'extensions'));
  // To a browser this computer is another one: it has settings of its own, and those with the scope "machine" count nowhere else.
  for (const owner of ['User', 'Machine']) {
    mkdirSync(join(home, 'user', owner), { recursive: true });
    writeFileSync(join(home, 'user', owner, 'settings.json'), JSON.stringify(settings));
  }
  return home;
}

function logFile(home: string): string {
  return join(home, 'server.log');
}

function serverArgs(home: string): string[] {
  const args = [join(serverFolder, 'out', 'server-main.js'), '--accept-server-license-terms'];
  args.push('--telemetry-level', 'off', '--user-data-dir', join(home, 'user'));
  return [...args, '--extensions-dir', join(home, 'extensions'), '--server-data-dir', join(home, 'server')];
}

/** Without a gallery nothing is asked of another machine. */
function serverEnv(home: string, extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(NODE_|VSCODE_|VITEST|ELECTRON_)/.test(name),
  );
  const folders = { HOME: home, XDG_RUNTIME_DIR: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home };
  return { ...Object.fromEntries(inherited), EXTENSIONS_GALLERY: '{}', ...folders, ...extra };
}

async function listening(child: ChildProcess, home: string): Promise<string> {
  const log = createWriteStream(logFile(home));
  child.stderr?.pipe(log, { end: false });
  let printed = '';
  const address = new Promise<string>((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      log.write(chunk);
      printed += chunk.toString();
      const port = /Web UI available at http:\/\/[^:]+:(\d+)/.exec(printed)?.[1];
      if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
    });
  });
  const ended = once(child, 'exit').then(() => undefined);
  const url = await Promise.race([address, ended, pause(60_000, undefined, { ref: false })]);
  if (url === undefined) throw new Error(`VS Code did not start:\n${readFileSync(logFile(home), 'utf8')}`);
  return url;
}

async function stopGroup(child: ChildProcess): Promise<void> {
  const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
  signalGroup(child, 'SIGTERM');
  await Promise.race([ended, pause(5000, undefined, { ref: false })]);
  signalGroup(child, 'SIGKILL');
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}
