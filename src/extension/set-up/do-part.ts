import * as vscode from 'vscode';
import type { PartName } from '../../core/setup/step.ts';
import type { Prepared } from '../../core/stories/prepare.ts';
import { type PartOutcome, setUpPart } from '../../core/stories/set-up-part.ts';
import { drain } from '../../core/waiting.ts';
import { offeringIgnoreLine } from '../ask/ask-path.ts';
import type { KnownCustomer } from '../customers/choose.ts';
import type { Shell } from '../shell/shell.ts';
import { confirmChanges } from './confirm-changes.ts';
import { corePorts, jobOf } from './job.ts';
import { createShow } from './show-progress.ts';
import { type ShownRun, withCustomerRun } from './shown-run.ts';

/** Makes one part of the plan and no other change; `made`: the part that was made right before. Throws a Failure. */
export async function doPart(
  part: PartName,
  known: KnownCustomer,
  shell: Shell,
  made?: PartName,
): Promise<PartOutcome> {
  const title = vscode.l10n.t('Setting up {0}', known.customer.name);
  const work = async (run: ShownRun): Promise<PartOutcome> => {
    const show = createShow(known, shell, run);
    const confirm = async ({ plan, session }: Prepared): Promise<boolean> => {
      const agreed = await confirmChanges(plan, session.admin, run.kind === 'practice');
      if (agreed) show.narrow(plan);
      return agreed;
    };
    const job = { ...jobOf(known, run), part, made };
    const { agreeToRemove, ...others } = corePorts(known, shell, run);
    const ports = { ...others, confirm, ...(part === 'permissions' && { agreeToRemove }) };
    return await drain(setUpPart(job, ports), show.event);
  };
  return await offeringIgnoreLine(known.paths.preferences, () => withCustomerRun(known, shell, title, work));
}
