import * as z from 'zod/mini';
import { ask } from '../../cloud/answers.ts';
import { mayHaveActed } from '../../cloud/retry.ts';
import { AnswerInstant, type CustomerRecord } from '../../customer/record.ts';
import { EntraId } from '../../customer/tenant-name.ts';
import { Preferences } from '../../preferences/preferences.ts';
import { drain, growing, type Look, waitUntil } from '../../waiting.ts';
import { dayMs, dayOf, daysOf } from '../../words/moment.ts';
import { say } from '../../words/say.ts';
import { heldSecret } from '../existing.ts';
import { operationIn } from '../keys.ts';
import { isReplicationLag } from '../replication.ts';
import { requireApplication, type Settling, type TenantStep } from '../step.ts';
import { removeNewSecret } from './remove-client-secret.ts';

const Made = z.object({
  keyId: EntraId,
  hint: z.nullish(z.string()),
  displayName: z.nullish(z.string()),
  endDateTime: AnswerInstant,
  // As strict as the reader of the file that it goes into.
  secretText: Preferences.shape.connection.shape.clientSecret,
});

const WithText = z.object({ secretText: z.string() });

const Listed = z.object({
  passwordCredentials: z.array(z.object({ keyId: z.string(), displayName: z.nullish(z.string()) })),
});

/** A policy counts to the second and by another clock, so a lifetime that is just allowed stays some minutes below it. */
const spareMs = 5 * 60_000;
/** Reads that must agree before a secret counts as not made: Graph answers from replicas. */
const agreeingReads = 5;

export interface AddClientSecret {
  readonly kind: 'add-client-secret';
  readonly description: string;
  readonly lifetimeDays: number;
  /** ISO 8601. */
  readonly expiresAt: string;
}

/** Adds a client secret where the preferences file holds none that works. Graph shows its text this once. */
export const addClientSecret: TenantStep<AddClientSecret> = {
  kind: 'add-client-secret',
  part: 'secret',
  trip: 3,
  right: 'register',
  needsTrust: true,
  volatile: ['expiresAt'],

  title: () => say`Add a client secret`,
  doing: () => say`add a client secret`,

  details: ({ lifetimeDays, expiresAt }) => [
    say`Valid for ${daysOf(lifetimeDays)}, until ${dayOf(expiresAt)}.`,
  ],

  plan(customer, existing, now) {
    if (heldSecret(existing, now)) return [];
    const { description, lifetimeDays } = customer.app.secret;
    const expiresAt = `${new Date(now + lifetimeDays * dayMs - spareMs).toISOString().slice(0, 19)}Z`;
    return [{ kind: 'add-client-secret', description, lifetimeDays, expiresAt }];
  },

  requests: ({ description, expiresAt }, record, operation) => [
    {
      method: 'POST',
      path: `/applications/${requireApplication(record).objectId}/addPassword`,
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
        hint: hint ?? secretText.reveal().slice(0, 3),
        displayName: displayName ?? '',
        expiresAt: endDateTime,
      };
      return { kind: 'done', record: { ...record, secret }, secret: secretText };
    }
    // Without its text the secret is asked for again; with one that fits into no file it would be so again.
    if (answer.status < 300 && WithText.safeParse(answer.body).success) return { kind: 'failed' };
    if (answer.status < 300 || mayHaveActed(answer.status)) return { kind: 'doubt' };
    return { kind: isReplicationLag(answer) ? 'lag' : 'failed' };
  },

  async settle(settling, record, operation) {
    const doing = say`check whether the secret was created`;
    const look = async (): Promise<Look<string | undefined>> => {
      const keyId = await findSecret(settling, record, operation);
      return keyId ? { settled: keyId } : { because: 'lag', reason: say`not seen`, toldMs: undefined };
    };
    const looking = waitUntil(look, {
      ...settling,
      doing,
      patienceMs: Number.POSITIVE_INFINITY,
      pauses: growing({ firstMs: 750, capMs: 8000 }),
      tries: agreeingReads,
      overdue: () => undefined,
    });
    const keyId = await drain(looking);
    if (keyId) await removeNewSecret(keyId, record, settling, say`remove a secret whose text was lost`);
  },

  /** One that the tenant does not list was not created, or is removed once it does. */
  outcomeOf(operation, existing, now) {
    if (operationIn(heldSecret(existing, now)?.displayName ?? '') === operation) return 'done';
    const secrets = existing.snapshot.application?.secrets ?? [];
    return secrets.some(({ displayName }) => operationIn(displayName) === operation) ? undefined : 'failed';
  },
};

async function findSecret(
  { graph, signal }: Settling,
  record: CustomerRecord,
  operation: string,
): Promise<string | undefined> {
  const path = `/applications/${requireApplication(record).objectId}?$select=passwordCredentials`;
  const doing = say`check whether the secret was created`;
  const request = { method: 'GET', path, replay: 'safe' } as const;
  const { passwordCredentials } = await ask(graph, request, Listed, doing, signal);
  return passwordCredentials.find(({ displayName }) => operationIn(displayName ?? '') === operation)?.keyId;
}
