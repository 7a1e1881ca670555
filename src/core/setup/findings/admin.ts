import type { Customer } from '../../customer/customer.ts';
import type { TenantSnapshot } from '../../tenant/snapshot.ts';
import { hasRight, type Right, rights } from '../admin-rights.ts';
import type { Existing } from '../existing.ts';
import type { Finding } from '../finding.ts';
import { steps } from '../steps.ts';

/** Whether the signed-in admin's roles are enough for what is still to be done, and for that only. */
export function adminFindings(customer: Customer, existing: Existing, now: number): Finding[] {
  const { snapshot } = existing;
  const open = steps.filter((step) => step.plan(customer, existing, now).length > 0);
  const needed = rights.filter((right) => open.some((step) => step.right === right));
  const missing = needed.filter((right) => !hasRight(snapshot.adminRoles, right));
  const [first] = missing;
  if (first === undefined) return [rolesSeen(snapshot, needed.length > 0)];
  const hasAny = rights.some((right) => hasRight(snapshot.adminRoles, right));
  return [hasAny ? lacks[first](snapshot) : noRole(snapshot)];
}

const lacks: Readonly<Record<Right, (snapshot: TenantSnapshot) => Finding>> = {
  register: mayNotRegister,
  revoke: mayNotRevoke,
  grant: mayNotGrant,
};

function rolesSeen(snapshot: TenantSnapshot, needed: boolean): Finding {
  if (!needed)
    return { id: 'admin', level: 'good', what: 'No change is left that needs the role of an admin.' };
  if (snapshot.adminRoles === undefined) return rolesUnknown;
  return { id: 'admin', level: 'good', what: `The admin's roles are enough: ${roleNames(snapshot)}.` };
}

const rolesUnknown: Finding = {
  id: 'admin-unknown',
  level: 'note',
  what: "The admin's roles could not be read, so whether they are enough is not known.",
  who: 'you',
  next: 'Continue: if they are not enough, Entra refuses the first change that needs more, before a secret is created.',
};

function noRole(snapshot: TenantSnapshot): Finding {
  const closed = snapshot.registrationOpen === false;
  const also = closed ? ' Users may not register applications in this tenant either.' : '';
  return {
    id: 'admin-role',
    level: 'blocks',
    what: `The signed-in account has no role that may do this (it has: ${roleNames(snapshot)}).${also}`,
    who: "the customer's admin",
    next: 'Sign in as a Global Administrator. If the role is only eligible, activate it first: Entra admin center > Identity Governance > Privileged Identity Management > My roles.',
  };
}

function mayNotRegister(snapshot: TenantSnapshot): Finding {
  return {
    id: 'admin-register',
    level: 'blocks',
    what: `The signed-in account may not register applications or make their secrets (it has: ${roleNames(snapshot)}).`,
    who: 'an Application Administrator',
    next: 'Sign in as a Global Administrator, or have an Application Administrator run this first.',
  };
}

function mayNotRevoke(snapshot: TenantSnapshot): Finding {
  return {
    id: 'admin-remove-grants',
    level: 'blocks',
    what: `The signed-in account may not remove permissions of the application (it has: ${roleNames(snapshot)}).`,
    who: 'a Global or Privileged Role Administrator',
    next: 'Sign in as one of them and run this again.',
  };
}

function mayNotGrant(snapshot: TenantSnapshot): Finding {
  return {
    id: 'admin-consent',
    level: 'later',
    what: `The signed-in account may register the application, but not grant Microsoft Graph permissions (it has: ${roleNames(snapshot)}).`,
    who: 'a Global or Privileged Role Administrator',
    next: 'Sign in as one of them to do all in one go. Or go on: the application is registered, you get a consent link for them, and the set-up goes on once they have accepted.',
  };
}

function roleNames({ adminRoles }: TenantSnapshot): string {
  if (adminRoles === undefined) return 'roles that could not be read';
  return adminRoles.length === 0
    ? 'no directory role'
    : adminRoles.map(({ displayName }) => displayName).join(', ');
}
