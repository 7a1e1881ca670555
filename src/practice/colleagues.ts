import { limitToMailbox } from './exchange/rbac.ts';
import { findServicePrincipal } from './graph/service-principal-store.ts';
import { grantRequestedAccess } from './login/requested-access.ts';
import { mailboxOf, senderAddress } from './people.ts';
import type { State } from './state.ts';

/** What others in the tenant did until now. Called before each request is answered; it needs no timer. */
export function letColleaguesAct(state: State): void {
  letSomebodyConsent(state);
  letSomebodyScope(state);
}

function letSomebodyScope(state: State): void {
  const { colleagueScopesAfterMs: after } = state;
  const mailbox = mailboxOf(state, senderAddress);
  if (after === undefined || !mailbox) return;
  for (const [id, { firstAskedAt }] of state.rbac.remembered) {
    const principal = findServicePrincipal(state, { by: 'id', value: id });
    if (principal && state.clock.now() >= firstAskedAt + after) limitToMailbox(state, principal, mailbox);
  }
}

function letSomebodyConsent(state: State): void {
  const { colleagueConsentsAfterMs: after } = state;
  if (after === undefined) return;
  for (const application of state.applications) {
    const principal = findServicePrincipal(state, { by: 'appId', value: application.appId });
    if (!principal || application.deletedAt !== undefined) continue;
    const hasGrants = state.grants.some(({ principalId }) => principalId === principal.id);
    const due = Math.max(application.madeAt, principal.madeAt) + after;
    if (hasGrants || state.clock.now() < due) continue;
    // It happened when it was due, not when someone looked.
    grantRequestedAccess({ ...state, clock: { now: () => due } }, application);
  }
}
