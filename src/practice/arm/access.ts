import type { Context } from 'hono';
import type { Person, State } from '../state.ts';
import type { AzureGroup, AzureSubscription } from './azure.ts';
import { armFaults } from './fault.ts';

/** Hono variables set by the ARM app's token check. */
export interface ArmEnv {
  Variables: { person: Person };
}

/** Subscriptions that a person sees: those in which any role is held. */
export function visibleSubscriptions({ azure }: State, person: Person): AzureSubscription[] {
  return azure.roles.has(person.id) ? azure.subscriptions : [];
}

/**
 * The subscription in the path, if the person may do this in it: `action` as Azure names it. Everything but reading needs
 * Contributor. A subscription without any role in it answers like one that does not exist.
 */
export function requireAction(
  c: Context<ArmEnv>,
  state: State,
  action: string,
  below = '',
): AzureSubscription {
  const id = c.req.param('subscription') ?? '';
  const person = c.get('person');
  const found = visibleSubscriptions(state, person).find((one) => one.id === id.toLowerCase());
  if (!found) throw armFaults.noSubscription(id);
  const mayWrite = ['Owner', 'Contributor'].includes(state.azure.roles.get(person.id) ?? '');
  if (!action.endsWith('/read') && !mayWrite) {
    const who = { name: person.userPrincipalName, id: person.id };
    throw armFaults.forbidden(who, action, `/subscriptions/${found.id}${below}`);
  }
  return found;
}

/** Azure compares names without regard to case. */
export function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

export function findGroup(state: State, { id }: AzureSubscription, name: string): AzureGroup | undefined {
  return state.azure.groups.find((group) => group.subscriptionId === id && sameName(group.name, name));
}

export function requireGroup(state: State, subscription: AzureSubscription, name: string): AzureGroup {
  const found = findGroup(state, subscription, name);
  if (!found) throw armFaults.noGroup(name);
  return found;
}
