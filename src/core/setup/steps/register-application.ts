import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';
import type { GraphAnswer, GraphRequest } from '../../cloud/graph.ts';
import type { Permission } from '../../customer/permissions.ts';
import { AnswerInstant } from '../../customer/record.ts';
import { EntraId } from '../../customer/tenant-name.ts';
import { Preferences } from '../../preferences/preferences.ts';
import { odata } from '../../tenant/question.ts';
import { graphAppId } from '../../tenant/service-principals.ts';
import { uniqueNameTaken } from '../../words/graph.ts';
import { say } from '../../words/say.ts';
import { readServiceError } from '../../words/service-failure.ts';
import { wantedPermissions } from '../permissions.ts';
import type { TenantStep } from '../step.ts';

const { clientId: ClientId } = Preferences.shape.connection.shape;
const Made = z.object({ id: EntraId, appId: ClientId, createdDateTime: AnswerInstant });

export interface RegisterApplication {
  readonly kind: 'register-application';
  readonly how: 'create' | 'update';
  readonly uniqueName: string;
  /** Of the registration that is updated. */
  readonly clientId?: string;
  /** The registration has no unique name yet: it was created by hand. */
  readonly named?: true;
  readonly displayName: string;
  readonly permissions: readonly Permission[];
  /** Requests for other APIs that the registration has already; they are kept. */
  readonly otherRequests: readonly unknown[];
}

/** Registers T&A as a single-tenant application, or puts its name and requested permissions right. */
export const registerApplication: TenantStep<RegisterApplication> = {
  kind: 'register-application',
  part: 'registration',
  trip: 1,
  right: 'register',
  needsTrust: true,
  volatile: ['uniqueName'],

  title: ({ how }) => (how === 'create' ? say`Register the application` : say`Update the application`),
  doing: ({ how }) => (how === 'create' ? say`register the application` : say`update the application`),

  details: ({ displayName }) => [say`"${displayName}", single tenant.`],

  note: ({ uniqueName }) => uniqueName,

  plan(customer, { snapshot, uniqueName }) {
    const permissions = wantedPermissions(customer, snapshot.graph);
    const { application } = snapshot;
    const { displayName } = customer.app;
    const asWanted =
      application?.uniqueName !== undefined &&
      application.displayName === displayName &&
      application.signInAudience === 'AzureADMyOrg' &&
      sameSet(
        application.requestedRoleIds,
        permissions.map(({ appRoleId }) => appRoleId),
      );
    if (asWanted) return [];
    return [
      {
        kind: 'register-application',
        how: application ? 'update' : 'create',
        uniqueName: application?.uniqueName ?? uniqueName,
        ...(application && { clientId: application.clientId }),
        ...(application && application.uniqueName === undefined && { named: true }),
        displayName,
        permissions,
        otherRequests: application?.otherRequests ?? [],
      },
    ];
  },

  requests({ uniqueName, clientId, named, displayName, permissions, otherRequests }) {
    const resourceAccess = permissions.map(({ appRoleId }) => ({ id: appRoleId, type: 'Role' }));
    return [
      {
        method: 'PATCH',
        ...(clientId === undefined
          ? { path: keyPath(uniqueName), headers: { Prefer: 'create-if-missing' } }
          : { path: `/applications(appId=${odata(clientId)})` }),
        replay: 'safe',
        body: {
          ...(named && { uniqueName }),
          displayName,
          signInAudience: 'AzureADMyOrg',
          requiredResourceAccess: [...otherRequests, { resourceAppId: graphAppId, resourceAccess }],
        },
      },
    ];
  },

  judge({ how, uniqueName, clientId }, answer, record) {
    const made = Made.safeParse(answer.body);
    if (answer.status < 300 && made.success) {
      const { id, appId, createdDateTime } = made.data;
      const application = { uniqueName, objectId: id, clientId: appId, createdAt: createdDateTime };
      const { removal: _earlier, ...rest } = record;
      return { kind: 'done', record: { ...rest, application } };
    }
    // A replica that does not know our own application yet may say so of a repeated upsert; a deleted one is not found there.
    if (clientId === undefined && isNameTaken(answer))
      return { kind: 'read back', request: readBack(uniqueName), refused: true };
    if (answer.status >= 300) return { kind: 'failed' };
    // An upsert of something that exists is answered 204 without a body (learn.microsoft.com/graph/api/application-upsert).
    const known = how === 'update' && answer.status === 204 && record.application !== undefined;
    return known ? { kind: 'done', record } : { kind: 'read back', request: readBack(uniqueName) };
  },
};

const readBack = (uniqueName: string): GraphRequest => ({
  method: 'GET',
  path: `${keyPath(uniqueName)}?$select=id,appId,createdDateTime`,
  replay: 'safe',
});

function isNameTaken({ status, body }: GraphAnswer): boolean {
  return status >= 400 && uniqueNameTaken.test(readServiceError(body)?.message ?? '');
}

const keyPath = (uniqueName: string): string => `/applications(uniqueName=${odata(uniqueName)})`;

function sameSet(some: readonly string[], others: readonly string[]): boolean {
  return isDeepStrictEqual(some.toSorted(), others.toSorted());
}
