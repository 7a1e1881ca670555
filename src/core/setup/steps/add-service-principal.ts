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
      // The tag makes it show under "Enterprise applications" in the portal.
      body: { tags: ['WindowsAzureActiveDirectoryIntegratedApp'] },
    },
  ],

  judge(_change, answer, record) {
    const made = Made.safeParse(answer.body);
    if (answer.status < 300 && made.success) {
      return { kind: 'done', record: { ...record, servicePrincipal: { objectId: made.data.id } } };
    }
    if (answer.status < 300)
      return { kind: 'read back', request: readBack(requireApplication(record).clientId) };
    return { kind: isReplicationLag(answer) ? 'lag' : 'failed' };
  },
};

const readBack = (clientId: string): GraphRequest => ({
  method: 'GET',
  path: `${keyPath(clientId)}?$select=id`,
  replay: 'safe',
});

const keyPath = (clientId: string): string => `/servicePrincipals(appId=${odata(clientId)})`;
