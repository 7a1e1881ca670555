import * as z from 'zod/mini';
import { jsonOrUndefined } from '../../core/json.ts';
import { Secret } from '../../core/secret.ts';
import { createSecretKeeper, type SecretKeeper, type Storage } from '../shell/secret-keeper.ts';

/** A wait for someone else's consent, kept so that the next window goes on with it. */
export interface Wait {
  readonly tenantId: string;
  /** What `continueSignIn` takes. */
  readonly signIn: Secret;
  /** The changes that a person said yes to. */
  readonly agreed: readonly string[];
}

/** The URI of a customer file. */
interface CustomerUri {
  toString(): string;
}

const Kept = z.object({
  until: z.number(),
  tenantId: z.string(),
  signIn: z.string(),
  agreed: z.array(z.string()),
});

/** A sign-in of an admin lies no longer than that. */
const lifeMs = 24 * 3600_000;

/** In SecretStorage. Rejects where VS Code cannot store it. */
export async function keepWait(storage: Storage, customer: CustomerUri, wait: Wait): Promise<void> {
  const kept: z.infer<typeof Kept> = {
    until: Date.now() + lifeMs,
    tenantId: wait.tenantId,
    signIn: wait.signIn.reveal(),
    agreed: [...wait.agreed],
  };
  await keeperOf(storage).keep(String(customer), new Secret(JSON.stringify(kept)));
}

/** `undefined` where none is kept; one that is too old is forgotten. */
export async function findWait(storage: Storage, customer: CustomerUri): Promise<Wait | undefined> {
  return await read(keeperOf(storage), String(customer));
}

export async function forgetWait(storage: Storage, customer: CustomerUri): Promise<void> {
  await keeperOf(storage).forget(String(customer));
}

/** Those of one tenant, or all. */
export async function forgetWaits(storage: Storage, tenantId?: string): Promise<void> {
  const keeper = keeperOf(storage);
  for (const id of keeper.all()) {
    if (tenantId === undefined || (await read(keeper, id))?.tenantId === tenantId) await keeper.forget(id);
  }
}

const keeperOf = (storage: Storage): SecretKeeper =>
  createSecretKeeper(storage, { prefix: 'wait/', listedAs: 'customersWithWaits' });

async function read(keeper: SecretKeeper, id: string): Promise<Wait | undefined> {
  const text = await keeper.find(id);
  if (text === undefined) return undefined;
  const kept = Kept.safeParse(jsonOrUndefined(text.reveal()));
  if (!kept.success || kept.data.until < Date.now()) {
    await keeper.forget(id);
    return undefined;
  }
  const { tenantId, signIn, agreed } = kept.data;
  return { tenantId, signIn: new Secret(signIn), agreed };
}
