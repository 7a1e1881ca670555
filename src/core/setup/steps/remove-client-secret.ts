import { isGone } from '../../cloud/answers.ts';
import type { GraphRequest } from '../../cloud/graph.ts';
import { mayHaveActed } from '../../cloud/retry.ts';
import type { CustomerRecord } from '../../customer/record.ts';
import { drain, growing, type Look, waitUntil } from '../../waiting.ts';
import { say, type Words } from '../../words/say.ts';
import { heldSecret } from '../existing.ts';
import { operationIn, unfinishedSecretOperations } from '../keys.ts';
import { isReplicationLag } from '../replication.ts';
import { requireApplication, type StepPorts, type TenantStep } from '../step.ts';

export interface RemoveClientSecret {
  readonly kind: 'remove-client-secret';
  readonly keyId: string;
  readonly displayName: string;
  /** It is the old secret of a renewal, which T&A does not use any more. */
  readonly renewed?: true;
}

/**
 * Removes secrets that an interrupted run of ours made and never wrote into a preferences file. Others stay, known or
 * not: T&A may be using them.
 */
export const removeClientSecret: TenantStep<RemoveClientSecret> = {
  kind: 'remove-client-secret',
  part: 'secret',
  trip: 2,
  right: 'register',
  needsTrust: false,

  title: ({ renewed }) =>
    renewed ? say`Remove the old client secret` : say`Remove a secret of an interrupted run`,
  doing: ({ renewed }) =>
    renewed ? say`remove the old client secret` : say`remove a secret of an interrupted run`,

  details: ({ displayName }) => [say`"${displayName}"`],

  plan(_customer, existing, now) {
    const held = heldSecret(existing, now);
    const operations = unfinishedSecretOperations(existing.record);
    return (existing.snapshot.application?.secrets ?? [])
      .filter(({ keyId }) => keyId !== held?.keyId)
      .filter(({ displayName }) => operations.includes(operationIn(displayName)))
      .map(({ keyId, displayName }) => ({ kind: 'remove-client-secret', keyId, displayName }));
  },

  requests: ({ keyId }, record) => [removalOf(keyId, record)],

  judge(_change, answer, record) {
    // What Graph answers for a key that is gone already is not documented: 400 and 404 have both been reported.
    const gone = isGone(answer) || answer.status === 400;
    if (gone) return { kind: 'done', record };
    return { kind: isReplicationLag(answer) ? 'lag' : 'failed' };
  },

  undoes: ({ displayName }) => operationIn(displayName),
};

/** The request that removes a secret; removing it twice does no harm. */
function removalOf(keyId: string, record: CustomerRecord): GraphRequest {
  const path = `/applications/${requireApplication(record).objectId}/removePassword`;
  return { method: 'POST', path, replay: 'safe', body: { keyId } };
}

/**
 * Removes a secret that was made just now; says whether it is gone. Entra refuses to remove one that it does not know
 * everywhere yet, with the same 400 as one that is gone.
 */
export async function removeNewSecret(
  keyId: string,
  record: CustomerRecord,
  { graph, clock, random, signal }: StepPorts,
  doing: Words,
): Promise<boolean> {
  const look = async (): Promise<Look<boolean>> => {
    const { status, retryAfterMs } = await graph.send(removalOf(keyId, record), doing, signal);
    if (status === 204) return { settled: true };
    const because = status === 429 || mayHaveActed(status) ? 'trouble' : 'lag';
    return { because, reason: say`the service answered ${status}`, toldMs: retryAfterMs };
  };
  const removing = waitUntil(look, {
    doing,
    clock,
    random,
    signal,
    patienceMs: 45_000,
    pauses: growing({ firstMs: 500, capMs: 15_000 }),
    overdue: () => false,
  });
  return await drain(removing);
}
