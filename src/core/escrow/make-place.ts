import type { Clock } from '../ports.ts';
import { drain, growing, type Look, type OnWait, waitUntil } from '../waiting.ts';
import { Failure } from '../words/failure.ts';
import { say, type Words } from '../words/say.ts';
import { type Arm, keyVault } from './arm.ts';
import { escrowFailures } from './failures.ts';
import type { VaultPlace } from './place.ts';

export type PlaceProgress =
  | { readonly kind: 'group made'; readonly name: string }
  | { readonly kind: 'registered' }
  | { readonly kind: 'vault made'; readonly name: string };

export interface MakePorts {
  readonly clock: Clock;
  readonly onWait?: OnWait | undefined;
  readonly signal: AbortSignal | undefined;
}

const registrationLimitMs = 5 * 60_000;

export function vaultPathOf({ subscription, group, vault }: VaultPlace): string {
  return `/subscriptions/${subscription.id}/resourceGroups/${encodeURIComponent(group.name)}/providers/${keyVault}/vaults/${encodeURIComponent(vault.name)}`;
}

/** Makes what is missing of the place: the group, Key Vault's registration, the vault. `made` gets each, also where the next fails. */
export async function* makePlace(
  arm: Arm,
  place: VaultPlace,
  tenantId: string,
  ports: MakePorts,
  made: Words[],
): AsyncGenerator<PlaceProgress> {
  const { subscription, group, vault } = place;
  if (group.isNew) {
    await arm.createGroup(subscription.id, { name: group.name, location: group.location });
    made.push(say`the resource group ${group.name}`);
    yield { kind: 'group made', name: group.name };
  }
  if (!vault.isNew) return;
  const make = () => arm.put(vaultPathOf(place), newVault(vault.location, tenantId), say`create the vault`);
  try {
    await make();
  } catch (cause) {
    if (!(cause instanceof Failure && cause.code === 'MissingSubscriptionRegistration')) throw cause;
    await register(arm, subscription.id, ports);
    yield { kind: 'registered' };
    await make();
  }
  made.push(say`the Key Vault ${vault.name}`);
  yield { kind: 'vault made', name: vault.name };
}

/** Roles of Azure decide who may read, and a deleted vault can be recovered for 90 days. */
function newVault(location: string, tenantId: string) {
  return {
    location,
    properties: {
      tenantId,
      sku: { family: 'A', name: 'standard' },
      enableRbacAuthorization: true,
      enableSoftDelete: true,
      softDeleteRetentionInDays: 90,
    },
  };
}

async function register(arm: Arm, subscriptionId: string, ports: MakePorts): Promise<void> {
  await arm.register(subscriptionId);
  const doing = say`register Key Vault for the subscription`;
  const look = async (): Promise<Look<void>> =>
    (await arm.registration(subscriptionId)) === 'Registered'
      ? { settled: undefined }
      : { because: 'lag', reason: say`Waiting for Azure`, toldMs: undefined };
  const registered = waitUntil(look, {
    ...ports,
    doing,
    patienceMs: registrationLimitMs,
    pauses: growing({ firstMs: 1000, capMs: 15_000 }),
    tell: ({ ms }, { reason }) => ports.onWait?.({ doing, ms, reason }),
    overdue: () => {
      throw escrowFailures.notRegistered(registrationLimitMs / 60_000);
    },
  });
  await drain(registered);
}
