import * as vscode from 'vscode';
import { openSetUpPage, pageType } from '../shell/runs.ts';
import type { Shell } from '../shell/shell.ts';
import type { RunState } from './run-state.ts';
import { sayOf } from './views/page-view.ts';

/** Whether a customer's page is in sight: the one with this title, or any. */
export const isPageInSight = (title?: string): boolean =>
  vscode.window.tabGroups.all.some(
    ({ activeTab: tab }) =>
      tab?.input instanceof vscode.TabInputWebview &&
      tab.input.viewType.endsWith(pageType) &&
      (title ?? tab.label) === tab.label,
  );

/** A message of what any customer's page shows too, unless one is in sight; gives the button that was pressed. */
export async function tellUnlessSeen(message: string, ...buttons: string[]): Promise<string | undefined> {
  return isPageInSight() ? undefined : await vscode.window.showInformationMessage(message, ...buttons);
}

/** What was told last of each customer's work, so that nothing is told twice. */
const told = new WeakMap<Shell, Map<string, string>>();

/** While the page is not to be seen, a message says what it shows, and leads to it. */
export async function mirror(
  shell: Shell,
  customer: vscode.Uri,
  isVisible: () => Promise<boolean>,
): Promise<void> {
  const state = shell.runs.of(customer)?.state();
  const wanted = state && attention(state);
  const known = told.get(shell) ?? new Map<string, string>();
  told.set(shell, known);
  const id = customer.toString();
  if (!state || wanted === undefined || known.get(id) === wanted) return;
  known.set(id, wanted);
  if (await isVisible()) return;
  const show = vscode.l10n.t('Show');
  const { end } = state;
  const message = vscode.l10n.t('{0}: {1}', state.title, sayOf(state) ?? '');
  const answer =
    end?.kind === 'failed'
      ? await vscode.window.showErrorMessage(message, show)
      : await vscode.window.showInformationMessage(message, show);
  if (answer === show) await openSetUpPage(customer);
}

/** What a person should hear of: something is asked, someone is waited for, or the work has ended. */
function attention({ startedAt, signIn, question, consent, end }: RunState): string | undefined {
  const what = end?.kind ?? question?.kind ?? signIn?.way ?? (consent && 'consent');
  return what && `${startedAt} ${what}`;
}
