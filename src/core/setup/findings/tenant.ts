import type { Customer } from '../../customer/customer.ts';
import { fieldWords } from '../../words/faces.ts';
import { say } from '../../words/say.ts';
import type { Existing } from '../existing.ts';
import type { Finding } from '../finding.ts';
import { unknownPermissions } from '../permissions.ts';

export function tenantFindings(customer: Customer, { snapshot, aheadMs }: Existing): Finding[] {
  const { organization } = snapshot;
  const name = organization ? `${organization.displayName} (${organization.defaultDomain})` : customer.tenant;
  return [
    { id: 'tenant', level: 'good', what: say`The tenant is ${name}.` },
    ...domainFindings(customer, organization?.domains ?? []),
    ...permissionFindings(customer, unknownPermissions(customer, snapshot.graph)),
    ...clockFindings(aheadMs),
  ];
}

/** More than this and Entra may refuse what is dated by it. */
const toleratedMs = 5 * 60_000;

/** Of the clock of this computer, which may go wrong in every job. */
export function clockFindings(aheadMs = 0): Finding[] {
  if (Math.abs(aheadMs) <= toleratedMs) return [];
  const minutes = Math.round(Math.abs(aheadMs) / 60_000);
  return [
    {
      id: 'clock',
      level: 'note',
      what:
        aheadMs > 0
          ? say`The clock of this computer is ${minutes} minutes ahead of Microsoft's.`
          : say`The clock of this computer is ${minutes} minutes behind Microsoft's.`,
      who: 'you',
      next: say`Set the clock, preferably from a time server. This run uses Microsoft's time, so you can continue.`,
    },
  ];
}

function domainFindings({ mail }: Customer, domains: readonly string[]): Finding[] {
  const domain = mail.fromAddress.slice(mail.fromAddress.lastIndexOf('@') + 1).toLowerCase();
  if (domains.length === 0 || domains.some((known) => known.toLowerCase() === domain)) return [];
  return [
    {
      id: 'sender-domain',
      level: 'blocks',
      what: say`${domain} is not a domain of this tenant, so ${mail.fromAddress} cannot be a sender here.`,
      who: 'you',
      next: say`Check that the customer file names the right tenant and sender. Domains of this tenant: ${domains}.`,
    },
  ];
}

function permissionFindings(_customer: Customer, unknown: readonly string[]): Finding[] {
  if (unknown.length === 0) return [];
  return [
    {
      id: 'permissions',
      level: 'blocks',
      what: say`Microsoft Graph has no application permission named ${unknown}.`,
      who: 'you',
      next: say`Correct ${fieldWords.permissions} ${fieldWords.place}, or leave it out to use the default set.`,
    },
  ];
}
