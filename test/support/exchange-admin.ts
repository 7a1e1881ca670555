import { Customer } from '../../src/core/customer/customer.ts';
import { limitToMailbox } from '../../src/practice/exchange/rbac.ts';
import { addGrant } from '../../src/practice/graph/grants.ts';
import { readServicePrincipal } from '../../src/practice/graph/service-principal-store.ts';
import { exchangeAppId, isOfMicrosoft } from '../../src/practice/microsoft-graph.ts';
import { findPerson } from '../../src/practice/people.ts';
import type { State } from '../../src/practice/state.ts';
import { heldIn } from './invariants.ts';
import { type Onboarding, onboarding } from './onboarding.ts';
import { lastWeek } from './planted-app.ts';
import { scopedCustomer } from './scoped-customer.ts';

/** So the lag of the practice tenant becomes Exchange's own: 30 minutes without a request, two hours with. */
const realTime = 600;

/** Contoso with a customer who asks for one mailbox only. */
export async function scopedOnboarding(customer: object = scopedCustomer): Promise<Onboarding> {
  const story = await onboarding();
  story.customer = Customer.parse(customer);
  return story;
}

/** What comes of the script that an Exchange administrator runs: every app is limited to the sender's mailbox. */
export function limitAppsToSender(state: State): void {
  const owner = findPerson(state, 'ta@contoso.com');
  const mailbox = state.mailboxes.find(({ ownerId }) => ownerId === owner?.id);
  if (!mailbox) throw new Error('The sender has no mailbox.');
  for (const principal of state.servicePrincipals) {
    if (!isOfMicrosoft(principal)) limitToMailbox(state, principal, mailbox);
  }
}

/** From now on Exchange takes its time. Before that the directory would too. */
export function makeExchangeSlow({ state }: Onboarding): void {
  state.lag.factor = realTime;
}

/** `full_access_as_app`. */
export const fullAccessAsApp = 'dc890d15-9560-4a4c-9b7f-a736ec74ec40';

/** Exchange's own API opens mailboxes too, whatever Graph's permissions are. */
export function grantOnExchange(state: State): void {
  const then = lastWeek(state);
  const [principal] = heldIn(state).servicePrincipals;
  const { id: resourceId } = readServicePrincipal(state, { by: 'appId', value: exchangeAppId });
  addGrant(then, { principalId: principal?.id ?? '', resourceId, appRoleId: fullAccessAsApp });
}
