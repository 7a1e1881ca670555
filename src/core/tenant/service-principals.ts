import * as z from 'zod/mini';
import { bodyIfFound, bodyOf, odata, type Question } from './question.ts';

/** Microsoft Graph's application id, the same in every tenant; its service principal's object id differs. */
export const graphAppId = '00000003-0000-0000-c000-000000000000';

export interface GraphServicePrincipal {
  readonly objectId: string;
  /** Application permission name -> app role id. */
  readonly appRoles: ReadonlyMap<string, string>;
}

export interface OurServicePrincipal {
  readonly objectId: string;
  readonly enabled: boolean;
}

const AppRole = z.object({
  id: z.string(),
  value: z.nullish(z.string()),
  isEnabled: z.boolean(),
  allowedMemberTypes: z.array(z.string()),
});

const GraphBody = z.object({ id: z.string(), appRoles: z.array(AppRole) });
const OurBody = z.object({ id: z.string(), accountEnabled: z.nullish(z.boolean()) });

export const graphServicePrincipal: Question<GraphServicePrincipal> = {
  path: `/servicePrincipals(appId=${odata(graphAppId)})?$select=id,appId,appRoles`,
  read(answer) {
    const { id, appRoles } = bodyOf(answer, GraphBody);
    const grantable = appRoles.filter(
      (role) => role.isEnabled && role.allowedMemberTypes.includes('Application'),
    );
    return { objectId: id, appRoles: new Map(grantable.map((role) => [role.value ?? role.id, role.id])) };
  },
};

export const ourServicePrincipal = (clientId: string): Question<OurServicePrincipal | undefined> => ({
  path: `/servicePrincipals(appId=${odata(clientId)})?$select=id,appId,accountEnabled`,
  read(answer) {
    const body = bodyIfFound(answer, OurBody);
    return body && { objectId: body.id, enabled: body.accountEnabled ?? true };
  },
});
