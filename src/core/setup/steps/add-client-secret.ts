import * as z from 'zod/mini';
import { ask } from '../../cloud/ask.ts';
import type { Graph } from '../../cloud/graph.ts';
import type { CustomerRecord } from '../../customer/record.ts';
import { Secret } from '../../secret.ts';
import { heldSecret } from '../existing.ts';
import { applicationOf } from '../made.ts';
import { isReplicationLag } from '../replication.ts';
import type { Step } from '../step.ts';
import { removalOf } from './remove-client-secret.ts';

const Made = z.object({
  keyId: z.string(),
  hint: z.nullish(z.string()),
  displayName: z.nullish(z.string()),
  endDateTime: z.string(),
  secretText: z.string(),
});

const Listed = z.object({
  passwordCredentials: z.array(z.object({ keyId: z.string(), displayName: z.nullish(z.string()) })),
});

const dayMs = 24 * 60 * 60_000;
/** Reads that must agree before a secret counts as not made: Graph answers from replicas. */
const agreeingReads = 5;

/** Adds a client secret where the preferences file holds none that works. Graph shows its text this once. */
export const addClientSecret: Step<'add-client-secret'> = {
  kind: 'add-client-secret',

  plan(customer, existing, now) {
    if (heldSecret(existing, now)) return [];
    const { description, lifetimeDays } = customer.app.secret;
    const expiresAt = `${new Date(now + lifetimeDays * dayMs).toISOString().slice(0, 19)}Z`;
    return [{ kind: 'add-client-secret', description, lifetimeDays, expiresAt }];
  },

  requests: ({ description, expiresAt }, record, operation) => [
    {
      method: 'POST',
      path: `/applications/${applicationOf(record).objectId}/addPassword`,
      replay: 'unsafe',
      body: { passwordCredential: { displayName: `${description} (${operation})`, endDateTime: expiresAt } },
    },
  ],

  judge(_change, answer, record) {
    const made = Made.safeParse(answer.body);
    if (answer.status < 300 && made.success) {
      const { keyId, hint, displayName, endDateTime, secretText } = made.data;
      const secret = {
        keyId,
        hint: hint ?? secretText.slice(0, 3),
        displayName: displayName ?? '',
        expiresAt: endDateTime,
      };
      return { kind: 'done', record: { ...record, secret }, secret: new Secret(secretText) };
    }
    if (answer.status < 300 || answer.status >= 500) return { kind: 'doubt' };
    return { kind: isReplicationLag(answer) ? 'lag' : 'failed' };
  },

  async settle(graph, record, operation, pause) {
    for (let read = 0; read < agreeingReads; read += 1) {
      const keyId = await findSecret(graph, record, operation);
      if (keyId) return removeSecret(graph, record, keyId);
      await pause();
    }
  },
};

async function findSecret(
  graph: Graph,
  record: CustomerRecord,
  operation: string,
): Promise<string | undefined> {
  const path = `/applications/${applicationOf(record).objectId}?$select=passwordCredentials`;
  const doing = 'look whether the secret was made';
  const { passwordCredentials } = await ask(graph, { method: 'GET', path, replay: 'safe' }, Listed, doing);
  return passwordCredentials.find(({ displayName }) => displayName?.includes(operation))?.keyId;
}

async function removeSecret(graph: Graph, record: CustomerRecord, keyId: string): Promise<void> {
  await graph.send(removalOf(keyId, record), 'remove a secret whose text was lost');
}
