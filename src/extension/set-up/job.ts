import type { OnboardPorts } from '../../core/stories/onboard.ts';
import type { Job } from '../../core/stories/prepare.ts';
import type { KnownCustomer } from '../customers/choose.ts';
import type { Shell } from '../shell/shell.ts';
import { askAboutDeleted, confirmAdoption, confirmRemoval } from './confirm-changes.ts';
import type { ShownRun } from './shown-run.ts';

/** How the lock and the log name this face. */
export const us = 'VS Code';

export function jobOf({ customer, paths }: KnownCustomer, { kind }: ShownRun): Job {
  return { customer, files: { record: paths.record, preferences: paths.preferences }, kind, by: us };
}

/** Core's ports, with the sign-in of this window: one admin per tenant, asked once. For a consent it waits until Cancel. */
export function corePorts<T extends ShownRun>(
  { customer }: KnownCustomer,
  shell: Shell,
  run: T,
): T &
  Pick<OnboardPorts, 'signIn' | 'agreeToAdopt' | 'agreeToRemove' | 'askAboutDeleted' | 'consentPatienceMs'> {
  const signIn: OnboardPorts['signIn'] = (tenantId) => shell.sessions.signIn(customer, tenantId, run);
  // One run may look several times.
  let removal: Promise<boolean> | undefined;
  return {
    ...run,
    signIn,
    agreeToAdopt: confirmAdoption,
    agreeToRemove: (surplus) => (removal ??= confirmRemoval(surplus)),
    askAboutDeleted,
    consentPatienceMs: Number.POSITIVE_INFINITY,
  };
}
