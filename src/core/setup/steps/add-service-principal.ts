import * as z from 'zod/mini';
import type { GraphRequest } from '../../cloud/graph.ts';
import { EntraId } from '../../customer/tenant-name.ts';
import { odata } from '../../tenant/question.ts';
import { say } from '../../words/say.ts';
import { isReplicationLag } from '../replication.ts';
import { requireApplication, type TenantStep } from '../step.ts';

const Made = z.object({ id: EntraId });

export interface AddServicePrincipal {
  readonly kind: 'add-service-principal';
}

/** Makes the application usable in the tenant: the "enterprise application" that permissions are granted to. */
export const addServicePrincipal: TenantStep<AddServicePrincipal> = {
  kind: 'add-service-principal',
  part: 'registration',
  trip: 2,
  right: 'register',
  needsTrust: true,

  title: () => say`Add the service principal`,
  doing: () => say`add the service principal`,

  details: () => [say`It represents the application in this tenant. Permissions are granted to it.`],

  plan: (_customer, { snapshot }) => (snapshot.servicePrincipal ? [] : [{ kind: 'add-service-principal' }]),

  requests: (_change, record) => [
    {
      method: 'PATCH',
      path: keyPath(requireApplication(record).clientId),
      headers: { Prefer: 'create-if-missing' },
      replay: 'safe',
      body: shownInPortal,
    },
  ],

  judge(_change, answer, record) {
    const made = Made.safeParse(answer.body);
    if (answer.status < 300 && made.success) {
      return { kind: 'done', record: { ...record, servicePrincipal: { objectId: made.data.id } } };
    }
    if (answer.status < 300)
      return { kind: 'read back', request: readBack(requireApplication(record).clientId) };
    if (isReplicationLag(answer)) return { kind: 'lag' };
    if (!upsertUnknown.includes(answer.status)) return { kind: 'failed' };
    const { clientId } = requireApplication(record);
    const request = readBack(clientId);
    // Its own earlier request may have made it.
    if (answer.status === 409) return { kind: 'read back', request };
    return { kind: 'read back', request, instead: creation(clientId), refused: true };
  },
};

/** The tag makes it show under "Enterprise applications" in the portal. */
const shownInPortal = { tags: ['WindowsAzureActiveDirectoryIntegratedApp'] };

/**
 * How a cloud may refuse an upsert that it does not offer: the page on it (learn.microsoft.com/graph/api/serviceprincipal-upsert)
 * does not list the national clouds. Creating it the old way is offered everywhere; one that exists is read back.
 */
const upsertUnknown: readonly number[] = [400, 404, 405, 409, 501];

const creation = (appId: string): GraphRequest => ({
  method: 'POST',
  path: '/servicePrincipals',
  // A second one of the same client id is refused.
  replay: 'safe',
  body: { appId, ...shownInPortal },
});

const readBack = (clientId: string): GraphRequest => ({
  method: 'GET',
  path: `${keyPath(clientId)}?$select=id`,
  replay: 'safe',
});

const keyPath = (clientId: string): string => `/servicePrincipals(appId=${odata(clientId)})`;
