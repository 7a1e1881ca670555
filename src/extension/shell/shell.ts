import * as vscode from 'vscode';
import { type Customers, createCustomers } from '../customers/list.ts';
import { createLog, type ShownLog } from './log.ts';
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
  /** The command's own, for what it asks. */
  readonly title: string;
}

/** A command's work. */
export type Command = (shell: Shell, target: Target) => Promise<void>;
