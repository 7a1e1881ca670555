import type { Plan } from '../../core/setup/plan.ts';
import { agreementOn, comparable } from '../../core/setup/saved-plan.ts';
import type { KnownCustomer } from '../customers/choose.ts';
import { readSettings } from '../shell/settings.ts';
import type { Shell } from '../shell/shell.ts';
import type { ShownRun } from './shown-run.ts';
import { findWait, forgetWait, keepWait } from './waits.ts';

interface Keeping extends Pick<Shell, 'context'> {
  readonly sessions: Pick<Shell['sessions'], 'current'>;
}

/**
 * Keeps what the next window needs to go on with this wait. The practice tenant ends with its window, so a wait for its
 * consent is not kept. Whether VS Code really stores it shows only when it is read again.
 */
export async function keepForNextWindow(
  { file }: Pick<KnownCustomer, 'file'>,
  { tenant, changes }: Pick<Plan, 'tenant' | 'changes'>,
  { context, sessions }: Keeping,
  run: Pick<ShownRun, 'kind' | 'signal'>,
): Promise<boolean> {
  const session = sessions.current(tenant.id);
  if (!session || run.kind === 'practice' || !readSettings().keepSignInWhileWaiting) return false;
  run.signal.addEventListener('abort', () => void forgetWait(context, file.uri), { once: true });
  try {
    const wait = {
      tenantId: tenant.id,
      signIn: session.keep(),
      agreed: agreementOn(changes.map(comparable)),
    };
    await keepWait(context, file.uri, wait);
    return (await findWait(context, file.uri)) !== undefined;
  } catch {
    return false;
  }
}
