import * as vscode from 'vscode';
import type { Plan } from '../../core/setup/plan.ts';
import { type Change, titleOf } from '../../core/setup/steps.ts';
import type { Session } from '../../core/sign-in/session.ts';
import type { OnboardProgress } from '../../core/stories/onboard.ts';
import { plain } from '../../core/words/say.ts';
import { coreWords } from '../core-words.ts';
import type { KnownCustomer } from '../customers/choose.ts';
import type { Shell } from '../shell/shell.ts';
import { timeLeft } from '../shell/time-left.ts';
import { keepCopy } from './keep-copy.ts';
import { keepForNextWindow } from './keep-wait.ts';
import { offerMessage } from './offer-message.ts';
import { planText } from './plan-text.ts';
import type { ShownRun } from './shown-run.ts';
import { forgetWait } from './waits.ts';

/** Shows core's events one after the other: texts in the notification, the plan as a document. */
export interface Show {
  event(event: OnboardProgress): Promise<void>;
  /** Only these changes of the plan will be made. */
  narrow(plan: Plan): void;
}

export function createShow(known: KnownCustomer, shell: Shell, run: ShownRun): Show {
  const { customer } = known;
  let admin: Session['admin'] | undefined;
  let plan: Plan | undefined;

  async function event(event: OnboardProgress): Promise<void> {
    switch (event.kind) {
      case 'tenant':
        return run.say(vscode.l10n.t('Found the tenant; signing in'));
      case 'signed in':
        admin = event.admin;
        return run.say(vscode.l10n.t('Signed in as {0}; looking', plain(admin.userPrincipalName)));
      case 'looked': {
        const { findings } = event;
        plan = event.plan;
        const text = planText({ customer, admin, findings, plan, practice: run.kind === 'practice' });
        return await shell.plans.show(customer.name, text);
      }
      case 'started':
        return run.say(stepText(event.change, plan?.changes ?? []));
      case 'done':
        return await showDone(event.change, known, shell);
      case 'waiting':
        return run.sayWait(coreWords(event.reason), event.ms);
      case 'consent asked':
        return offerMessage(event.request, plan && (await keepForNextWindow(known, plan, shell, run)));
      case 'waiting for consent':
        return run.sayWait(
          vscode.l10n.t('Waiting for consent for {0}', timeLeft(event.waitedMs, 0)),
          event.ms,
        );
      case 'proved':
        return run.say(vscode.l10n.t('Proved: the secret works and has all permissions'));
      case 'waiting for Exchange':
        return run.sayWait(
          vscode.l10n.t('Exchange does not let the app in yet; asked for {0}', timeLeft(event.waitedMs, 0)),
          event.ms,
        );
      case 'kept out':
        return run.say(vscode.l10n.t('Kept out of {0}', event.mailbox));
      case 'mail':
      case 'looking for the mail':
      case 'receipt':
        return;
      default:
        return event satisfies never;
    }
  }

  return {
    event,
    narrow: (part) => {
      plan = part;
    },
  };
}

async function showDone(change: Change, { file }: KnownCustomer, shell: Shell): Promise<void> {
  shell.customers.changed(file.uri);
  if (change.kind === 'grant-permissions') await forgetWait(shell.context, file.uri);
  if (change.kind === 'write-preferences')
    await keepCopy(change.file, shell.secrets, shell.context.globalState);
}

function stepText(change: Change, changes: readonly Change[]): string {
  const number = changes.indexOf(change) + 1;
  return vscode.l10n.t('{0} of {1}: {2}', number, changes.length, coreWords(titleOf(change)));
}
