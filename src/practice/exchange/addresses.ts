import type { Mailbox, State } from '../state.ts';

/** The mailbox that receives mail for this address; aliases count. */
export function mailboxAt(state: State, address: string): Mailbox | undefined {
  return state.mailboxes.find((mailbox) => mailbox.addresses.includes(address.toLowerCase()));
}

export function primaryAddress(mailbox: Mailbox): string {
  const [primary] = mailbox.addresses;
  if (primary === undefined) throw new Error(`The mailbox of ${mailbox.ownerId} has no address.`);
  return primary;
}

/** How the directory calls the owner of this address. */
export function directoryName(state: State, address: string): string | undefined {
  const wanted = address.toLowerCase();
  const person = state.people.find((each) => each.mail?.toLowerCase() === wanted);
  return mailboxAt(state, wanted)?.displayName ?? person?.displayName;
}

/** Whether the tenant itself has to find a mailbox for this address. */
export function isOfTenant(state: State, address: string): boolean {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  const { defaultDomain, initialDomain } = state.organization;
  return domain === defaultDomain.toLowerCase() || domain === initialDomain.toLowerCase();
}

/** Distribution lists take mail without having a mailbox. */
export function isDistributionList(state: State, address: string): boolean {
  const wanted = address.toLowerCase();
  return state.people.some(
    (person) => person.kind === 'distribution list' && person.mail?.toLowerCase() === wanted,
  );
}
