import moreAppRoles from './more-app-roles.json' with { type: 'json' };

/** Microsoft Graph's own appId, the same in every tenant. */
export const graphClientId = '00000003-0000-0000-c000-000000000000';

export interface GraphPermission {
  readonly value: string;
  /** Id as an application permission (app role). */
  readonly role?: string;
  /** Id as a delegated permission (scope). */
  readonly scope?: string;
  /** Whether the delegated permission needs an administrator's consent. */
  readonly adminOnly?: boolean;
  readonly displayName: string;
  readonly does: string;
}

/** Ids as published in learn.microsoft.com/graph/permissions-reference. */
const describedPermissions: readonly GraphPermission[] = [
  {
    value: 'Directory.Read.All',
    role: '7ab1d382-f21e-4acd-a863-ba3e13f7da61',
    scope: '06da0dbc-49e2-44d2-8312-53f166ab848a',
    adminOnly: true,
    displayName: 'Read directory data',
    does: "read data in your organization's directory, such as users, groups and apps",
  },
  {
    value: 'Directory.ReadWrite.All',
    role: '19dbc75e-c2e2-444c-a770-ec69d8559fc7',
    scope: 'c5366453-9fb0-48a5-a156-24f0c49a4b84',
    adminOnly: true,
    displayName: 'Read and write directory data',
    does: "read and write data in your organization's directory, such as users and groups",
  },
  {
    value: 'User.Read.All',
    role: 'df021288-bdef-4463-88db-98f22de89214',
    scope: 'a154be20-db9c-4678-8ab7-66f6cc099a59',
    adminOnly: true,
    displayName: "Read all users' full profiles",
    does: 'read the full set of profile properties, group membership, reports and managers of other users',
  },
  {
    value: 'User.ReadBasic.All',
    role: '97235f07-e226-4f63-ace3-39588e11d3a1',
    scope: 'b340eb25-3456-403f-be2f-af7a0d370277',
    displayName: "Read all users' basic profiles",
    does: 'read a basic set of profile properties of other users',
  },
  {
    value: 'User.Read',
    scope: 'e1fe6dd8-ba31-4d61-89e7-88639da4683d',
    displayName: 'Sign in and read user profile',
    does: 'sign in and read the profile of signed-in users',
  },
  {
    value: 'Mail.ReadWrite',
    role: 'e2a3a72e-5f79-4c64-b1b1-878b674786c9',
    scope: '024d486e-b451-40bb-833d-3e66d98c5c73',
    displayName: 'Read and write mail in all mailboxes',
    does: 'create, read, update and delete mail. Does not include permission to send mail',
  },
  {
    value: 'Mail.Send',
    role: 'b633e1c5-b582-4048-a93e-9f11b44c7e96',
    scope: 'e383f46e-2787-4529-855e-0e479a3ffac0',
    displayName: 'Send mail as any user',
    does: 'send mail as any user',
  },
  {
    value: 'Mail.Read',
    role: '810c84a8-4a9e-49e6-bf7d-12d183f40d01',
    scope: '570282fd-fa5c-430d-a7fd-fc8dc98a9dca',
    displayName: 'Read mail in all mailboxes',
    does: 'read mail in mailboxes',
  },
  {
    value: 'Mail-Advanced.ReadWrite.All',
    role: 'e118f1da-5c1c-46cf-bff6-8858d786f46f',
    displayName: 'Read and write mail, including changes to received mail',
    does: 'create, read, update and delete mail in all mailboxes, and change mail that was sent or received',
  },
  {
    value: 'Mail.Send.Shared',
    scope: 'a367ab51-6b49-43bf-a716-a1fb06d2a174',
    displayName: 'Send mail on behalf of others',
    does: 'send mail as the signed-in user, including sending on behalf of others',
  },
  {
    value: 'Mail.Read.Shared',
    scope: '7b9103a5-4610-446b-9670-80643382c1fa',
    displayName: 'Read user and shared mail',
    does: 'read mail a user can access, including their own and shared mail',
  },
  {
    value: 'Application.Read.All',
    role: '9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30',
    scope: 'c79f8feb-a9db-4090-85f9-90d820caa0eb',
    adminOnly: true,
    displayName: 'Read all applications',
    does: 'read all applications and service principals',
  },
  {
    value: 'Application.ReadWrite.All',
    role: '1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9',
    scope: 'bdfbf15f-ee85-4955-8675-146e8e5296b5',
    adminOnly: true,
    displayName: 'Read and write all applications',
    does: 'create, read, update and delete applications and service principals. Does not allow management of consent grants',
  },
  {
    value: 'Application.ReadWrite.OwnedBy',
    role: '18a4783c-866b-4cc7-a460-3d5e5662c884',
    displayName: 'Manage apps that this app creates or owns',
    does: 'create other applications, and fully manage those applications. It cannot update any apps that it is not an owner of',
  },
  {
    value: 'AppRoleAssignment.ReadWrite.All',
    role: '06b708a9-e830-4db3-a914-8e69da51d44f',
    scope: '84bccea3-f856-4a8a-967b-dbe0a3d53a64',
    adminOnly: true,
    displayName: 'Manage app permission grants and app role assignments',
    does: 'manage permission grants for application permissions to any API and application assignments for any app',
  },
  {
    value: 'DelegatedPermissionGrant.ReadWrite.All',
    role: '8e8e4742-1d95-4f68-9d56-6ee75648c72a',
    scope: '41ce6ca6-6826-4807-84f1-1c82854f7ee5',
    adminOnly: true,
    displayName: 'Manage all delegated permission grants',
    does: 'manage permission grants for delegated permissions exposed by any API',
  },
  {
    value: 'Organization.Read.All',
    role: '498476ce-e0fe-48b0-b801-37ba7e2685c6',
    scope: '4908d5b9-3fb2-4b1e-9336-1888b7937185',
    adminOnly: true,
    displayName: 'Read organization information',
    does: 'read the organization and related resources, such as subscribed skus and tenant branding information',
  },
  {
    value: 'Policy.Read.All',
    role: '246dd0d5-5bd0-4def-940b-0421030a5b68',
    scope: '572fea84-0151-49b2-9301-11cb16974376',
    adminOnly: true,
    displayName: "Read your organization's policies",
    does: "read all your organization's policies",
  },
  {
    value: 'Policy.ReadWrite.ApplicationConfiguration',
    role: 'be74164b-cff1-491c-8741-e671cb536e13',
    scope: 'b27add92-efb2-4f16-84f5-8108ba77985c',
    adminOnly: true,
    displayName: "Read and write your organization's application configuration policies",
    does: "read and write your organization's application configuration policies",
  },
  {
    value: 'RoleManagement.Read.Directory',
    role: '483bed4a-2ad3-4361-a73b-c83ccdbdc53c',
    scope: '741c54c3-0c1e-44a1-818b-3f97ab4e8c83',
    adminOnly: true,
    displayName: 'Read all directory RBAC settings',
    does: "read the role-based access control (RBAC) settings for your company's directory",
  },
  {
    value: 'Domain.Read.All',
    role: 'dbb9058a-0e50-45d7-ae91-66909b5d4664',
    scope: '2f9ee017-59c1-4f1d-9472-bd5529a7b311',
    adminOnly: true,
    displayName: 'Read domains',
    does: 'read all domain properties',
  },
  {
    value: 'AuditLog.Read.All',
    role: 'b0afded3-3588-46d8-8b3d-9842eff778da',
    scope: 'e4c9e354-4dc5-45b8-9e7c-e1393b0b1a20',
    adminOnly: true,
    displayName: 'Read all audit log data',
    does: 'read and query your audit log activities',
  },
  {
    value: 'Directory.AccessAsUser.All',
    scope: '0e263e50-5827-48a4-b97c-d940288653c7',
    adminOnly: true,
    displayName: 'Access the directory as you',
    does: 'have the same access to information in the directory as the signed-in user',
  },
  {
    value: 'Group.ReadWrite.All',
    role: '62a82d76-70ea-41e2-9197-370581804d09',
    scope: '4e46008b-f24c-477d-8fff-7bb4ec7aafe0',
    adminOnly: true,
    displayName: 'Read and write all groups',
    does: 'create groups, and read and change all of them',
  },
  {
    value: 'User.ReadWrite.All',
    role: '741f803b-c850-494e-b5df-cde7c675a1ca',
    scope: '204e0828-b5ca-4ad8-b9f3-f32a958e7cc4',
    adminOnly: true,
    displayName: "Read and write all users' full profiles",
    does: 'read and change the full set of profile properties of all users',
  },
  {
    value: 'openid',
    scope: '37f7f235-527c-4136-accd-4a02d197296e',
    displayName: 'Sign users in',
    does: 'sign users in with their work or school accounts',
  },
  {
    value: 'profile',
    scope: '14dad69e-099b-42c9-810b-d002981feec1',
    displayName: "View users' basic profile",
    does: "see the users' basic profile (name, picture, user name, email address)",
  },
  {
    value: 'email',
    scope: '64a6cdd6-aab1-4aaf-94b8-3cc8405e90d0',
    displayName: "View users' email address",
    does: "read the users' primary email address",
  },
  {
    value: 'offline_access',
    scope: '7427e0e9-2fba-42fe-b0c0-848c9e6a8182',
    displayName: 'Maintain access to data you have given it access to',
    does: 'see and update the data users gave it access to, even when they are not currently using the app',
  },
];

/** So many that no `$batch` holds all of them. Nothing is played that they open. */
const otherRoles = Object.entries(moreAppRoles).map(
  ([value, role]): GraphPermission => ({ value, role, displayName: value, does: `use what ${value} opens` }),
);

export const graphPermissions: readonly GraphPermission[] = [...describedPermissions, ...otherRoles];

export const graphScopeValues: readonly string[] = graphPermissions
  .filter((permission) => permission.scope !== undefined)
  .map((permission) => permission.value);

export function scopeNeedsAdmin(value: string): boolean {
  return graphPermissions.some((permission) => permission.value === value && permission.adminOnly === true);
}
