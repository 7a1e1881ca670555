import type { Customer } from '../../customer/customer.ts';
import type { TenantSnapshot } from '../../tenant/snapshot.ts';
import { say, type Value } from '../../words/say.ts';
import { type AdminRight, hasRight, rights } from '../admin-rights.ts';
import type { Existing } from '../existing.ts';
import type { Finding } from '../finding.ts';
import { removalSteps, steps } from '../steps.ts';

/** Whether the signed-in admin's roles are enough for what is still to be done, and for that only. */
export function adminFindings(customer: Customer, existing: Existing, now: number): Finding[] {
  const { snapshot } = existing;
  const list = existing.removal ? removalSteps : steps;
  const open = list.filter((step) => step.plan(customer, existing, now).length > 0);
  const needed = rights.filter((right) => open.some((step) => step.right === right));
  const missing = needed.filter((right) => !hasRight(snapshot.adminRoles, right));
  const [first] = missing;
  if (first === undefined) return [rolesSeen(snapshot, needed.length > 0)];
  const hasAny = rights.some((right) => hasRight(snapshot.adminRoles, right));
  return [hasAny ? lacks[first](snapshot) : noRole(snapshot)];
}

const lacks: Readonly<Record<AdminRight, (snapshot: TenantSnapshot) => Finding>> = {
  register: mayNotRegister,
  revoke: mayNotRevoke,
  grant: mayNotGrant,
};

function rolesSeen(snapshot: TenantSnapshot, needed: boolean): Finding {
  if (!needed)
    return {
      id: 'admin',
      level: 'good',
      what: say`None of the remaining changes needs an administrator role.`,
    };
  if (snapshot.adminRoles === undefined) return rolesUnknown;
  return { id: 'admin', level: 'good', what: say`Your roles are sufficient: ${roleNames(snapshot)}.` };
}

export const rolesUnknown: Finding = {
  id: 'admin-unknown',
  level: 'note',
  what: say`Your roles could not be read. It is not known whether they are sufficient.`,
  who: 'you',
  next: say`Continue. If they are not sufficient, Entra refuses the first change that needs more, before a secret is created.`,
};

/** A role that is held through a group may be missing in all that can be read, so no lack of one stops a run. */
export const lastWord = say`Roles held through a group may not be shown, so you can also continue: Microsoft Entra refuses what you may not do.`;
const activate = say`If the role is only eligible, activate it first (Entra admin center > Identity Governance > Privileged Identity Management > My roles), then sign in again.`;

function noRole(snapshot: TenantSnapshot): Finding {
  const closed = snapshot.registrationOpen === false;
  const also = closed ? say` Users cannot register applications in this tenant either.` : '';
  return {
    id: 'admin-role',
    level: 'note',
    what: say`No role for this was found on the account you signed in with (found: ${roleNames(snapshot)}).${also}`,
    who: 'you',
    next: say`Sign in as a Global Administrator. ${activate} ${lastWord}`,
  };
}

function mayNotRegister(snapshot: TenantSnapshot): Finding {
  return {
    id: 'admin-register',
    level: 'note',
    what: say`No role was found that lets the account you signed in with register applications or create their secrets (found: ${roleNames(snapshot)}).`,
    who: 'you',
    next: say`Sign in as a Global Administrator, or ask an Application Administrator to run this first. ${lastWord}`,
  };
}

function mayNotRevoke(snapshot: TenantSnapshot): Finding {
  return {
    id: 'admin-remove-grants',
    level: 'note',
    what: say`No role was found that lets the account you signed in with remove permissions of the application (found: ${roleNames(snapshot)}).`,
    who: 'you',
    next: say`Sign in as a Global or Privileged Role Administrator. ${lastWord}`,
  };
}

function mayNotGrant(snapshot: TenantSnapshot): Finding {
  return {
    id: 'admin-consent',
    level: 'later',
    what: say`No role was found that lets the account you signed in with grant Microsoft Graph permissions (found: ${roleNames(snapshot)}).`,
    who: 'a Global or Privileged Role Administrator',
    next: say`Sign in here as a Global Administrator, and everything is done at once. Or accept the consent link: set-up shows it if Microsoft Entra refuses the permissions, and continues when you have accepted.`,
  };
}

export function roleNames({ adminRoles }: TenantSnapshot): Value {
  if (adminRoles === undefined) return say`roles that could not be read`;
  return adminRoles.length === 0 ? say`no directory role` : adminRoles.map(({ displayName }) => displayName);
}
