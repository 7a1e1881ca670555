import type { Context } from 'hono';
import { errors, jwtVerify } from 'jose';
import * as z from 'zod/mini';
import { armAppId, armAudiences } from '../login/tokens.ts';
import type { Person, State } from '../state.ts';
import type { AzureGroup, AzureSubscription } from './azure.ts';
import { type ArmFault, armFaults } from './fault.ts';

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

const claimsOf = z.object({ oid: z.string(), scp: z.string() });

/** Who holds the bearer token. Throws Azure Resource Manager's own 401 for every other token, one for Graph among them. */
export async function readPerson(state: State, authorization: string | undefined): Promise<Person> {
  const token = /^Bearer +(.+)$/i.exec(authorization?.trim() ?? '')?.[1];
  if (!token) {
    throw armFaults.unauthenticated(
      'AuthenticationFailed',
      "Authentication failed. The 'Authorization' header is missing.",
    );
  }
  const oid = await objectIdIn(state, token, [...armAudiences(state), armAppId]).catch((cause) => {
    throw faultOf(cause);
  });
  const person = state.people.find(({ id }) => id === oid);
  if (!person) throw invalidToken();
  return person;
}

/** Of the person whom the token is for. Throws what `jose` throws. */
export async function objectIdIn(state: State, token: string, audience: string[]): Promise<string> {
  const { publicKey } = await state.signing();
  const currentDate = new Date(state.clock.now());
  const { payload } = await jwtVerify(token, publicKey, { algorithms: ['RS256'], audience, currentDate });
  return claimsOf.parse(payload).oid;
}

function faultOf(cause: unknown): ArmFault {
  if (cause instanceof errors.JWTExpired) {
    return armFaults.unauthenticated(
      'ExpiredAuthenticationToken',
      'The access token has expired. The expiry time is earlier than the current UTC time.',
    );
  }
  if (cause instanceof errors.JWTClaimValidationFailed && cause.claim === 'aud') {
    return armFaults.unauthenticated(
      'InvalidAuthenticationTokenAudience',
      `The access token has been obtained for wrong audience or resource '${String(cause.payload.aud)}'. It should exactly match with one of the allowed audiences 'https://management.core.windows.net/','https://management.core.windows.net','https://management.azure.com/','https://management.azure.com'.`,
    );
  }
  return invalidToken();
}

function invalidToken(): ArmFault {
  return armFaults.unauthenticated('InvalidAuthenticationToken', 'The access token is invalid.');
}
