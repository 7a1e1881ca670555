import * as z from 'zod/mini';
import { clouds } from '../cloud/clouds.ts';
import type { Http } from '../cloud/http.ts';
import type { CustomerRecord } from '../customer/record.ts';
import type { Clock } from '../ports.ts';
import type { Session } from '../sign-in/session.ts';
import { drain, growing, type Look, waitUntil } from '../waiting.ts';
import { errors } from '../words/errors.ts';
import { say } from '../words/say.ts';
import { type Arm, answeringChallenges, createArm, readResource } from './arm.ts';
import { escrowFailures } from './failures.ts';
import type { EscrowPorts } from './keep-in-vault.ts';
import { readBackLimitMs, secretNameOf } from './kept-secret.ts';

interface DisablePorts extends Pick<EscrowPorts, 'signInToAzure'> {
  readonly http: Http;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
}

const Found = z.object({
  id: z.string(),
  tags: z.nullish(z.record(z.string(), z.string())),
  properties: z.object({ attributes: z.object({ enabled: z.nullish(z.boolean()) }) }),
});

/**
 * Disables the copy of the client secret, so that no one can read it: Azure Resource Manager can write secrets and switch them off,
 * but delete none (learn.microsoft.com/rest/api/keyvault/secrets). Only one that lies under our name for this application,
 * with its client id on it. `false`: nothing of ours is there any more. Throws a Failure.
 */
export async function disableKept(
  { escrow, tenant, cloud }: CustomerRecord,
  clientId: string,
  ports: DisablePorts,
): Promise<boolean> {
  const path = escrow?.resourceId ?? '';
  if (!path.startsWith('/subscriptions/') || !path.endsWith(`/secrets/${secretNameOf(clientId)}`))
    return false;
  const sessions: Session[] = [await ports.signInToAzure(tenant.id)];
  const token = async () => {
    const session = sessions.at(-1);
    if (!session) throw new Error('someone is signed in by now');
    return await session.token();
  };
  const http = answeringChallenges(ports.http, async (claims) => {
    sessions.push(await ports.signInToAzure(tenant.id, claims));
    return await token();
  });
  try {
    const arm = await createArm({ ...ports, http, cloud: clouds[cloud], token });
    const found = await look(arm, path);
    if (found?.tags?.clientId !== clientId) return false;
    const properties = { attributes: { enabled: false } };
    await arm.change(path, { properties }, say`disable the copy of the secret in the vault`);
    await requireDisabled(arm, path, ports);
    return true;
  } finally {
    for (const session of sessions) session.signOut();
  }
}

/** `undefined` where nothing lies there. Throws a Failure where the answer is of something else. */
async function look(arm: Arm, path: string): Promise<z.infer<typeof Found> | undefined> {
  const doing = say`look at the secret in the vault`;
  const answer = await arm.find(path, doing);
  if (answer === undefined) return undefined;
  const found = readResource(Found, answer, doing);
  if (found.id.toLowerCase() !== path.toLowerCase()) throw errors.oddAnswer(doing, { path: 'id' });
  return found;
}

/** That the change was answered well is one thing; that no one can read the secret is another. */
async function requireDisabled(arm: Arm, path: string, { clock, signal }: DisablePorts): Promise<void> {
  const doing = say`check whether the copy of the secret is disabled`;
  const isDisabled = async (): Promise<Look<void>> => {
    const found = await look(arm, path);
    return found && found.properties.attributes.enabled !== false
      ? { because: 'lag', reason: say`still enabled`, toldMs: undefined }
      : { settled: undefined };
  };
  const overdue = (): never => {
    throw escrowFailures.copyStays();
  };
  const pauses = growing({ firstMs: 100, capMs: 15_000 });
  await drain(waitUntil(isDisabled, { doing, clock, signal, patienceMs: readBackLimitMs, pauses, overdue }));
}
