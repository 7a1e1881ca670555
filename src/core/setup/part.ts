import type { Change, Plan } from './change.ts';

/** The parts of a set-up that can be done one by one. */
export type Part = 'registration' | 'permissions' | 'secret' | 'preferences';

const kinds: Readonly<Record<Part, readonly Change['kind'][]>> = {
  registration: ['register-application', 'add-service-principal'],
  permissions: ['grant-permissions', 'remove-grants'],
  secret: ['remove-client-secret', 'add-client-secret', 'write-preferences'],
  preferences: ['write-preferences'],
};

const order: readonly Part[] = ['registration', 'permissions', 'secret'];

/** One part of a plan: its changes, and the earlier part that must be done first, if one is still open. */
export interface PlanPart {
  readonly plan: Plan;
  readonly first: Part | undefined;
}

/** A secret is never made without its file: the file is where its text is kept. */
export function partOf(plan: Plan, part: Part): PlanPart {
  const has = (one: Part): boolean => plan.changes.some(({ kind }) => kinds[one].includes(kind));
  const before = part === 'preferences' ? order.slice(0, 2) : order.slice(0, order.indexOf(part));
  const changes = plan.changes.filter(({ kind }) => kinds[part].includes(kind));
  const needsSecret = part === 'preferences' && plan.changes.some(({ kind }) => kind === 'add-client-secret');
  return { plan: { ...plan, changes }, first: before.find(has) ?? (needsSecret ? 'secret' : undefined) };
}
