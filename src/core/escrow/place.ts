import { createHash } from 'node:crypto';
import { slug } from '../customer/file-names.ts';
import type { CustomerRecord } from '../customer/record.ts';
import type { Clock } from '../ports.ts';
import { drain, growing, type Look, type OnWait, waitUntil } from '../waiting.ts';
import { Failure } from '../words/failure.ts';
import { say, type Words } from '../words/say.ts';
import { type Arm, keyVault, type ResourceGroup } from './arm.ts';
import { escrowFailures } from './failures.ts';
import type { Subscription } from './subscriptions.ts';

/** What was asked for, as far as it was: names or, for the subscription, its id. */
export interface PlaceWish {
  readonly subscription?: string | undefined;
  readonly group?: string | undefined;
  /** Region for what has to be made, e.g. `westeurope`. */
  readonly location?: string | undefined;
  readonly vault?: string | undefined;
}

/** Where the secret goes. */
export interface VaultPlace {
  readonly subscription: Subscription;
  readonly group: ResourceGroup & { readonly isNew: boolean };
  readonly vault: { readonly name: string; readonly isNew: boolean; readonly location: string };
}

export interface Choice {
  readonly what: 'subscription' | 'resource group' | 'vault';
  readonly from: readonly { readonly value: string; readonly label: string }[];
}

/** Asks the person; gives one of the values. */
export type Choose = (choice: Choice) => Promise<string>;

/**
 * Decides where the secret goes, by reads alone. What was asked for goes first, then where it lies already; one candidate
 * needs no question. Failures: no subscription, no such place.
 */
export async function findPlace(
  arm: Arm,
  record: CustomerRecord,
  wish: PlaceWish,
  choose: Choose,
): Promise<VaultPlace> {
  const asked = Object.values(wish).some((value) => value !== undefined) ? wish : recordedPlace(record);
  const subscriptions = await arm.subscriptions(record.tenant.id.toLowerCase());
  const subscription = await pickSubscription(subscriptions, asked.subscription, choose);
  const group = await pickGroup(await arm.groups(subscription.id), asked, choose);
  const there = group.isNew ? [] : await arm.vaults(subscription.id, group.name);
  const name = asked.vault ?? (await pickVault(there, vaultNameFor(record), choose));
  const isNew = !there.some((one) => isSame(one, name));
  return { subscription, group, vault: { name, isNew, location: asked.location ?? group.location } };
}

const secretPath =
  /^\/subscriptions\/(?<subscription>[^/]+)\/resourceGroups\/(?<group>[^/]+)\/providers\/[^/]+\/vaults\/(?<vault>[^/]+)\//i;

function recordedPlace({ escrow }: CustomerRecord): PlaceWish {
  return { ...secretPath.exec(escrow?.resourceId ?? '')?.groups };
}

async function pickSubscription(
  there: readonly Subscription[],
  asked: string | undefined,
  choose: Choose,
): Promise<Subscription> {
  const [first, ...more] = there;
  if (first === undefined) throw escrowFailures.noSubscription();
  if (asked === undefined && more.length === 0) return first;
  const from = there.map(({ id, name }) => ({ value: id, label: `${name} (${id})` }));
  const wanted = asked ?? (await choose({ what: 'subscription', from }));
  const found = there.find(({ id, name }) => isSame(id, wanted) || isSame(name, wanted));
  if (found) return found;
  throw escrowFailures.noSuch('subscription', wanted, namesOf(there));
}

async function pickGroup(
  there: readonly ResourceGroup[],
  { group: asked, location }: PlaceWish,
  choose: Choose,
): Promise<VaultPlace['group']> {
  const name = asked ?? (await existingGroup(there, choose));
  const found = there.find((group) => isSame(group.name, name));
  if (found) return { ...found, isNew: false };
  if (location !== undefined) return { name, location, isNew: true };
  if (there.length === 0) throw escrowFailures.noGroup();
  throw escrowFailures.noSuch('resource group', name, namesOf(there));
}

async function existingGroup(there: readonly ResourceGroup[], choose: Choose): Promise<string> {
  const [first, ...more] = there;
  if (first === undefined) throw escrowFailures.noGroup();
  if (more.length === 0) return first.name;
  const from = there.map(({ name, location }) => ({ value: name, label: `${name} (${location})` }));
  return await choose({ what: 'resource group', from });
}

function namesOf(there: readonly { readonly name: string }[]): string[] {
  return there.map(({ name }) => name);
}

/** No one's own vault is used without being asked for. */
async function pickVault(there: readonly string[], ours: string, choose: Choose): Promise<string> {
  if (there.length === 0 || there.some((name) => isSame(name, ours))) return ours;
  const existing = there.map((name) => ({ value: name, label: name }));
  return await choose({ what: 'vault', from: [{ value: ours, label: `${ours} (new)` }, ...existing] });
}

/** 3 to 24 characters, unique in all of Azure, and the same whenever it is asked for. */
export function vaultNameFor({ customer, tenant }: Pick<CustomerRecord, 'customer' | 'tenant'>): string {
  const readable = slug(customer).slice(0, -9).slice(0, 12).replace(/-$/, '');
  const hash = createHash('sha256').update(`${tenant.id}/${customer}`).digest('hex').slice(0, 8);
  return `ta-${readable}-${hash}`;
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

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
