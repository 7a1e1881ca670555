import { isGone } from '../../cloud/answers.ts';
import type { CustomerRecord } from '../../customer/record.ts';
import { say } from '../../words/say.ts';
import { isReplicationLag } from '../replication.ts';
import type { TenantStep } from '../step.ts';

export interface DeleteApplication {
  readonly kind: 'delete-application';
  readonly objectId: string;
  readonly clientId: string;
  readonly displayName: string;
  /** Whether it goes for good afterwards, where that is agreed to. */
  readonly purge?: true;
}

/** Entra keeps it for 30 days among the deleted ones (learn.microsoft.com/graph/api/application-delete). */
export const deleteApplication: TenantStep<DeleteApplication> = {
  kind: 'delete-application',
  part: 'registration',
  trip: 3,
  right: 'register',
  needsTrust: true,

  title: () => say`Delete the application`,
  doing: () => say`delete the application`,

  details: ({ displayName, clientId, purge }) => [
    say`"${displayName}" (client id ${clientId}), with its client secrets.`,
    purge
      ? say`It is then deleted permanently, if you agree to that. No one can restore it afterwards.`
      : say`It can be restored for 30 days.`,
  ],

  plan(_customer, { snapshot: { application }, removal }) {
    if (!application) return [];
    const { objectId, clientId, displayName } = application;
    const purge = removal?.purge ? { purge: true as const } : {};
    return [{ kind: 'delete-application', objectId, clientId, displayName, ...purge }];
  },

  requests: ({ objectId }) => [
    { method: 'DELETE', path: `/applications/${encodeURIComponent(objectId)}`, replay: 'safe' },
  ],

  judge(_change, answer, record) {
    // Asked again after a lost answer, it is not there any more.
    if (isGone(answer)) return { kind: 'done', record: withoutApplication(record) };
    return { kind: isReplicationLag(answer) ? 'lag' : 'failed' };
  },
};

/** What is known of an application that is gone is in the record of its removal. */
export function withoutApplication(record: CustomerRecord): CustomerRecord {
  const { application: _a, servicePrincipal: _s, secret: _c, renewal: _r, consent: _w, ...rest } = record;
  return { ...rest, grants: [] };
}
