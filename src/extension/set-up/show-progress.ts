import * as vscode from 'vscode';
import { errors } from '../../core/advice/errors.ts';
import type { OnboardProgress } from '../../core/onboard.ts';
import type { Change, Plan } from '../../core/setup/change.ts';
import { titleOf } from '../../core/setup/titles.ts';
import type { KnownCustomer } from '../choose-customer.ts';
import type { Shell } from '../shell.ts';
import { keepCopy } from './keep-copy.ts';
import { planText } from './plan-text.ts';
import type { ShownRun } from './shown-run.ts';

/** Shows core's events one after the other: texts in the notification, the plan as a document. */
export function createShow({ customer, file, paths }: KnownCustomer, shell: Shell, run: ShownRun) {
  let admin: Extract<OnboardProgress, { kind: 'signed in' }>['admin'] | undefined;
  let changes: readonly Change[] = [];

  async function showLook({ findings, plan }: Extract<OnboardProgress, { kind: 'looked' }>): Promise<void> {
    if (!admin) throw errors.cancelled('', { doing: 'sign in' });
    const practice = run.kind === 'practice';
    await shell.plans.show(customer.name, planText({ customer, admin, findings, plan, practice }));
  }

  async function showDone(change: Change): Promise<void> {
    shell.customers.changed(file.uri);
    if (change.kind !== 'write-preferences') return;
    await keepCopy(change.file, shell.secrets, shell.context.globalState);
  }

  return {
    paths,
    /** What `started` counts by. */
    expect(plan: Plan): void {
      changes = plan.changes;
    },
    async event(event: OnboardProgress): Promise<void> {
      switch (event.kind) {
        case 'tenant':
          return run.say(vscode.l10n.t('Found the tenant; signing in'));
        case 'signed in':
          admin = event.admin;
          return run.say(vscode.l10n.t('Signed in as {0}; looking', event.admin.userPrincipalName));
        case 'looked':
          changes = event.plan.changes;
          return await showLook(event);
        case 'started':
          return run.say(stepText(event.change, changes));
        case 'done':
          return await showDone(event.change);
        case 'waiting':
          return run.sayWait(event.reason, event.ms);
        case 'proved':
          return run.say(vscode.l10n.t('Proved: the secret works and has all permissions'));
        case 'mail':
        case 'looking for the mail':
        case 'receipt':
          return;
        default:
          return event satisfies never;
      }
    },
  };
}

function stepText(change: Change, changes: readonly Change[]): string {
  const number = changes.findIndex(({ kind }) => kind === change.kind) + 1;
  return vscode.l10n.t('{0} of {1}: {2}', number, changes.length, titleOf(change));
}
