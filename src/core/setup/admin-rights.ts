import type { DirectoryRole } from '../tenant/directory-roles.ts';
import { roleTemplates } from '../tenant/directory-roles.ts';

const {
  globalAdministrator,
  privilegedRoleAdministrator,
  applicationAdministrator,
  cloudApplicationAdministrator,
} = roleTemplates;

/** What a change takes, in the order in which a lack of it stops a run. */
export const rights = ['register', 'revoke', 'grant'] as const;
export type AdminRight = (typeof rights)[number];

/**
 * Graph's application permissions are the one thing that Application Administrators may not consent to
 * (learn.microsoft.com/entra/identity/enterprise-apps/grant-admin-consent).
 */
const granters: readonly string[] = [globalAdministrator, privilegedRoleAdministrator];

const holders: Readonly<Record<AdminRight, readonly string[]>> = {
  /** Registering applications, their secrets and service principals. */
  register: [globalAdministrator, applicationAdministrator, cloudApplicationAdministrator],
  grant: granters,
  revoke: granters,
};

/** Whether such a role was seen; where none could be read, it is taken to be there. The tenant has the last word either way. */
export function hasRight(roles: readonly DirectoryRole[] | undefined, right: AdminRight): boolean {
  return roles === undefined || roles.some(({ templateId }) => holders[right].includes(templateId));
}
