import type { Words } from '../words/say.ts';
import type { Step } from './step.ts';
import { addClientSecret } from './steps/add-client-secret.ts';
import { addServicePrincipal } from './steps/add-service-principal.ts';
import { deleteApplication } from './steps/delete-application.ts';
import { deletePreferencesFile } from './steps/delete-preferences-file.ts';
import { deleteServicePrincipal } from './steps/delete-service-principal.ts';
import { grantPermissions } from './steps/grant-permissions.ts';
import { registerApplication } from './steps/register-application.ts';
import { removeClientSecret } from './steps/remove-client-secret.ts';
import { removeAllGrants, removeGrants } from './steps/remove-grants.ts';
import { writeExchangeRemoval } from './steps/write-exchange-removal.ts';
import { writePreferencesFile } from './steps/write-preferences-file.ts';

/**
 * Everything that a set-up can change, in the order in which it is changed. This is the only list of it: trips, parts, rights, what is
 * shown and what is agreed to come from it. What exists already is not planned.
 */
export const steps = [
  // The first round trip to the tenant.
  registerApplication,
  // The second. What an interrupted run left is removed before anything is granted.
  removeClientSecret,
  addServicePrincipal,
  // The third. The secret is last in it: a refused grant leaves no secret behind. Where this administrator may not grant, someone else
  // consents before the secret is added.
  grantPermissions,
  removeGrants,
  addClientSecret,
  // On this computer, the moment the secret arrives.
  writePreferencesFile,
] as const;

/** The same for a removal. Permissions go first, so a removal that stops half-way leaves less access, never more. */
export const removalSteps = [
  removeAllGrants,
  deleteServicePrincipal,
  deleteApplication,
  // On this computer: a script for Exchange, which no one but its administrator can run, and the file with the secret if that is wanted.
  writeExchangeRemoval,
  deletePreferencesFile,
] as const;

const allSteps = [...steps, ...removalSteps];

/** One entry of a plan. */
export type Change = ReturnType<(typeof allSteps)[number]['plan']>[number];
export type ChangeOf<K extends Change['kind']> = Extract<Change, { kind: K }>;

export function stepOf({ kind }: Pick<Change, 'kind'>): Step<Change> {
  const step = findStep(kind);
  if (!step) throw new Error(`nothing makes ${kind}`);
  return step;
}

/** For a kind from a file, which may be of another version. */
export function findStep(kind: string): Step<Change> | undefined {
  return allSteps.find((step) => step.kind === kind);
}

/** What a change does, as the heading of a step. */
export const titleOf = (change: Change): Words => stepOf(change).title(change);

/** The same inside a sentence: `add a client secret`. */
export const doingOf = (change: Change): Words => stepOf(change).doing(change);

export const detailsOf = (change: Change): readonly Words[] => stepOf(change).details(change);
