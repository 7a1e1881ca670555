import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';
import type { GraphRequest } from '../../cloud/graph.ts';
import { odata } from '../../tenant/question.ts';
import { graphAppId } from '../../tenant/service-principals.ts';
import { wantedPermissions } from '../permissions.ts';
import type { Step } from '../step.ts';
import { uniqueNameFor } from '../unique-name.ts';

const Made = z.object({ id: z.string(), appId: z.string(), createdDateTime: z.string() });

/** Registers T&A as a single-tenant application, or puts its name and requested permissions right. */
export const registerApplication: Step<'register-application'> = {
  kind: 'register-application',

  plan(customer, { snapshot, record }) {
    const permissions = wantedPermissions(customer, snapshot.graph);
    const { application } = snapshot;
    const { displayName } = customer.app;
    const asWanted =
      application?.displayName === displayName &&
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
        uniqueName: application?.uniqueName ?? uniqueNameFor(customer, record),
        displayName,
        permissions,
        otherRequests: application?.otherRequests ?? [],
      },
    ];
  },

  requests({ uniqueName, displayName, permissions, otherRequests }) {
    const resourceAccess = permissions.map(({ appRoleId }) => ({ id: appRoleId, type: 'Role' }));
    return [
      {
        method: 'PATCH',
        path: keyPath(uniqueName),
        headers: { Prefer: 'create-if-missing' },
        replay: 'safe',
        body: {
          displayName,
          signInAudience: 'AzureADMyOrg',
          requiredResourceAccess: [...otherRequests, { resourceAppId: graphAppId, resourceAccess }],
        },
      },
    ];
  },

  judge({ how, uniqueName }, answer, record) {
    const made = Made.safeParse(answer.body);
    if (answer.status < 300 && made.success) {
      const { id, appId, createdDateTime } = made.data;
      const application = { uniqueName, objectId: id, clientId: appId, createdAt: createdDateTime };
      return { kind: 'done', record: { ...record, application } };
    }
    if (answer.status >= 300) return { kind: 'failed' };
    // An upsert of something that exists is answered 204 without a body (learn.microsoft.com/graph/api/application-upsert).
    const known = how === 'update' && answer.status === 204;
    return known ? { kind: 'done', record } : { kind: 'read back', request: readBack(uniqueName) };
  },
};

const readBack = (uniqueName: string): GraphRequest => ({
  method: 'GET',
  path: `${keyPath(uniqueName)}?$select=id,appId,createdDateTime`,
  replay: 'safe',
});

const keyPath = (uniqueName: string): string => `/applications(uniqueName=${odata(uniqueName)})`;

function sameSet(some: readonly string[], others: readonly string[]): boolean {
  return isDeepStrictEqual(some.toSorted(), others.toSorted());
}
