import * as vscode from 'vscode';
import { errors } from '../../core/advice/errors.ts';
import { drain } from '../../core/drain.ts';
import { type Prepared, prepare } from '../../core/prepare.ts';
import { apply } from '../../core/setup/apply.ts';
import { failures } from '../../core/setup/failures.ts';
import { type Part, type PlanPart, partOf } from '../../core/setup/part.ts';
import { isBlocked } from '../../core/setup/pre-flight.ts';
import { replicationWindowMs } from '../../core/setup/replication.ts';
import type { Run } from '../../core/setup/run.ts';
import { whatExists } from '../../core/setup/what-exists.ts';
import { growing, type Look, type NotYet, waitUntil } from '../../core/waiting.ts';
import type { KnownCustomer } from '../choose-customer.ts';
import { offeringIgnoreLine } from '../ignore-offer.ts';
import type { Shell } from '../shell.ts';
import { confirmAdoption, confirmChanges } from './confirm-changes.ts';
import { corePorts, jobOf } from './job.ts';
import { withLockedRun } from './locked-run.ts';
import { createShow, type Show } from './show-progress.ts';
import type { ShownRun } from './shown-run.ts';

/** What came of one part: made, nothing to do, or not begun because an earlier part is still open. */
export type PartOutcome =
  | { readonly kind: 'made' | 'nothing to do' }
  | { readonly kind: 'needs'; readonly first: Part };

/** Makes one part of the plan and no other change; `made`: the part that was made right before. Throws a Failure. */
export async function doPart(
  part: Part,
  known: KnownCustomer,
  shell: Shell,
  made?: Part,
): Promise<PartOutcome> {
  const title = vscode.l10n.t('Setting up {0}', known.customer.name);
  return await offeringIgnoreLine(known.paths.preferences, () =>
    withLockedRun(known, shell, title, (run) => runPart({ part, made }, known, shell, run)),
  );
}

interface Wish {
  readonly part: Part;
  readonly made: Part | undefined;
}

async function runPart(wish: Wish, known: KnownCustomer, shell: Shell, run: ShownRun): Promise<PartOutcome> {
  const show = createShow(known, shell, run);
  const ports = { ...corePorts(known, shell, run), agreeToAdopt: confirmAdoption };
  const look = (): Promise<Prepared> => drain(prepare(jobOf(known, run), ports), show.event);
  const { prepared, plan, first } = await lookPatiently(wish, look, run);
  if (first) return { kind: 'needs', first };
  if (plan.changes.length === 0) return { kind: 'nothing to do' };
  if (isBlocked(prepared.findings)) throw failures.blocked(prepared.findings);
  await makeChanges({ ...prepared, plan }, known, show, corePorts(known, shell, run));
  return { kind: 'made' };
}

/** Graph lists what was made a moment ago only after a while; until then a look would call for it a second time. */
async function lookPatiently(
  { part, made }: Wish,
  look: () => Promise<Prepared>,
  run: ShownRun,
): Promise<Found> {
  const lookAgain = async (): Promise<Look<Found, NotListed>> => {
    const prepared = await look();
    const found = { ...partOf(prepared.plan, part), prepared };
    if (!found.first || found.first !== made) return { settled: found };
    return { because: 'lag', reason: 'not listed yet', toldMs: undefined, found };
  };
  const listed = waitUntil(lookAgain, {
    doing: 'look at the tenant',
    clock: run.clock,
    signal: run.signal,
    patienceMs: replicationWindowMs,
    pauses: growing({ firstMs: 1000, capMs: 15_000 }),
    tell: ({ ms }) => run.sayWait(vscode.l10n.t('Microsoft Entra does not list yet what was just made'), ms),
    overdue: ({ found }) => found,
  });
  return await drain(listed);
}

type Found = PlanPart & { readonly prepared: Prepared };

interface NotListed extends NotYet {
  readonly found: Found;
}

async function makeChanges(
  { plan, session, existing, graph, recordFile, file }: Prepared,
  { customer }: KnownCustomer,
  show: Show,
  run: ShownRun & Pick<Run, 'consentPatienceMs'>,
): Promise<void> {
  const { objectId, userPrincipalName } = session.admin;
  if (!(await confirmChanges(plan, session.admin, run.kind === 'practice')))
    throw errors.cancelled(whatExists(existing.record), { doing: 'confirm' });
  show.narrow(plan);
  await drain(
    apply(customer, existing, plan, { objectId, userPrincipalName }, { ...run, graph, recordFile, file }),
    show.event,
  );
}
