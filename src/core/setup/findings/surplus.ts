import type { Customer } from '../../customer/customer.ts';
import { fieldWords } from '../../words/faces.ts';
import { inTerminal, joined, say } from '../../words/say.ts';
import type { Existing } from '../existing.ts';
import type { Finding } from '../finding.ts';
import { surplusGrants } from '../permissions.ts';
import { changesApplication, strangersOn, surplusOn } from '../strangers.ts';

/** What the application has beyond what T&A needs. It stays unless a person asks for its removal, for T&A may be using it. */
export function surplusFindings(customer: Customer, existing: Existing, now: number): Finding[] {
  const listed = changesApplication(customer, existing, now) ? strangersOn(customer, existing, now) : [];
  const more = surplusOn(existing, now)
    .map(({ text }) => text)
    .filter((one) => !listed.includes(one));
  return [
    ...(more.length > 0 ? [carries(more)] : []),
    ...permissionFindings(customer, existing),
    ...delegatedFindings(existing),
  ];
}

function carries(more: readonly string[]): Finding {
  return {
    id: 'application-surplus',
    level: 'note',
    what: say`The application also contains: ${joined(more, '; ')}. Anyone who controls one of these can act as T&A. They stay, because T&A may be using them.`,
    who: 'you',
    next: say`Before you remove a client secret, make sure that T&A uses the one in the preferences file: Microsoft Entra's report of used credentials says when each was last used. Ask the customer's administrator about each of them. Remove what no one needs: Entra admin center > App registrations > the application.`,
  };
}

function permissionFindings(customer: Customer, existing: Existing): Finding[] {
  const surplus = surplusGrants(customer, existing.snapshot);
  if (surplus.length === 0 || existing.removeSurplus) return [];
  return [
    {
      id: 'permissions-surplus',
      level: 'note',
      what: say`The application has permissions that the customer file does not name: ${surplus.map(({ permission }) => permission)}. They stay.`,
      who: 'you',
      next: say`${inTerminal`To remove them, add --remove-surplus.`.or(say`Set-up asks you whether to remove them.`)} To keep those of Microsoft Graph, name them in ${fieldWords.permissions}.`,
    },
  ];
}

function delegatedFindings({ snapshot }: Existing): Finding[] {
  const { delegatedGrants, application } = snapshot;
  if (!application || delegatedGrants?.length === 0) return [];
  const scopes = delegatedGrants?.flatMap((grant) => grant.scopes).join(', ');
  return [
    {
      id: 'permissions-delegated',
      level: 'note',
      what: scopes
        ? say`The application has delegated permissions, which T&A does not use: ${scopes}.`
        : say`Whether the application has delegated permissions could not be read.`,
      who: "the customer's admin",
      next: say`Look at Entra admin center > Enterprise applications > the application > Permissions, and revoke what no one needs.`,
    },
  ];
}
