import { isGone } from '../../cloud/answers.ts';
import { say } from '../../words/say.ts';
import { isReplicationLag } from '../replication.ts';
import type { TenantStep } from '../step.ts';

export interface DeleteServicePrincipal {
  readonly kind: 'delete-service-principal';
  readonly objectId: string;
}

/** From then on no one gets a token for the application in this tenant. */
export const deleteServicePrincipal: TenantStep<DeleteServicePrincipal> = {
  kind: 'delete-service-principal',
  part: 'registration',
  trip: 3,
  right: 'register',
  needsTrust: true,

  title: () => say`Delete the service principal`,
  doing: () => say`delete the service principal`,

  details: () => [say`T&A cannot send email from then on. Permissions that are left are removed with it.`],

  plan(_customer, { snapshot: { servicePrincipal } }) {
    return servicePrincipal
      ? [{ kind: 'delete-service-principal', objectId: servicePrincipal.objectId }]
      : [];
  },

  requests: ({ objectId }) => [
    { method: 'DELETE', path: `/servicePrincipals/${encodeURIComponent(objectId)}`, replay: 'safe' },
  ],

  judge(_change, answer, { servicePrincipal: _deleted, ...record }) {
    // Asked again after a lost answer, it is not there any more.
    if (isGone(answer)) return { kind: 'done', record: { ...record, grants: [] } };
    return { kind: isReplicationLag(answer) ? 'lag' : 'failed' };
  },
};
