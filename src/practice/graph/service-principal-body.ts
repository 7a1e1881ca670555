import * as z from 'zod/mini';
import { anyGuid, type BodyOf } from './body.ts';

/** Request bodies of /servicePrincipals: learn.microsoft.com/graph/api/resources/serviceprincipal. */
const changeable = {
  accountEnabled: z.optional(z.boolean()),
  alternativeNames: z.optional(z.array(z.string())),
  appRoleAssignmentRequired: z.optional(z.boolean()),
  description: z.nullish(z.string().check(z.maxLength(1024))),
  displayName: z.optional(z.string().check(z.minLength(1), z.maxLength(256))),
  homepage: z.nullish(z.string()),
  notes: z.nullish(z.string().check(z.maxLength(1024))),
  preferredSingleSignOnMode: z.nullish(z.enum(['password', 'saml', 'notSupported', 'oidc'])),
  replyUrls: z.optional(z.array(z.string())),
  servicePrincipalNames: z.optional(z.array(z.string())),
  tags: z.optional(z.array(z.string().check(z.maxLength(256)))),
};
export const newServicePrincipal = z.strictObject({ ...changeable, appId: anyGuid });
export const servicePrincipalChange = z.strictObject({ ...changeable, appId: z.optional(anyGuid) });

export const ofServicePrincipal: BodyOf = {
  resource: 'ServicePrincipal',
  readOnly: [
    'id',
    'appDisplayName',
    'appOwnerOrganizationId',
    'appRoles',
    'deletedDateTime',
    'signInAudience',
  ],
};
