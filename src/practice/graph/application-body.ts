import * as z from 'zod/mini';
import { anyGuid, type BodyOf } from './body.ts';

/** Request bodies of /applications: learn.microsoft.com/graph/api/resources/application. */

const text = (longest: number) => z.string().check(z.minLength(1), z.maxLength(longest));
const texts = z.array(z.string());
const loose = z.array(z.record(z.string(), z.unknown()));
const instant = z.iso.datetime({ offset: true });

const requiredResourceAccess = z
  .array(
    z.strictObject({
      resourceAppId: anyGuid,
      resourceAccess: z.array(z.strictObject({ id: anyGuid, type: z.enum(['Role', 'Scope']) })),
    }),
  )
  .check(
    z.maxLength(50),
    z.refine((apis) => apis.reduce((sum, api) => sum + api.resourceAccess.length, 0) <= 400),
  );

const passwordCredential = z.strictObject({
  displayName: z.nullish(z.string().check(z.maxLength(256))),
  startDateTime: z.nullish(instant),
  endDateTime: z.nullish(instant),
});
export type PasswordCredential = z.infer<typeof passwordCredential>;

const changeable = {
  description: z.nullish(z.string().check(z.maxLength(1024))),
  signInAudience: z.optional(
    z.enum([
      'AzureADMyOrg',
      'AzureADMultipleOrgs',
      'AzureADandPersonalMicrosoftAccount',
      'PersonalMicrosoftAccount',
    ]),
  ),
  tags: z.optional(z.array(text(256))),
  notes: z.nullish(z.string().check(z.maxLength(1024))),
  serviceManagementReference: z.nullish(z.string()),
  uniqueName: z.nullish(text(256)),
  identifierUris: z.optional(texts),
  groupMembershipClaims: z.nullish(z.string()),
  isFallbackPublicClient: z.nullish(z.boolean()),
  isDeviceOnlyAuthSupported: z.nullish(z.boolean()),
  requiredResourceAccess: z.optional(requiredResourceAccess),
  web: z.optional(
    z.strictObject({
      redirectUris: z.optional(texts),
      homePageUrl: z.nullish(z.string()),
      logoutUrl: z.nullish(z.string()),
      implicitGrantSettings: z.optional(
        z.strictObject({
          enableIdTokenIssuance: z.optional(z.boolean()),
          enableAccessTokenIssuance: z.optional(z.boolean()),
        }),
      ),
    }),
  ),
  spa: z.optional(z.strictObject({ redirectUris: texts })),
  publicClient: z.optional(z.strictObject({ redirectUris: texts })),
  api: z.optional(
    z.strictObject({
      requestedAccessTokenVersion: z.nullish(z.number()),
      acceptMappedClaims: z.nullish(z.boolean()),
      knownClientApplications: z.optional(texts),
      oauth2PermissionScopes: z.optional(loose),
      preAuthorizedApplications: z.optional(loose),
    }),
  ),
  appRoles: z.optional(loose),
  addIns: z.optional(loose),
  keyCredentials: z.optional(loose),
  optionalClaims: z.nullish(z.record(z.string(), z.unknown())),
  info: z.optional(
    z.strictObject({
      termsOfServiceUrl: z.nullish(z.string()),
      supportUrl: z.nullish(z.string()),
      privacyStatementUrl: z.nullish(z.string()),
      marketingUrl: z.nullish(z.string()),
    }),
  ),
  parentalControlSettings: z.optional(
    z.strictObject({ countriesBlockedForMinors: texts, legalAgeGroupRule: z.string() }),
  ),
};

export const newApplication = z.strictObject({
  ...changeable,
  displayName: text(256),
  passwordCredentials: z.optional(z.array(passwordCredential)),
  'owners@odata.bind': z.optional(texts),
});
export type NewApplication = z.infer<typeof newApplication>;

/** An upsert that creates: like `newApplication`, but secrets come by addPassword alone. */
export const upsertedApplication = z.strictObject({ ...changeable, displayName: text(256) });

export const applicationChange = z.strictObject({ ...changeable, displayName: z.optional(text(256)) });
export type ApplicationChange = z.infer<typeof applicationChange>;

export const addPasswordBody = z.strictObject({ passwordCredential: z.nullish(passwordCredential) });
export const removePasswordBody = z.strictObject({ keyId: anyGuid });

export const ofApplication: BodyOf = {
  resource: 'Application',
  readOnly: [
    'id',
    'appId',
    'applicationTemplateId',
    'createdDateTime',
    'deletedDateTime',
    'publisherDomain',
    'passwordCredentials',
    'samlMetadataUrl',
    'tokenEncryptionKeyId',
    'verifiedPublisher',
  ],
};
