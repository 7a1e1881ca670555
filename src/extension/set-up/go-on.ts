import { agreementOn, isAgreed } from '../../core/setup/agreement.ts';
import { requireFit, type SavedPlan } from '../../core/setup/saved-plan.ts';
import type { OnboardPorts } from '../../core/stories/onboard.ts';
import { Failure } from '../../core/words/failure.ts';
import type { KnownCustomer } from '../customers/choose.ts';
import type { Shell } from '../shell/shell.ts';
import { confirmChanges } from './confirm-changes.ts';
import { corePorts } from './job.ts';
import type { ShownRun } from './shown-run.ts';
import { findWait, forgetWait } from './waits.ts';

type StoryPorts = ReturnType<typeof corePorts<ShownRun>> & Pick<OnboardPorts, 'confirm'>;

/**
 * Core's ports for the whole story. Where an earlier window waited for a consent, its admin is signed in still, and what
 * was agreed to there is not asked again. With a saved plan nothing else than that is made.
 */
export async function storyPorts(
  known: KnownCustomer,
  shell: Shell,
  run: ShownRun,
  saved?: SavedPlan,
): Promise<StoryPorts> {
  const practice = run.kind === 'practice';
  const wait = practice ? undefined : await findWait(shell.context, known.file.uri);
  const ports = corePorts(known, shell, run);
  return {
    ...ports,
    async signIn(tenantId) {
      if (wait?.tenantId !== tenantId) return await ports.signIn(tenantId);
      try {
        return await shell.sessions.goOn(known.customer, wait, run);
      } catch (cause) {
        if (!(cause instanceof Failure) || cause.advice.retry !== 'ours')
          await forgetWait(shell.context, known.file.uri);
        throw cause;
      }
    },
    async agreeToRemove(grants) {
      const agreed = saved ? agreementOn(saved.changes) : wait?.agreed;
      if (!agreed) return (await ports.agreeToRemove?.(grants)) === true;
      return isAgreed([{ kind: 'remove-grants', surplus: true, grants }], agreed);
    },
    async confirm({ plan, session }) {
      if (saved) requireFit(saved, known.customer, plan);
      if (wait?.tenantId === plan.tenant.id && isAgreed(plan.changes, wait.agreed)) return true;
      return await confirmChanges(plan, session.admin, practice, saved);
    },
  };
}
