import type { DirectoryRole } from '../tenant/directory-roles.ts';
import { roleTemplates } from '../tenant/directory-roles.ts';

const {
  globalAdministrator,
  privilegedRoleAdministrator,
  applicationAdministrator,
  cloudApplicationAdministrator,
} = roleTemplates;

/**
 * Graph's application permissions are the one thing that Application Administrators may not consent to
 * (learn.microsoft.com/entra/identity/enterprise-apps/grant-admin-consent). Roles that cannot be read are taken for
 * enough: the tenant then says no itself, before a secret exists.
 */
export function canGrant(roles: readonly DirectoryRole[] | undefined): boolean {
  return holds(roles, globalAdministrator, privilegedRoleAdministrator);
}

/** Registering applications, their secrets and service principals. */
export function canRegister(roles: readonly DirectoryRole[] | undefined): boolean {
  return holds(roles, globalAdministrator, applicationAdministrator, cloudApplicationAdministrator);
}

function holds(roles: readonly DirectoryRole[] | undefined, ...anyOf: string[]): boolean {
  return roles === undefined || roles.some(({ templateId }) => anyOf.includes(templateId));
}
