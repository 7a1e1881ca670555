import * as vscode from 'vscode';
import { withLock } from '../../core/customer/lock.ts';
import { drain } from '../../core/drain.ts';
import { type Onboarded, onboard } from '../../core/onboard.ts';
import type { KnownCustomer } from '../choose-customer.ts';
import { checkPlaceOrOffer } from '../ignore-offer.ts';
import type { Shell } from '../shell.ts';
import { confirmChanges } from './confirm-changes.ts';
import { corePorts, jobOf, us } from './job.ts';
import { createShow } from './show-progress.ts';
import { type ShownRun, withRun } from './shown-run.ts';

/**
 * The whole set-up of a customer: sign in, look, show the plan, ask once, make the changes, prove. On a customer that an
 * earlier run left half-way it does what is left. Throws a Failure.
 */
export async function setUp(known: KnownCustomer, shell: Shell): Promise<Onboarded> {
  await checkPlaceOrOffer(known.paths.preferences);
  const title = vscode.l10n.t('Setting up {0}', known.customer.name);
  try {
    return await withLock(known.paths.record, us, () =>
      withRun(shell, title, (run) => runStory(known, shell, run)),
    );
  } finally {
    shell.customers.changed(known.file.uri);
  }
}

async function runStory(known: KnownCustomer, shell: Shell, run: ShownRun): Promise<Onboarded> {
  const story = onboard(
    { ...jobOf(known, run), mail: undefined },
    {
      ...corePorts(known, shell, run),
      confirm: ({ plan, session }) => confirmChanges(plan, session.admin, run.kind === 'practice'),
    },
  );
  return await drain(story, createShow(known, shell, run).event);
}
