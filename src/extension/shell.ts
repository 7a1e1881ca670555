import * as vscode from 'vscode';
import { type Customers, createCustomers } from './customers.ts';
import { createLog, type ShownLog } from './log.ts';
import { createPracticeRoom, type PracticeRoom } from './practice-room.ts';
import { createSecretKeeper, type SecretKeeper } from './secret-keeper.ts';
import { createSessions, type Sessions } from './sessions.ts';

/** What the parts of the extension share: made once per window, each part at work only when it is first used. */
export interface Shell extends vscode.Disposable {
  readonly context: vscode.ExtensionContext;
  readonly log: ShownLog;
  readonly customers: Customers;
  readonly practice: PracticeRoom;
  readonly sessions: Sessions;
  readonly secrets: SecretKeeper;
}

export function createShell(context: vscode.ExtensionContext): Shell {
  const log = createLog();
  const customers = createCustomers(context);
  const practice = createPracticeRoom();
  const sessions = createSessions(practice);
  const secrets = createSecretKeeper(context);
  const parts = vscode.Disposable.from(log, customers, practice, sessions);
  return { context, log, customers, practice, sessions, secrets, dispose: () => parts.dispose() };
}
