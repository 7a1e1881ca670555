import { Secret } from '../../../src/core/secret.ts';
import type { Session } from '../../../src/core/sign-in/session.ts';

/** Somebody who is signed in, and whose token nobody asks for. */
export function fakeSession(tenantId: string): Session {
  return {
    tenantId,
    cloud: 'global',
    way: 'device code',
    admin: { objectId: '1', userPrincipalName: 'grace@contoso.com', displayName: 'Grace' },
    wids: [],
    scopes: [],
    tokenFor: () => Promise.reject(new Error('no other service is asked')),
    token: () => Promise.reject(new Error('not asked for')),
    keep: () => new Secret('all that is needed to go on'),
    signOut: () => {},
  };
}
