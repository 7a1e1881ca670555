import * as vscode from 'vscode';
import { drain } from '../../core/drain.ts';
import { type Prepared, prepare } from '../../core/prepare.ts';
import type { KnownCustomer } from '../choose-customer.ts';
import { checkPlaceOrOffer } from '../ignore-offer.ts';
import type { Shell } from '../shell.ts';
import { corePorts, jobOf } from './job.ts';
import { createShow } from './show-progress.ts';
import { withRun } from './shown-run.ts';

/** Signs in, looks and shows pre-flight and plan. Changes nothing. Throws a Failure. */
export async function lookAt(known: KnownCustomer, shell: Shell): Promise<Prepared> {
  await checkPlaceOrOffer(known.paths.preferences);
  const title = vscode.l10n.t('Looking at {0}', known.customer.name);
  return await withRun(shell, title, (run) =>
    drain(prepare(jobOf(known, run), corePorts(known, shell, run)), createShow(known, shell, run).event),
  );
}
