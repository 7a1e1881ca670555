import * as z from 'zod/mini';
import { bodyIfReadable, type Question } from './question.ts';

/** learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference */
export const roleTemplates = {
  globalAdministrator: '62e90394-69f5-4237-9190-012177145e10',
  privilegedRoleAdministrator: 'e8611ab8-c189-46e8-94e1-60213ab1f814',
  applicationAdministrator: '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
  cloudApplicationAdministrator: '158c047a-c907-4556-b7ef-446551a6b5f7',
} as const;

const roleNames: Readonly<Record<string, string | undefined>> = {
  [roleTemplates.globalAdministrator]: 'Global Administrator',
  [roleTemplates.privilegedRoleAdministrator]: 'Privileged Role Administrator',
  [roleTemplates.applicationAdministrator]: 'Application Administrator',
  [roleTemplates.cloudApplicationAdministrator]: 'Cloud Application Administrator',
};

const Body = z.object({
  value: z.array(z.object({ displayName: z.nullish(z.string()), roleTemplateId: z.string() })),
});

export interface DirectoryRole {
  readonly templateId: string;
  readonly displayName: string;
}

/**
 * The active directory roles of the signed-in admin, groups included; `undefined` where they may not be read. The cast to
 * directoryRole is refused without `$count` and the header (learn.microsoft.com/graph/aad-advanced-queries).
 */
export const directoryRoles = directoryRolesOf('/me');

/** Of a person: `/me`, or `/users/ID`. */
export function directoryRolesOf(person: string): Question<DirectoryRole[] | undefined> {
  return {
    path: `${person}/transitiveMemberOf/microsoft.graph.directoryRole?$count=true&$select=id,displayName,roleTemplateId`,
    headers: { ConsistencyLevel: 'eventual' },
    read: (answer) =>
      bodyIfReadable(answer, Body)?.value.map(({ displayName, roleTemplateId }) => ({
        templateId: roleTemplateId,
        displayName: displayName ?? roleTemplateId,
      })),
  };
}

/**
 * The roles that the directory lists, and those of the token (`wids`) that matter here. Each has been seen without some that the
 * other has: a role held through a group is missing in the list (github.com/KelvinTegelaar/CIPP-API/issues/658), one that was
 * activated after the sign-in is missing in the token.
 */
export function uniteRoles(
  listed: readonly DirectoryRole[] | undefined,
  wids: readonly string[],
): readonly DirectoryRole[] | undefined {
  const inToken = wids.flatMap((templateId) => {
    const displayName = roleNames[templateId];
    return displayName === undefined ? [] : [{ templateId, displayName }];
  });
  const more = inToken.filter(({ templateId }) => !listed?.some((role) => role.templateId === templateId));
  return listed === undefined && more.length === 0 ? undefined : [...(listed ?? []), ...more];
}
