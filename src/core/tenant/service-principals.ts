import * as z from 'zod/mini';
import { EntraId } from '../customer/tenant-name.ts';
import { type Certificate, type ClientSecret, CredentialsBody, credentialsIn } from './access.ts';
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
  /** A service principal may have credentials of its own, beside those of its application. */
  readonly secrets: readonly ClientSecret[];
  readonly certificates: readonly Certificate[];
  readonly enabled: boolean;
}

const AppRole = z.object({
  id: z.string(),
  value: z.nullish(z.string()),
  isEnabled: z.boolean(),
  allowedMemberTypes: z.array(z.string()),
});

const GraphBody = z.object({ id: EntraId, appRoles: z.array(AppRole) });
const OurBody = z.object({ id: EntraId, accountEnabled: z.nullish(z.boolean()), ...CredentialsBody });

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

/** Its object id alone: its roles are most of an answer, and a table of ours has them. */
export const graphObjectId: Question<string> = {
  path: `/servicePrincipals(appId=${odata(graphAppId)})?$select=id`,
  read: (answer) => bodyOf(answer, z.object({ id: EntraId })).id,
};

export const ourServicePrincipal = (clientId: string): Question<OurServicePrincipal | undefined> => ({
  path: `/servicePrincipals(appId=${odata(clientId)})?$select=id,appId,accountEnabled,passwordCredentials,keyCredentials`,
  read(answer) {
    const body = bodyIfFound(answer, OurBody);
    return body && { objectId: body.id, enabled: body.accountEnabled ?? true, ...credentialsIn(body) };
  },
});
