import type { Person, State } from '../state.ts';

/** `client_info`, which MSAL asks for: whose account it is, and of which home tenant. */
export function clientInfo(state: State, person: Person): string {
  return Buffer.from(JSON.stringify({ uid: person.id, utid: state.organization.id })).toString('base64url');
}
