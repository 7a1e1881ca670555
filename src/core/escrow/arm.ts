import type { GenericResource, ResourceManagementClient } from '@azure/arm-resources';
import * as z from 'zod/mini';
import type { Cloud } from '../cloud/clouds.ts';
import type { Http, HttpRequest, HttpResponse } from '../cloud/http.ts';
import { createSdkTransport, type SdkTransport } from '../cloud/sdk-transport.ts';
import { jsonOrUndefined } from '../json.ts';
import type { Clock } from '../ports.ts';
import type { Secret } from '../secret.ts';
import { drain, growing, type Look, waitUntil } from '../waiting.ts';
import { errors } from '../words/errors.ts';
import { Failure } from '../words/failure.ts';
import { say, type Words } from '../words/say.ts';
import { armFailure, escrowFailures } from './failures.ts';
import { listSubscriptions, type Subscription } from './subscriptions.ts';

/** Versions before this one end on 27 February 2027: learn.microsoft.com/azure/key-vault/general/access-control-default */
const keyVaultVersion = '2026-02-01';
export const keyVault = 'Microsoft.KeyVault';

const pollPauses = growing({ firstMs: 1_000, capMs: 15_000 });
const operationLimitMs = 10 * 60_000;

export interface ResourceGroup {
  readonly name: string;
  readonly location: string;
}

/** Azure Resource Manager as the signed-in person. Refusals are Failures; paths begin with `/subscriptions/`. */
export interface Arm {
  /** Those of the tenant (its id in lower case) that can be used. */
  subscriptions(tenantId: string): Promise<Subscription[]>;
  groups(subscriptionId: string): Promise<ResourceGroup[]>;
  createGroup(subscriptionId: string, group: ResourceGroup): Promise<void>;
  /** Names of the vaults in a group. */
  vaults(subscriptionId: string, group: string): Promise<string[]>;
  /** What lies at the path, unparsed; `undefined` where there is nothing. */
  find(path: string, doing: Words): Promise<unknown>;
  /** Makes or changes it, and waits until Azure is done. */
  put(path: string, resource: GenericResource, doing: Words): Promise<void>;
  /** Changes what lies there, in the fields that are named, and waits until Azure is done. */
  change(path: string, resource: GenericResource, doing: Words): Promise<void>;
  /** Key Vault's registration, e.g. `Registered`. */
  registration(subscriptionId: string): Promise<string>;
  register(subscriptionId: string): Promise<void>;
}

interface ArmOptions {
  readonly http: Http;
  readonly cloud: Cloud;
  /** A token of Azure that is valid now; asked for each request. */
  readonly token: () => Promise<Secret>;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
}

interface Client {
  readonly arm: ResourceManagementClient;
  readonly transport: SdkTransport;
}

const Group = z.object({ name: z.string(), location: z.string() });
const Named = z.object({ name: z.string() });
const Provider = z.object({ registrationState: z.string() });

/** Loads Azure's SDK, which nothing else here needs. */
export async function createArm(options: ArmOptions): Promise<Arm> {
  const { ResourceManagementClient } = await import('@azure/arm-resources');
  const { cloud, token } = options;
  const { hostname: host } = new URL(cloud.arm);
  // The session renews its token by itself; a token that is never fresh makes the SDK ask it each time.
  const credential = { getToken: async () => ({ token: (await token()).reveal(), expiresOnTimestamp: 0 }) };
  const clientFor = (doing: Words, subscriptionId = ''): Client => {
    const transport = createSdkTransport({ ...options, host, doing, refused: armFailure });
    const arm = new ResourceManagementClient(credential, subscriptionId, {
      endpoint: cloud.arm,
      httpClient: transport.client,
      // Retries and log lines are our pipeline's.
      retryOptions: { maxRetries: 0 },
    });
    arm.pipeline.removePolicy({ name: 'logPolicy' });
    return { arm, transport };
  };
  return {
    subscriptions: (tenantId) => listSubscriptions({ ...options, tenantId }),
    groups: (id) => listGroups(clientFor(say`list the resource groups`, id)),
    async createGroup(id, { name, location }) {
      const doing = say`create the resource group`;
      const { arm } = clientFor(doing, id);
      await taken(arm.resourceGroups.createOrUpdate(name, { location }), doing);
    },
    vaults: (id, group) => listVaults(clientFor(say`list the vaults`, id), group),
    find: (path, doing) => findResource(clientFor(doing), path, doing),
    put(path, resource, doing) {
      const { arm, transport } = clientFor(doing);
      const poller = arm.resources.createOrUpdateById(path.slice(1), keyVaultVersion, resource);
      return untilDone(poller, transport, { ...options, doing });
    },
    change(path, resource, doing) {
      const { arm, transport } = clientFor(doing);
      const poller = arm.resources.updateById(path.slice(1), keyVaultVersion, resource);
      return untilDone(poller, transport, { ...options, doing });
    },
    async registration(id) {
      const doing = say`check whether Key Vault is registered`;
      const { arm } = clientFor(doing, id);
      return readResource(Provider, await taken(arm.providers.get(keyVault), doing), doing).registrationState;
    },
    async register(id) {
      const doing = say`register Key Vault for the subscription`;
      await taken(clientFor(doing, id).arm.providers.register(keyVault), doing);
    },
  };
}

/** Azure's SDK takes an answer apart without a look at its shape, and fails on an odd one as a bug would. */
async function taken<T>(answer: Promise<T>, doing: Words): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    throw cause instanceof TypeError ? errors.oddAnswer(doing, { cause }) : cause;
  }
}

async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of list) items.push(item);
  return items;
}

async function listGroups({ arm }: Client): Promise<ResourceGroup[]> {
  const doing = say`list the resource groups`;
  const groups = await taken(all(arm.resourceGroups.list()), doing);
  return groups.map((group) => readResource(Group, group, doing));
}

async function listVaults({ arm }: Client, group: string): Promise<string[]> {
  const doing = say`list the vaults`;
  const filter = `resourceType eq '${keyVault}/vaults'`;
  const vaults = await taken(all(arm.resources.listByResourceGroup(group, { filter })), doing);
  return vaults.map((vault) => readResource(Named, vault, doing).name);
}

async function findResource({ arm }: Client, path: string, doing: Words): Promise<unknown> {
  try {
    return await taken(arm.resources.getById(path.slice(1), keyVaultVersion), doing);
  } catch (cause) {
    if (cause instanceof Failure && cause.status === 404) return undefined;
    throw cause;
  }
}

/** Polls on our clock, not on the SDK's timer: it can be stopped, and it ends. */
async function untilDone(
  poller: ReturnType<ResourceManagementClient['resources']['updateById']>,
  transport: SdkTransport,
  { clock, signal, doing }: ArmOptions & { readonly doing: Words },
): Promise<void> {
  try {
    await poller.submitted();
    let polls = 0;
    const look = async (): Promise<Look<void>> => {
      if (polls > 0) await poller.poll();
      polls += 1;
      if (poller.isDone) return { settled: undefined };
      return { because: 'lag', reason: say`Waiting for Azure`, toldMs: transport.last().retryAfterMs };
    };
    const late = (_open: unknown, waitedMs: number): never => {
      throw errors.timedOut(doing, Math.round(waitedMs / 1000));
    };
    await drain(
      waitUntil(look, {
        doing,
        clock,
        signal,
        patienceMs: operationLimitMs,
        pauses: pollPauses,
        overdue: late,
      }),
    );
  } catch (cause) {
    throw cause instanceof Failure ? cause : escrowFailures.notDone({ doing, ...transport.last() });
  }
  if (poller.operationState?.status !== 'succeeded')
    throw escrowFailures.notDone({ doing, ...transport.last() });
}

/** An answer of Azure's in this shape. Throws a Failure. */
export function readResource<T>(schema: z.ZodMiniType<T>, value: unknown, doing: Words): T {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  throw errors.oddAnswer(doing, { path: parsed.error.issues[0]?.path.join('.') ?? '' });
}

/**
 * Sends, and where Azure refuses a token because it wants more of the sign-in, mostly a second factor, has that proved and
 * sends once more (learn.microsoft.com/entra/identity-platform/claims-challenge). Azure wants one for each change since
 * October 2025. A refused token did nothing, so asking again is safe.
 */
export function answeringChallenges(http: Http, prove: (claims: string) => Promise<Secret>): Http {
  return {
    async send(request) {
      const answer = await http.send(request);
      const claims = claimsIn(answer);
      if (claims === undefined) return answer;
      const again = await http.send(withToken(request, await prove(claims)));
      if (claimsIn(again) !== undefined) throw escrowFailures.moreThanSignIn(request.doing, again);
      return again;
    },
  };
}

/** The claims as JSON; `undefined` where the answer is no challenge. */
function claimsIn({ status, header }: HttpResponse): string | undefined {
  const [, encoded] = /\bclaims\s*=\s*"([\w+/=-]+)"/i.exec(header('www-authenticate') ?? '') ?? [];
  if (status !== 401 || encoded === undefined) return undefined;
  const claims = Buffer.from(encoded, 'base64').toString('utf8');
  return z.safeParse(z.record(z.string(), z.unknown()), jsonOrUndefined(claims)).success ? claims : undefined;
}

function withToken(request: HttpRequest, token: Secret): HttpRequest {
  const others = Object.entries(request.headers ?? {}).filter(([name]) => !/^authorization$/i.test(name));
  return {
    ...request,
    headers: { ...Object.fromEntries(others), Authorization: `Bearer ${token.reveal()}` },
  };
}
