import * as vscode from 'vscode';
import { openCustomer } from '../../../src/extension/customers/choose.ts';
import { createCustomers, customerFile } from '../../../src/extension/customers/list.ts';
import { setUp } from '../../../src/extension/set-up/stories.ts';
import type { PracticeRoom } from '../../../src/extension/shell/practice-room.ts';
import { createRecentFailures } from '../../../src/extension/shell/recent-failures.ts';
import { runCommand } from '../../../src/extension/shell/run-command.ts';
import { createRuns } from '../../../src/extension/shell/runs.ts';
import { clientSecrets, createSecretKeeper } from '../../../src/extension/shell/secret-keeper.ts';
import { createSessions } from '../../../src/extension/shell/sessions.ts';
import { serve } from '../../../src/practice/serve.ts';
import { createPracticeTenant, type PracticeTenant } from '../../../src/practice/tenant.ts';
import { forgetfulContext } from '../../support/forgetful-context.ts';
import { showOther } from './shell.ts';

/** Answers a request itself, or lets the tenant do it. */
export type Alter = (request: Request, tenant: PracticeTenant) => Promise<Response>;

/** The set-up of a customer as its command does it, on a tenant whose answers are altered on their way. */
export async function setUpOnAltered(customer: vscode.Uri, alter: Alter): Promise<void> {
  const tenant = createPracticeTenant({ devicePollSeconds: 1 });
  const { origin, connections, close } = await serve({
    fetch: (request) => alter(request, tenant),
  });
  const told = { scenarios: [], problems: [], expect: () => undefined };
  const practice = roomWith({ tenant, origin, connections, ...told });
  const context = forgetfulContext();
  const parts = {
    customers: createCustomers(context),
    practice,
    sessions: createSessions(practice),
  };
  const rest = {
    // Left as they are: a page may still have to show how the run ended.
    runs: createRuns(),
    context,
    log: silentLog,
    secrets: createSecretKeeper(context, clientSecrets),
    failures: createRecentFailures(),
  };
  const shell = { ...parts, ...rest, dispose: () => undefined };
  showOther(shell);
  try {
    await runCommand(shell, 'taExchange.setUpCustomer', async () => {
      await setUp(await openCustomer(customerFile(customer), shell), shell);
    });
  } finally {
    for (const part of Object.values(parts)) part.dispose();
    await close();
  }
}

/** Another channel of the extension's name would close the extension's own one with it. */
const silentLog = {
  info: () => undefined,
  debug: () => undefined,
  error: () => undefined,
  show: () => undefined,
  dispose: () => undefined,
};

function roomWith(running: NonNullable<PracticeRoom['running']>): PracticeRoom {
  const never = new vscode.EventEmitter<void>();
  return {
    running,
    open: async () => running,
    resume: async () => undefined,
    start: async () => running,
    stop: async () => undefined,
    onDidChange: never.event,
    dispose: () => never.dispose(),
  };
}
