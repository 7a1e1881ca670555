import type { Caller } from '../caller.ts';
import { type EntraRole, holdsRole } from '../directory-roles.ts';
import type { Person, State } from '../state.ts';
import { faults } from './answer.ts';

/**
 * Who may do what. A signed-in user needs one delegated scope of `scopes` (and one of `alsoScopes`) and one directory
 * role of `roles`; no `roles` means any member. An application needs one of `appRoles` in its token and no directory role.
 * learn.microsoft.com/graph/permissions-reference, learn.microsoft.com/entra/identity/enterprise-apps/grant-admin-consent
 */
interface Rule {
  readonly scopes: readonly string[];
  readonly alsoScopes?: readonly string[];
  readonly appRoles: readonly string[];
  readonly roles?: readonly EntraRole[];
  /** An owner of the object needs no role; an application then gets by with `Application.ReadWrite.OwnedBy`. */
  readonly orOwner?: true;
  /** An owner of the application that it is about gets by with one of these roles. */
  readonly ownersWith?: readonly EntraRole[];
  /** Any member needs no role while users may register applications. */
  readonly orOpenRegistration?: true;
}

const applicationReaders = [
  'Application.Read.All',
  'Application.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
];
const ownedBy = 'Application.ReadWrite.OwnedBy';
const applicationAdmins: readonly EntraRole[] = [
  'Application Administrator',
  'Cloud Application Administrator',
  'Global Administrator',
];
const directoryReaders = ['Directory.Read.All', 'Directory.ReadWrite.All'];
/** With the last one an app sees of the directory what the person sees. */
const directoryScopes = [...directoryReaders, 'Directory.AccessAsUser.All'];
const userReaders = ['User.Read.All', 'User.ReadWrite.All'];

const granting = {
  scopes: ['AppRoleAssignment.ReadWrite.All'],
  alsoScopes: applicationReaders,
  appRoles: ['AppRoleAssignment.ReadWrite.All'],
};

const acts = {
  'read applications': { scopes: applicationReaders, appRoles: [...applicationReaders, ownedBy] },
  'create application': {
    scopes: ['Application.ReadWrite.All'],
    appRoles: ['Application.ReadWrite.All', ownedBy],
    roles: [...applicationAdmins, 'Application Developer'],
    orOpenRegistration: true,
  },
  'change application': {
    scopes: ['Application.ReadWrite.All'],
    appRoles: ['Application.ReadWrite.All'],
    roles: applicationAdmins,
    orOwner: true,
  },
  /** learn.microsoft.com/graph/api/serviceprincipal-upsert */
  'create service principal': {
    scopes: ['Application.ReadWrite.All'],
    appRoles: ['Application.ReadWrite.All', ownedBy],
    roles: applicationAdmins,
    ownersWith: ['Application Developer'],
  },
  'change service principal': {
    scopes: ['Application.ReadWrite.All'],
    appRoles: ['Application.ReadWrite.All', ownedBy],
    roles: applicationAdmins,
  },
  'purge deleted items': {
    scopes: ['Application.ReadWrite.All'],
    appRoles: ['Application.ReadWrite.All'],
    roles: ['Application Administrator', 'Global Administrator'],
  },
  /** Application Administrators may consent to everything except Graph's own application roles. */
  'grant Graph application role': {
    ...granting,
    roles: ['Privileged Role Administrator', 'Global Administrator'],
  },
  'grant other application role': {
    ...granting,
    roles: [...applicationAdmins, 'Privileged Role Administrator'],
  },
  'read organization': {
    scopes: ['User.Read', 'Organization.Read.All', ...directoryScopes],
    appRoles: ['Organization.Read.All', ...directoryReaders],
  },
  'read organization in full': {
    scopes: ['Organization.Read.All', ...directoryScopes],
    appRoles: ['Organization.Read.All', ...directoryReaders],
  },
  'read directory': { scopes: directoryScopes, appRoles: directoryReaders },
  'read me': {
    scopes: ['User.Read', ...userReaders, 'User.ReadBasic.All', ...directoryScopes],
    appRoles: [],
  },
  'read users': {
    scopes: [...userReaders, 'User.ReadBasic.All', ...directoryScopes],
    appRoles: [...userReaders, 'User.ReadBasic.All', ...directoryReaders],
  },
  'read users in full': {
    scopes: [...userReaders, ...directoryScopes],
    appRoles: [...userReaders, ...directoryReaders],
  },
  'read roles': {
    scopes: ['RoleManagement.Read.Directory', ...directoryScopes],
    appRoles: ['RoleManagement.Read.Directory', ...directoryReaders],
  },
  'read sign-in reports': {
    scopes: ['AuditLog.Read.All', 'Directory.Read.All'],
    appRoles: ['AuditLog.Read.All', 'Directory.Read.All'],
    roles: ['Global Administrator', 'Global Reader', 'Security Administrator'],
  },
  /** learn.microsoft.com/graph/api/tenantappmanagementpolicy-get */
  'read policy on secrets': {
    scopes: ['Policy.Read.All'],
    appRoles: ['Policy.Read.All'],
    roles: [...applicationAdmins, 'Security Administrator', 'Global Reader'],
  },
  'read policies': { scopes: ['Policy.Read.All'], appRoles: ['Policy.Read.All'] },
  'change policies': {
    scopes: ['Policy.ReadWrite.ApplicationConfiguration'],
    appRoles: ['Policy.ReadWrite.ApplicationConfiguration'],
    roles: ['Security Administrator', 'Global Administrator'],
  },
  'read permission grants': {
    scopes: ['DelegatedPermissionGrant.ReadWrite.All', ...directoryScopes],
    appRoles: ['DelegatedPermissionGrant.ReadWrite.All', ...directoryReaders],
  },
  'change permission grants': {
    scopes: ['DelegatedPermissionGrant.ReadWrite.All'],
    appRoles: ['DelegatedPermissionGrant.ReadWrite.All'],
    roles: [...applicationAdmins, 'Privileged Role Administrator'],
  },
} as const satisfies Readonly<Record<string, Rule>>;

export type Act = keyof typeof acts;

/** Throws 403 unless `caller` may do `act`; `owners` are those of the object it is about. */
export function requireAct(state: State, caller: Caller, act: Act, owners?: readonly string[]): void {
  if (!mayDo(state, caller, act, owners)) throw faults.forbidden();
}

export function mayDo(state: State, caller: Caller, act: Act, owners: readonly string[] = []): boolean {
  const rule: Rule = acts[act];
  if (caller.kind === 'app') {
    const owns =
      rule.orOwner === true && owners.includes(caller.servicePrincipal.id) && caller.roles.has(ownedBy);
    return owns || rule.appRoles.some((role) => caller.roles.has(role));
  }
  const scoped = (scopes: readonly string[]): boolean => scopes.some((scope) => caller.scopes.has(scope));
  if (!scoped(rule.scopes) || (rule.alsoScopes && !scoped(rule.alsoScopes))) return false;
  if (rule.roles === undefined) return true;
  if (owners.includes(caller.person.id) && mayAsOwner(rule, caller.person)) return true;
  if (rule.orOpenRegistration && state.usersMayRegisterApplications && caller.person.kind !== 'guest')
    return true;
  return holdsRole(caller.person, ...rule.roles);
}

function mayAsOwner({ orOwner, ownersWith }: Rule, person: Person): boolean {
  return orOwner === true || (ownersWith !== undefined && holdsRole(person, ...ownersWith));
}
