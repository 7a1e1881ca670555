import * as vscode from 'vscode';
import { recordFileOf } from '../../core/customer/file-names.ts';
import { isBusy } from '../../core/customer/lock.ts';
import { systemClock } from '../../core/ports.ts';
import { drain, growing, type Look, waitUntil } from '../../core/waiting.ts';
import { say } from '../../core/words/say.ts';
import type { ListedCustomer } from '../customers/read-files.ts';
import type { Shell } from '../shell/shell.ts';
import { isPageInSight } from './mirror.ts';
import { findWait } from './waits.ts';

/**
 * For customers that wait for a consent. Where the sign-in of an earlier window was kept, the wait goes on by itself. Else
 * to go on is offered, for one customer: the others are seen in the list.
 */
export async function resumeWaits(
  waiting: readonly ListedCustomer[],
  shell: Pick<Shell, 'context'>,
): Promise<void> {
  const left: ListedCustomer[] = [];
  for (const each of waiting) {
    if (await findWait(shell.context, each.file.uri)) void goOn(each, shell);
    else left.push(each);
  }
  const [first] = left;
  if (first) await offerToGoOn(first);
}

/** Another window may still wait; this one goes on when that one is closed. */
async function goOn({ file: { uri } }: ListedCustomer, { context }: Pick<Shell, 'context'>): Promise<void> {
  let first = true;
  const look = async (): Promise<Look<'free' | 'over'>> => {
    if (!first && !(await findWait(context, uri))) return { settled: 'over' };
    first = false;
    const busy = await isBusy(recordFileOf(uri.fsPath));
    return busy
      ? { because: 'lag', reason: say`another window waits`, toldMs: undefined }
      : { settled: 'free' };
  };
  const looking = waitUntil(look, {
    doing: say`go on waiting`,
    clock: systemClock,
    // It ends with its window.
    signal: undefined,
    patienceMs: Number.POSITIVE_INFINITY,
    pauses: growing({ firstMs: 30_000, capMs: 30_000 }),
    overdue: () => 'over' as const,
  });
  if ((await drain(looking)) === 'over') return;
  await vscode.commands.executeCommand('taExchange.resumeSetUp', uri);
}

async function offerToGoOn({ file, customer }: ListedCustomer): Promise<void> {
  const go = vscode.l10n.t('Continue');
  const name = customer?.name ?? file.stem;
  const message = vscode.l10n.t('{0} waits for the consent of an administrator with more rights.', name);
  if (isPageInSight(name)) return;
  if ((await vscode.window.showInformationMessage(message, go)) !== go) return;
  await vscode.commands.executeCommand('taExchange.resumeSetUp', file.uri);
}
