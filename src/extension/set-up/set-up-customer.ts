import * as vscode from 'vscode';
import type { SavedPlan } from '../../core/setup/saved-plan.ts';
import { type Onboarded, onboard } from '../../core/stories/onboard.ts';
import { drain } from '../../core/waiting.ts';
import { offeringIgnoreLine } from '../ask/ask-path.ts';
import type { KnownCustomer } from '../customers/choose.ts';
import type { Shell } from '../shell/shell.ts';
import { storyPorts } from './go-on.ts';
import { jobOf } from './job.ts';
import { createShow } from './show-progress.ts';
import { type ShownRun, withCustomerRun } from './shown-run.ts';
import { forgetWait } from './waits.ts';

/**
 * The whole set-up of a customer: sign in, look, show the plan, ask once, make the changes, prove. On a customer that an
 * earlier run left half-way it does what is left. With a saved plan it makes that one or nothing. Throws a Failure.
 */
export async function setUp(known: KnownCustomer, shell: Shell, saved?: SavedPlan): Promise<Onboarded> {
  const title = vscode.l10n.t('Setting up {0}', known.customer.name);
  return await offeringIgnoreLine(known.paths.preferences, () =>
    withCustomerRun(known, shell, title, (run) => runStory(known, shell, run, saved)),
  );
}

async function runStory(
  known: KnownCustomer,
  shell: Shell,
  run: ShownRun,
  saved: SavedPlan | undefined,
): Promise<Onboarded> {
  const ports = await storyPorts(known, shell, run, saved);
  const story = onboard({ ...jobOf(known, run), mail: undefined }, ports);
  const done = await drain(story, createShow(known, shell, run).event);
  await forgetWait(shell.context, known.file.uri);
  return done;
}
