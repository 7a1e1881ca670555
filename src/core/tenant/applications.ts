import * as z from 'zod/mini';
import { bodyIfFound, bodyIfReadable, odata, type Question } from './question.ts';
import { graphAppId } from './service-principals.ts';

export interface ClientSecret {
  readonly keyId: string;
  readonly hint: string;
  readonly displayName: string;
  /** ISO 8601; empty where Graph does not tell. */
  readonly startsAt: string;
  /** ISO 8601. */
  readonly expiresAt: string;
}

/** The application that this tool registered, found by its `uniqueName`. */
export interface OurApplication {
  readonly objectId: string;
  readonly clientId: string;
  readonly uniqueName: string;
  readonly displayName: string;
  readonly createdAt: string;
  readonly signInAudience: string;
  /** App role ids of Microsoft Graph that the registration asks for. */
  readonly requestedRoleIds: readonly string[];
  /** Requests for other APIs than Microsoft Graph, kept as they are. */
  readonly otherRequests: readonly unknown[];
  readonly secrets: readonly ClientSecret[];
}

/** Another application of the same display name: shown, never adopted. */
export interface NamedApplication {
  readonly clientId: string;
  readonly displayName: string;
  readonly uniqueName: string | undefined;
  readonly createdAt: string | undefined;
  readonly deletedAt: string | undefined;
}

const Access = z.looseObject({ id: z.string(), type: z.string() });
const Requested = z.looseObject({ resourceAppId: z.string(), resourceAccess: z.array(Access) });

const Application = z.object({
  id: z.string(),
  appId: z.string(),
  uniqueName: z.string(),
  displayName: z.string(),
  createdDateTime: z.string(),
  signInAudience: z.string(),
  requiredResourceAccess: z.array(Requested),
  passwordCredentials: z.array(
    z.object({
      keyId: z.string(),
      hint: z.nullish(z.string()),
      displayName: z.nullish(z.string()),
      startDateTime: z.nullish(z.string()),
      endDateTime: z.string(),
    }),
  ),
});

const Named = z.object({
  value: z.array(
    z.object({
      appId: z.string(),
      displayName: z.nullish(z.string()),
      uniqueName: z.nullish(z.string()),
      createdDateTime: z.nullish(z.string()),
      deletedDateTime: z.nullish(z.string()),
    }),
  ),
});

const select = Object.keys(Application.shape).join(',');

export const ourApplication = (uniqueName: string): Question<OurApplication | undefined> => ({
  path: `/applications(uniqueName=${odata(uniqueName)})?$select=${select}`,
  read(answer) {
    const body = bodyIfFound(answer, Application);
    if (!body) return undefined;
    const ofGraph = body.requiredResourceAccess.filter(({ resourceAppId }) => resourceAppId === graphAppId);
    return {
      objectId: body.id,
      clientId: body.appId,
      uniqueName: body.uniqueName,
      displayName: body.displayName,
      createdAt: body.createdDateTime,
      signInAudience: body.signInAudience,
      requestedRoleIds: ofGraph.flatMap(({ resourceAccess }) => resourceAccess.map(({ id }) => id)),
      otherRequests: body.requiredResourceAccess.filter(({ resourceAppId }) => resourceAppId !== graphAppId),
      secrets: body.passwordCredentials.map((secret) => ({
        keyId: secret.keyId,
        hint: secret.hint ?? '',
        displayName: secret.displayName ?? '',
        startsAt: secret.startDateTime ?? '',
        expiresAt: secret.endDateTime,
      })),
    };
  },
});

const namedSelect = 'id,appId,displayName,uniqueName,createdDateTime,deletedDateTime';

/** Display names are not unique in Entra, so this is information, not identity. */
export const applicationsNamed = (displayName: string): Question<NamedApplication[]> => ({
  path: `/applications?$filter=displayName eq ${odata(displayName)}&$select=${namedSelect}`,
  read: (answer) => named(bodyIfReadable(answer, Named)),
});

export const deletedApplicationsNamed = (displayName: string): Question<NamedApplication[]> => ({
  path: `/directory/deletedItems/microsoft.graph.application?$filter=displayName eq ${odata(displayName)}&$select=${namedSelect}`,
  read: (answer) => named(bodyIfReadable(answer, Named)),
});

function named(body: z.infer<typeof Named> | undefined): NamedApplication[] {
  return (body?.value ?? []).map((found) => ({
    clientId: found.appId,
    displayName: found.displayName ?? '',
    uniqueName: found.uniqueName ?? undefined,
    createdAt: found.createdDateTime ?? undefined,
    deletedAt: found.deletedDateTime ?? undefined,
  }));
}
