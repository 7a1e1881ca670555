import * as vscode from 'vscode';
import type { Log } from '../../core/ports.ts';
import { type Customers, createCustomers } from '../customers/list.ts';
import { createPracticeRoom, type PracticeRoom } from './practice-room.ts';
import { createRecentFailures, type RecentFailures } from './recent-failures.ts';
import { createRuns, type Runs } from './runs.ts';
import { clientSecrets, createSecretKeeper, type SecretKeeper } from './secret-keeper.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { steadyMemory } from './steady-memory.ts';

/** What the parts of the extension share: made once per window, each part at work only when it is first used. */
export interface Shell extends vscode.Disposable {
  readonly context: vscode.ExtensionContext;
  readonly log: ShownLog;
  readonly customers: Customers;
  readonly practice: PracticeRoom;
  readonly sessions: Sessions;
  /** Second copies of client secrets. */
  readonly secrets: SecretKeeper;
  readonly runs: Runs;
  readonly failures: RecentFailures;
}

export function createShell(own: vscode.ExtensionContext): Shell {
  const globalState = { value: steadyMemory(own.globalState) };
  const context: vscode.ExtensionContext = Object.create(own, { globalState });
  const log = createLog(
    `T&A Exchange ${String(context.extension.packageJSON.version)}, VS Code ${vscode.version}, Node ${process.versions.node}`,
  );
  const customers = createCustomers(context);
  const practice = createPracticeRoom(context);
  const sessions = createSessions(practice);
  const secrets = createSecretKeeper(context, clientSecrets);
  const runs = createRuns();
  const failures = createRecentFailures();
  const parts = vscode.Disposable.from(log, customers, practice, sessions, runs);
  const dispose = (): void => parts.dispose();
  return { context, log, customers, practice, sessions, secrets, runs, failures, dispose };
}

/** What a command was called on. */
export interface Target {
  /** The tree item, file or link, untrusted; `undefined` from the palette. */
  readonly item: unknown;
  /** Stands above what the command asks. */
  readonly commandTitle: string;
}

/** A command's work. */
export type Command = (shell: Shell, target: Target) => Promise<void>;

/** The one log of the extension, an output channel that is made with its first line. Core redacts what it logs. */
interface ShownLog extends Log, vscode.Disposable {
  error(message: string): void;
  show(): void;
}

/** `first`: the line that it begins with. */
function createLog(first: string): ShownLog {
  let opened: vscode.LogOutputChannel | undefined;
  const channel = (): vscode.LogOutputChannel => {
    if (opened) return opened;
    opened = vscode.window.createOutputChannel('T&A Exchange', { log: true });
    opened.info(first);
    return opened;
  };
  return {
    info: (message) => channel().info(message),
    debug: (message) => channel().debug(message),
    error: (message) => channel().error(message),
    show: () => channel().show(true),
    dispose: () => opened?.dispose(),
  };
}
