import * as vscode from 'vscode';
import {
  agreementOn,
  comparable,
  isAgreed,
  requireFit,
  type SavedPlan,
} from '../../core/setup/saved-plan.ts';
import type { PartName } from '../../core/setup/step.ts';
import { type OnboardPorts, onboard } from '../../core/stories/onboard.ts';
import { type Prepared, prepare } from '../../core/stories/prepare.ts';
import { setUpPart } from '../../core/stories/set-up-part.ts';
import { drain } from '../../core/waiting.ts';
import { Failure } from '../../core/words/failure.ts';
import type { KnownCustomer } from '../customers/choose.ts';
import type { Shell } from '../shell/shell.ts';
import { type AskingPorts, askForChanges, corePorts, jobOf, shownIn } from './job.ts';
import type { RunState } from './run-state.ts';
import { type ShownRun, withCustomerRun } from './shown-run.ts';
import { findWait, forgetWait } from './waits.ts';

/**
 * The whole set-up of a customer: sign in, look, show the plan, ask once, make the changes, prove. On a customer that an
 * earlier run left half-way it does what is left. With a saved plan it makes that one or nothing. Throws a Failure.
 */
export async function setUp(known: KnownCustomer, shell: Shell, saved?: SavedPlan): Promise<void> {
  const title = vscode.l10n.t('Setting up {0}', known.customer.name);
  const before = shell.runs.of(known.file.uri)?.state();
  await withCustomerRun(known, shell, { title, proves: true, command: 'resumeSetUp' }, async (run) => {
    const ports = await storyPorts(known, shell, run, { saved, before });
    await drain(onboard({ ...jobOf(known, run), mail: undefined }, ports), shownIn(run, known, shell));
    await forgetWait(shell.context, known.file.uri);
  });
}

/** Which command makes which part. */
const partCommands: Readonly<Record<PartName, string>> = {
  registration: 'createAppRegistration',
  permissions: 'grantGraphPermissions',
  secret: 'createClientSecret',
  preferences: 'writeEmailPreferences',
};

/** Makes one part of the plan and no other change; `made`: the part that was made right before. Throws a Failure. */
export async function doPart(
  part: PartName,
  known: KnownCustomer,
  shell: Shell,
  made?: PartName,
): Promise<void> {
  const title = vscode.l10n.t('Setting up {0}', known.customer.name);
  const story = { title, aim: 'part' as const, command: partCommands[part] };
  const first = await withCustomerRun(known, shell, story, async (run) => {
    const confirm = ({ plan }: Prepared): Promise<boolean> => askForChanges(run, plan);
    const { agreeToRemove, ...others } = corePorts(known, shell, run);
    const ports = { ...others, confirm, ...(part === 'permissions' && { agreeToRemove }) };
    const story = setUpPart({ ...jobOf(known, run), part, made }, ports);
    const outcome = await drain(story, shownIn(run, known, shell));
    if (outcome.kind !== 'needs') return undefined;
    return (await run.ask({ kind: 'first', part: outcome.first })) === 'doFirst' ? outcome.first : undefined;
  });
  if (first === undefined) return;
  await doPart(first, known, shell, made);
  await doPart(part, known, shell, first);
}

/** Signs in, looks and shows pre-flight and plan. Changes nothing. `then`: what comes after it. Throws a Failure. */
export async function lookAtCustomer(
  known: KnownCustomer,
  shell: Shell,
  then = async (_seen: Prepared, _run: ShownRun): Promise<void> => undefined,
): Promise<void> {
  const title = vscode.l10n.t('Looking at {0}', known.customer.name);
  await withCustomerRun(known, shell, { title, command: 'previewChanges' }, async (run) => {
    // To restore a deleted application, or to delete it for good, would be a change.
    const { askAboutDeleted: _setsUp, ...ports } = corePorts(known, shell, run);
    const looking = prepare(jobOf(known, run), ports);
    await then(await drain(looking, shownIn(run, known, shell)), run);
  });
}

interface Earlier {
  readonly saved: SavedPlan | undefined;
  /** The work on this customer before this one. */
  readonly before: RunState | undefined;
}

/**
 * For the whole story. Where an earlier window waited for a consent, its admin is signed in still. What was agreed to there, or
 * before another sign-in, is not asked again. With a saved plan nothing else than that is made.
 */
async function storyPorts(
  known: KnownCustomer,
  shell: Shell,
  run: ShownRun,
  { saved, before }: Earlier,
): Promise<ShownRun & AskingPorts & Pick<OnboardPorts, 'confirm'>> {
  const signsInAgain = before?.signsInAgain ? before.plan : undefined;
  const isKept = run.kind !== 'practice' && !signsInAgain;
  const wait = isKept ? await findWait(shell.context, known.file.uri) : undefined;
  const agreement = signsInAgain
    ? { tenantId: signsInAgain.tenant.id, agreed: agreementOn(signsInAgain.changes.map(comparable)) }
    : wait;
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
      const agreed = saved ? agreementOn(saved.changes) : agreement?.agreed;
      if (!agreed) return (await ports.agreeToRemove?.(grants)) === true;
      return isAgreed([{ kind: 'remove-grants', surplus: true, grants }], agreed);
    },
    async confirm({ plan }) {
      if (saved) requireFit(saved, known.customer, plan);
      if (agreement?.tenantId === plan.tenant.id && isAgreed(plan.changes, agreement.agreed)) return true;
      return await askForChanges(run, plan, saved);
    },
  };
}
