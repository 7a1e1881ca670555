import type { Ports as CorePorts, Job } from '../../core/prepare.ts';
import type { KnownCustomer } from '../choose-customer.ts';
import type { Shell } from '../shell.ts';
import type { ShownRun } from './shown-run.ts';

/** How the lock and the log name this face. */
export const us = 'VS Code';

export function jobOf({ customer, paths }: KnownCustomer, { kind }: ShownRun): Job {
  return { customer, files: { record: paths.record, preferences: paths.preferences }, kind };
}

/** Core's ports, with the sign-in of this window: one admin per tenant, asked once. */
export function corePorts<T extends ShownRun>(
  { customer }: KnownCustomer,
  shell: Shell,
  run: T,
): T & Pick<CorePorts, 'signIn'> {
  return { ...run, signIn: (tenantId) => shell.sessions.signIn(customer, tenantId, run) };
}
