import * as z from 'zod/mini';
import { AnswerInstant } from '../customer/record.ts';
import { EntraId } from '../customer/tenant-name.ts';
import { bodyIfFound, bodyIfReadable, odata, type Question } from './question.ts';

export interface ClientSecret {
  readonly keyId: string;
  readonly hint: string;
  readonly displayName: string;
  /** ISO 8601; empty where Graph does not tell. */
  readonly startsAt: string;
  /** ISO 8601. */
  readonly expiresAt: string;
}

export interface Certificate {
  readonly keyId: string;
  readonly displayName: string;
  readonly expiresAt: string;
}

/** Who may change an application, or its service principal, without a directory role. */
export interface Owner {
  readonly objectId: string;
  /** A sign-in name, or the display name of what is no person. */
  readonly name: string;
  /** Of the service principal alone: the registration, with its secrets, is not theirs to change. */
  readonly ofPrincipalAlone?: true;
}

/** Trust in the tokens of another issuer: as good as a client secret for whoever gets such a token. */
export interface FederatedCredential {
  readonly name: string;
  readonly issuer: string;
  readonly subject: string;
}

/** Delegated permissions that were consented to for an application. */
export interface DelegatedGrant {
  readonly resourceObjectId: string;
  readonly scopes: readonly string[];
}

const PasswordCredentials = z.array(
  z.object({
    keyId: EntraId,
    hint: z.nullish(z.string()),
    displayName: z.nullish(z.string()),
    startDateTime: z.nullish(z.string()),
    endDateTime: AnswerInstant,
  }),
);
const KeyCredentials = z.array(
  z.object({
    keyId: z.nullish(z.string()),
    displayName: z.nullish(z.string()),
    endDateTime: z.nullish(z.string()),
  }),
);

interface Credentials {
  readonly secrets: readonly ClientSecret[];
  readonly certificates: readonly Certificate[];
}

/** Secrets and certificates, which applications and service principals have alike. */
export const CredentialsBody = {
  passwordCredentials: PasswordCredentials,
  keyCredentials: KeyCredentials,
};

export function credentialsIn(body: {
  readonly passwordCredentials: z.infer<typeof PasswordCredentials>;
  readonly keyCredentials: z.infer<typeof KeyCredentials>;
}): Credentials {
  return {
    secrets: body.passwordCredentials.map((secret) => ({
      keyId: secret.keyId,
      hint: secret.hint ?? '',
      displayName: secret.displayName ?? '',
      startsAt: secret.startDateTime ?? '',
      expiresAt: secret.endDateTime,
    })),
    certificates: body.keyCredentials.map((certificate) => ({
      keyId: certificate.keyId ?? '',
      displayName: certificate.displayName ?? '',
      expiresAt: certificate.endDateTime ?? '',
    })),
  };
}

const Owners = z.object({
  value: z.array(
    z.object({
      id: z.string(),
      userPrincipalName: z.nullish(z.string()),
      displayName: z.nullish(z.string()),
    }),
  ),
});

export const ownersOf = (set: 'applications' | 'servicePrincipals', clientId: string): Question<Owner[]> => ({
  path: `/${set}(appId=${odata(clientId)})/owners`,
  read: (answer) =>
    (bodyIfFound(answer, Owners)?.value ?? []).map(({ id, userPrincipalName, displayName }) => ({
      objectId: id,
      name: userPrincipalName ?? displayName ?? id,
      ...(set === 'servicePrincipals' && { ofPrincipalAlone: true as const }),
    })),
});

const Federated = z.object({
  value: z.array(z.object({ name: z.string(), issuer: z.string(), subject: z.nullish(z.string()) })),
});

export const federatedCredentialsOf = (clientId: string): Question<FederatedCredential[]> => ({
  path: `/applications(appId=${odata(clientId)})/federatedIdentityCredentials`,
  read: (answer) =>
    (bodyIfFound(answer, Federated)?.value ?? []).map(({ name, issuer, subject }) => ({
      name,
      issuer,
      subject: subject ?? '',
    })),
});

const Delegated = z.object({
  value: z.array(z.object({ resourceId: z.string(), scope: z.nullish(z.string()) })),
});

/** `undefined` where they may not be read. */
export const delegatedGrantsOf = (clientId: string): Question<DelegatedGrant[] | undefined> => ({
  path: `/servicePrincipals(appId=${odata(clientId)})/oauth2PermissionGrants`,
  read: (answer) =>
    answer.status === 404
      ? []
      : bodyIfReadable(answer, Delegated)?.value.map(({ resourceId, scope }) => ({
          resourceObjectId: resourceId,
          scopes: (scope ?? '').split(' ').filter((each) => each !== ''),
        })),
});
