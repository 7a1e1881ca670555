import * as vscode from 'vscode';
import { standingOf } from '../../core/customer/standing.ts';
import type { ListedCustomer } from '../customers/read-files.ts';
import type { Shell } from './shell.ts';

/** What the steps of the walkthrough are ticked by. Reached once, on this machine, is reached. */
export type Milestone = 'practice' | 'setUp' | 'verify' | 'realCustomer';

const reachedKey = 'reached';

/** The context keys of the extension, all set here. What is not known yet counts as false. */
export type ContextKey =
  | 'hasCustomers'
  | 'hasApplication'
  | 'hasPreferences'
  | 'hasRenewal'
  | 'hasScoped'
  | 'filtered'
  | 'practice'
  | 'signedIn'
  | `done.${Milestone}`;

export function setContextKey(key: ContextKey, value: boolean): void {
  void vscode.commands.executeCommand('setContext', `taExchange.${key}`, value);
}

/** A tick that VS Code cannot keep is one of this window alone; what was reached has not failed for that. */
export function reached(
  { globalState }: Pick<vscode.ExtensionContext, 'globalState'>,
  milestone: Milestone,
): void {
  setContextKey(`done.${milestone}`, true);
  const before = globalState.get<Milestone[]>(reachedKey, []);
  if (!before.includes(milestone))
    globalState.update(reachedKey, [...before, milestone]).then(undefined, () => undefined);
}

const registeringMs = 1000;

/**
 * Opens the walkthrough. VS Code registers it when it is first wanted, and never ticks a step whose key is true by then
 * (`registerDoneListeners` in microsoft/vscode, gettingStartedService.ts): so the keys become true a moment after it.
 */
export async function withTicks(
  { globalState }: vscode.ExtensionContext,
  open: () => Thenable<void>,
): Promise<void> {
  const done = globalState.get<Milestone[]>(reachedKey, []);
  for (const milestone of done) setContextKey(`done.${milestone}`, false);
  await open();
  await new Promise((resolve) => setTimeout(resolve, registeringMs));
  for (const milestone of done) setContextKey(`done.${milestone}`, true);
}

/** Keeps the context keys true to what happens in this window; `noticeMilestones` knows those that files tell. */
export function registerContextKeys(shell: Shell): vscode.Disposable {
  const { context, practice, sessions } = shell;
  for (const milestone of context.globalState.get<Milestone[]>(reachedKey, []))
    setContextKey(`done.${milestone}`, true);
  return vscode.Disposable.from(
    practice.onDidChange(() => {
      setContextKey('practice', practice.running !== undefined);
      if (practice.running) reached(context, 'practice');
    }),
    sessions.onDidChange(() => {
      setContextKey('signedIn', sessions.all().length > 0);
    }),
  );
}

/** What the files tell: whose secret works, whose email arrived. */
export function noticeMilestones(context: vscode.ExtensionContext, all: readonly ListedCustomer[]): void {
  const done = all.map((read) => ({
    real: read.record?.kind === 'production',
    ...standingOf(read, Date.now()).stages,
  }));
  const proved = done.filter(({ proof }) => proof === 'done');
  if (proved.length > 0) reached(context, 'setUp');
  if (done.some(({ verification }) => verification === 'done')) reached(context, 'verify');
  if (proved.some(({ real }) => real)) reached(context, 'realCustomer');
}
