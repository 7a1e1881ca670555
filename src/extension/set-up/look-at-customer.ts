import * as vscode from 'vscode';
import type { Plan } from '../../core/setup/plan.ts';
import { isBlocked } from '../../core/setup/pre-flight.ts';
import { type Prepared, prepare } from '../../core/stories/prepare.ts';
import { drain } from '../../core/waiting.ts';
import { offeringIgnoreLine } from '../ask/ask-path.ts';
import type { KnownCustomer } from '../customers/choose.ts';
import type { Shell } from '../shell/shell.ts';
import { corePorts, jobOf } from './job.ts';
import { createShow } from './show-progress.ts';
import { withRun } from './shown-run.ts';

/** Signs in, looks and shows pre-flight and plan. Changes nothing. Throws a Failure. */
export async function lookAtCustomer(known: KnownCustomer, shell: Shell): Promise<Prepared> {
  const title = vscode.l10n.t('Looking at {0}', known.customer.name);
  return await offeringIgnoreLine(known.paths.preferences, () =>
    withRun(known, shell, title, (run) =>
      drain(prepare(jobOf(known, run), corePorts(known, shell, run)), createShow(known, shell, run).event),
    ),
  );
}

/** As `lookAtCustomer`, for what comes next: the plan, or `undefined` after the person was told that nothing can or need be done. */
export async function lookForChanges(known: KnownCustomer, shell: Shell): Promise<Plan | undefined> {
  const { findings, plan } = await lookAtCustomer(known, shell);
  const { name } = known.customer;
  if (isBlocked(findings))
    void vscode.window.showWarningMessage(
      vscode.l10n.t('{0} cannot be set up yet; the document says who must do what.', name),
    );
  else if (plan.changes.length === 0)
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} is set up correctly.', name));
  else return plan;
  return undefined;
}
