import * as z from 'zod/mini';
import { AnswerInstant } from '../customer/record.ts';
import { EntraId } from '../customer/tenant-name.ts';
import { type Certificate, type ClientSecret, CredentialsBody, credentialsIn } from './access.ts';
import { bodyIfFound, bodyIfReadable, odata, type Question } from './question.ts';
import { graphAppId } from './service-principals.ts';

/** The application that T&A uses or will use, and what it contains. Whether it is ours is decided elsewhere. */
export interface OurApplication {
  readonly objectId: string;
  readonly clientId: string;
  /** None on one that was registered by hand. */
  readonly uniqueName: string | undefined;
  readonly displayName: string;
  readonly createdAt: string;
  readonly signInAudience: string;
  /** App role ids of Microsoft Graph that the registration asks for. */
  readonly requestedRoleIds: readonly string[];
  /** Requests for other APIs than Microsoft Graph, kept as they are. */
  readonly otherRequests: readonly unknown[];
  readonly secrets: readonly ClientSecret[];
  readonly certificates: readonly Certificate[];
  /** Of all kinds of client. */
  readonly redirectUris: readonly string[];
}

/** Another application of the same display name, or a deleted one: shown, never adopted. */
export interface NamedApplication {
  readonly objectId: string;
  readonly clientId: string;
  readonly displayName: string;
  readonly uniqueName: string | undefined;
  readonly createdAt: string | undefined;
  readonly deletedAt: string | undefined;
}

const Redirects = z.nullish(z.object({ redirectUris: z.nullish(z.array(z.string())) }));

const Access = z.looseObject({ id: z.string(), type: z.string() });
const Requested = z.looseObject({ resourceAppId: z.string(), resourceAccess: z.array(Access) });

const Application = z.object({
  id: EntraId,
  appId: EntraId,
  uniqueName: z.nullish(z.string()),
  displayName: z.string(),
  createdDateTime: AnswerInstant,
  signInAudience: z.string(),
  requiredResourceAccess: z.array(Requested),
  ...CredentialsBody,
  web: Redirects,
  spa: Redirects,
  publicClient: Redirects,
});

const Named = z.object({
  value: z.array(
    z.object({
      id: z.string(),
      appId: z.string(),
      displayName: z.nullish(z.string()),
      uniqueName: z.nullish(z.string()),
      createdDateTime: z.nullish(z.string()),
      deletedDateTime: z.nullish(z.string()),
    }),
  ),
});

const select = Object.keys(Application.shape).join(',');

/** By the name that its maker chose, or by its client id. */
export const ourApplication = (
  by: 'uniqueName' | 'appId',
  value: string,
): Question<OurApplication | undefined> => ({
  path: `/applications(${by}=${odata(value)})?$select=${select}`,
  read(answer) {
    const body = bodyIfFound(answer, Application);
    if (!body) return undefined;
    const ofGraph = body.requiredResourceAccess.filter(({ resourceAppId }) => resourceAppId === graphAppId);
    return {
      objectId: body.id,
      clientId: body.appId,
      uniqueName: body.uniqueName ?? undefined,
      displayName: body.displayName,
      createdAt: body.createdDateTime,
      signInAudience: body.signInAudience,
      requestedRoleIds: ofGraph.flatMap(({ resourceAccess }) => resourceAccess.map(({ id }) => id)),
      otherRequests: body.requiredResourceAccess.filter(({ resourceAppId }) => resourceAppId !== graphAppId),
      ...credentialsIn(body),
      redirectUris: [body.web, body.spa, body.publicClient].flatMap((client) => client?.redirectUris ?? []),
    };
  },
});

const namedSelect = 'id,appId,displayName,uniqueName,createdDateTime,deletedDateTime';

/** Display names are not unique in Entra, so this is information, not identity. */
export const applicationsNamed = (displayName: string): Question<NamedApplication[]> => ({
  path: `/applications?$filter=displayName eq ${odata(displayName)}&$select=${namedSelect}`,
  read: (answer) => named(bodyIfReadable(answer, Named)),
});

/**
 * Those that can still be restored. By display name it finds the most; by unique name or client id also one that was renamed,
 * where Graph takes such a filter: its pages do not say so of the unique name.
 */
export const deletedApplications = (
  by: 'displayName' | 'uniqueName' | 'appId',
  value: string,
): Question<NamedApplication[]> => ({
  path: `/directory/deletedItems/microsoft.graph.application?$filter=${by} eq ${odata(value)}&$select=${namedSelect}`,
  read: (answer) => named(bodyIfReadable(answer, Named)),
});

function named(body: z.infer<typeof Named> | undefined): NamedApplication[] {
  return (body?.value ?? []).map((found) => ({
    objectId: found.id,
    clientId: found.appId,
    displayName: found.displayName ?? '',
    uniqueName: found.uniqueName ?? undefined,
    createdAt: found.createdDateTime ?? undefined,
    deletedAt: found.deletedDateTime ?? undefined,
  }));
}
