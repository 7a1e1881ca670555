import * as vscode from 'vscode';
import type { DeletedChoice } from '../../core/setup/existing.ts';
import type { Plan } from '../../core/setup/plan.ts';
import type { SavedPlan } from '../../core/setup/saved-plan.ts';
import type { Change } from '../../core/setup/steps.ts';
import type { OnboardPorts, OnboardProgress } from '../../core/stories/onboard.ts';
import type { Job } from '../../core/stories/prepare.ts';
import { errors } from '../../core/words/errors.ts';
import { plain, say } from '../../core/words/say.ts';
import { askToAgree } from '../ask/ask-pick.ts';
import type { KnownCustomer } from '../customers/choose.ts';
import { lockOwner } from '../shell/ports.ts';
import { openSetUpPage } from '../shell/runs.ts';
import type { Shell } from '../shell/shell.ts';
import { keeperFor } from './cut-off.ts';
import { keepCopy } from './keep-copy.ts';
import { keepForNextWindow } from './keep-wait.ts';
import { begun, commandWay, type Either, type Outcome, type RunState } from './run-state.ts';
import type { ShownRun } from './shown-run.ts';
import { forgetWait } from './waits.ts';

export function jobOf({ customer, paths }: KnownCustomer, { kind }: Pick<ShownRun, 'kind'>): Job {
  return { customer, files: { record: paths.record, preferences: paths.preferences }, kind, by: lockOwner };
}

export type AskingPorts = Pick<
  OnboardPorts,
  'signIn' | 'agreeToAdopt' | 'agreeToRemove' | 'askAboutDeleted' | 'consentPatienceMs'
>;

/** Core's ports, with the sign-in of this window: one admin per tenant, asked once. For a consent it waits until Cancel. */
export function corePorts({ customer }: KnownCustomer, shell: Shell, run: ShownRun): ShownRun & AskingPorts {
  // One run may look several times.
  let removal: Promise<boolean> | undefined;
  return {
    ...run,
    signIn: (tenantId) => shell.sessions.signIn(customer, tenantId, run),
    agreeToAdopt: async (candidate) => (await run.ask({ kind: 'adopt', candidate })) === 'agree',
    agreeToRemove: (grants) =>
      (removal ??= run.ask({ kind: 'remove', grants }).then((action) => action === 'agree')),
    async askAboutDeleted(application): Promise<DeletedChoice> {
      const action = await run.ask({ kind: 'deleted', application });
      if (action === 'restore') return 'restore';
      return action === 'purge' && (await confirmPurge(application.displayName)) ? 'purge' : 'leave';
    },
    consentPatienceMs: Number.POSITIVE_INFINITY,
  };
}

/** Nothing brings such an application back. */
async function confirmPurge(displayName: string): Promise<boolean> {
  const purge = vscode.l10n.t('Delete Permanently');
  const question = vscode.l10n.t('Delete "{0}" permanently? It cannot be restored.', plain(displayName));
  return await askToAgree(question, '', purge);
}

/** Asked once, right before the first write. Nothing to do is not asked about. */
export async function askForChanges(run: ShownRun, plan: Plan, saved?: SavedPlan): Promise<boolean> {
  run.change({ plan });
  if (plan.changes.length > 0) return (await run.ask({ kind: 'confirm', plan, saved })) === 'makeChanges';
  const { proves, steps } = run.state();
  if (proves) run.change({ steps: begun(steps, 'proof', Date.now()) });
  return true;
}

/** Whether the person agrees. Throws a Failure where they cancel. */
export async function askEither(run: ShownRun, question: Either): Promise<boolean> {
  const action = await run.ask({ kind: 'either', ...question });
  if (action === 'cancel') throw errors.cancelled('', { doing: say`confirm` });
  return action === 'agree';
}

/** On the customer's page, what came of work that sends no request. Work that is under way there is shown instead. */
export async function showOutcome(
  { file: { uri } }: Pick<KnownCustomer, 'file'>,
  shell: Pick<Shell, 'context' | 'log' | 'runs'>,
  work: Pick<RunState, 'title' | 'command'>,
  outcome: Outcome,
): Promise<void> {
  const { runs } = shell;
  await openSetUpPage(uri);
  if (runs.of(uri)?.isLive()) return;
  const facts = { proves: false, aim: 'set-up', steps: [] } as const;
  const state: RunState = { ...facts, ...work, startedAt: Date.now(), outcome, end: { kind: 'done' } };
  runs.put(uri, { state: () => state, isLive: () => false, press: () => undefined });
  keeperFor(shell, uri)(undefined);
}

/** For commands that need what only a set-up makes. The secret that a script made may be with the customer's admin. */
export async function offerSetUp(
  known: KnownCustomer,
  shell: Pick<Shell, 'context' | 'log' | 'runs'>,
): Promise<void> {
  const { customer, record, file } = known;
  const elsewhere = record?.secret !== undefined;
  await showOutcome(
    known,
    shell,
    { title: customer.name, command: 'resumeSetUp' },
    {
      tone: 'warn',
      title: elsewhere
        ? vscode.l10n.t('The client secret is not on this computer')
        : vscode.l10n.t('{0} is not set up yet', customer.name),
      lines: elsewhere
        ? [
            vscode.l10n.t(
              "If the customer's administrator has it, continue in T&A. A set-up here creates another one.",
            ),
          ]
        : [vscode.l10n.t('Set the customer up first. Then use the command again.')],
      ways: [commandWay(vscode.l10n.t('Set Up Customer'), 'setUpCustomer', file.uri)],
    },
  );
}

/** Shows core's events one after the other, and keeps what has to be kept. */
export function shownIn(run: ShownRun, known: KnownCustomer, shell: Shell) {
  return async (event: OnboardProgress): Promise<void> => {
    run.event(event);
    if (event.kind === 'done') await keepDone(event.change, known, shell);
    const { plan, consent } = run.state();
    if (event.kind === 'consent asked' && plan && consent) {
      const kept = await keepForNextWindow(known, plan, shell, run);
      run.change({ consent: { ...consent, kept } });
    }
  };
}

async function keepDone(change: Change, { file }: KnownCustomer, shell: Shell): Promise<void> {
  shell.customers.changed(file.uri);
  if (change.kind === 'grant-permissions') await forgetWait(shell.context, file.uri);
  if (change.kind === 'write-preferences')
    await keepCopy(change.file, shell.secrets, shell.context.globalState);
}
