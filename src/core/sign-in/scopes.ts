import type { Cloud } from '../cloud/clouds.ts';

/** What the admin's token must allow: register the app, grant its permissions, read what pre-flight looks at. */
export const adminScopes = [
  'Application.ReadWrite.All',
  'AppRoleAssignment.ReadWrite.All',
  'Directory.Read.All',
  'Organization.Read.All',
  'Policy.Read.All',
] as const;

/** The same with Graph's address in front; without it Entra takes them for the worldwide Graph's in every cloud. */
export function graphScopes(cloud: Cloud): string[] {
  return adminScopes.map((scope) => `${cloud.graph}/${scope}`);
}

/** The one delegated permission of Azure Resource Manager. */
export const azureScopes = ['user_impersonation'] as const;
