import * as z from 'zod/mini';
import { EntraId } from '../customer/tenant-name.ts';
import { bodyIfFound, odata, type Question } from './question.ts';

/** An application permission that our app holds in the tenant (an appRoleAssignment). */
export interface Grant {
  readonly id: string;
  readonly resourceObjectId: string;
  readonly resourceName: string;
  readonly appRoleId: string;
}

const Body = z.object({
  value: z.array(
    z.object({
      id: z.string(),
      resourceId: EntraId,
      appRoleId: EntraId,
      resourceDisplayName: z.nullish(z.string()),
    }),
  ),
});

export const grantsOf = (clientId: string): Question<Grant[]> => ({
  path: `/servicePrincipals(appId=${odata(clientId)})/appRoleAssignments?$top=999`,
  read: (answer) =>
    (bodyIfFound(answer, Body)?.value ?? []).map(({ id, resourceId, resourceDisplayName, appRoleId }) => ({
      id,
      resourceObjectId: resourceId,
      resourceName: resourceDisplayName ?? resourceId,
      appRoleId,
    })),
});
