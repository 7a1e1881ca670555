import * as z from 'zod/mini';
import { clouds } from '../cloud/clouds.ts';
import type { Http } from '../cloud/http.ts';
import type { CustomerRecord } from '../customer/record.ts';
import type { Clock } from '../ports.ts';
import type { Session } from '../sign-in/session.ts';
import { say } from '../words/say.ts';
import { answeringChallenges, createArm } from './arm.ts';
import type { EscrowPorts } from './keep-in-vault.ts';
import { secretNameOf } from './kept-secret.ts';

interface DisablePorts extends Pick<EscrowPorts, 'signInToAzure'> {
  readonly http: Http;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
}

const Found = z.object({ tags: z.nullish(z.record(z.string(), z.string())) });

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
    const found = Found.safeParse(await arm.find(path, say`look at the secret in the vault`));
    if (found.data?.tags?.clientId !== clientId) return false;
    const properties = { attributes: { enabled: false } };
    await arm.change(path, { properties }, say`disable the copy of the secret in the vault`);
    return true;
  } finally {
    for (const session of sessions) session.signOut();
  }
}
