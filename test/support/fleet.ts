import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import type { CheckedCustomer } from '../../src/core/check/checked.ts';
import { clouds } from '../../src/core/cloud/clouds.ts';
import { endpointsOf } from '../../src/core/preferences/endpoints.ts';
import type { PracticeClock } from '../../src/practice/clock.ts';
import type { FaultRule } from '../../src/practice/faults.ts';
import { addSecret } from '../../src/practice/graph/secrets.ts';
import { seedState } from '../../src/practice/seed.ts';
import type { State } from '../../src/practice/state.ts';
import { type PracticeTenant, playTenant } from '../../src/practice/tenant.ts';
import { type RegisteredApp, registerApp } from './registered-app.ts';
import { setUpRecord } from './set-up-record.ts';
import { signing } from './signing.ts';

const dayMs = 24 * 3_600_000;
const wanted = ['Directory.Read.All', 'User.Read.All', 'Mail.ReadWrite', 'Mail.Send'];

type App = ReturnType<typeof registerApp>;

/** One way in which a customer fails: what is wrong in the tenant, and what a check must say. */
interface Failing {
  readonly code: string;
  readonly looked: boolean;
  readonly app?: RegisteredApp;
  readonly harm?: (state: State, app: App) => void;
}

const always = (answer: FaultRule['answer']) => (state: State) => state.faults.rules.unshift({ answer });

/** Ten ways. */
const failing: readonly Failing[] = [
  { code: 'AADSTS7000222', looked: true, app: { secretDays: 100 } },
  { code: 'AADSTS7000215', looked: true, harm: (_, { application }) => application.secrets.splice(0) },
  {
    code: 'AADSTS700016',
    looked: true,
    harm: (_, { application }) => Object.assign(application, { deletedAt: 1 }),
  },
  {
    code: 'AADSTS7000229',
    looked: true,
    harm: (_, { servicePrincipal }) => Object.assign(servicePrincipal, { deletedAt: 1 }),
  },
  {
    code: 'AADSTS7000112',
    looked: true,
    harm: (_, { servicePrincipal }) => Object.assign(servicePrincipal.graph, { accountEnabled: false }),
  },
  { code: 'permissions-missing', looked: true, app: { granted: wanted.slice(0, 3) } },
  {
    code: 'application-credentials',
    looked: true,
    harm: (state, { application }) => {
      const startsAt = state.clock.now() - dayMs;
      addSecret(state, application, { startsAt, endsAt: startsAt + 90 * dayMs, displayName: 'by hand' });
    },
  },
  { code: 'MailboxNotEnabledForRESTAPI', looked: true, harm: (state) => state.mailboxes.splice(0) },
  { code: 'HTTP 503', looked: false, harm: always({ kind: 'status', status: 503, body: {} }) },
  { code: 'TA-SOMETHING-BETWEEN', looked: false, harm: always({ kind: 'html' }) },
];

/** One in ten fails; the ways take turns. */
const failureOf = (index: number): Failing | undefined =>
  index % 10 === 3 ? failing[Math.floor(index / 10) % failing.length] : undefined;

/** One in five is asked to slow down at its first request. */
const isThrottled = (index: number): boolean => index % 5 === 1;

export interface Fleet {
  /** Answers as Microsoft does for all of the fleet's tenants. */
  readonly fetch: PracticeTenant['fetch'];
  /** How many requests came, and how many of them earlier than their tenant had asked for. */
  readonly seen: { requests: number; early: number; throttled: number };
  /** The customers' files in folders of their own, hundred by hundred. */
  write(folder: string): Promise<void>;
}

/** What a check must say of a customer by its number. */
export function isRight({ name, looked, findings }: CheckedCustomer): boolean {
  const failure = failureOf(Number(name.replace('Customer ', '')));
  const acted = findings.filter(({ level }) => level === 'warn' || level === 'bad').map(({ code }) => code);
  if (!failure) return looked && acted.length === 0;
  return looked === failure.looked && acted[0] === failure.code && (acted.length === 1 || !looked);
}

/** Customers, each with a tenant of its own. A tenant is made when it is asked for, always the same, and few are kept. */
export function createFleet(count: number, clock: PracticeClock, kept = 64): Fleet {
  const begun = { ...clock, now: () => began };
  const began = clock.now();
  const numbers = new Map<string, number>();
  const tenants = new Map<number, State>();
  const notBefore = new Map<number, number>();
  const seen = { requests: 0, early: 0, throttled: 0 };

  const make = (index: number): { state: State; app: App; expiresAt: number } => {
    const state = seedState({ seed: `fleet-${index}`, clock, lagFactor: 0, signing });
    const failure = failureOf(index);
    const longAgo = { ...state, clock: { now: () => begun.now() - 150 * dayMs } };
    const app = registerApp(longAgo, {
      granted: wanted,
      requested: wanted,
      secretDays: 330,
      ...failure?.app,
    });
    failure?.harm?.(state, app);
    return { state, app, expiresAt: app.application.secrets[0]?.endsAt ?? began + 180 * dayMs };
  };
  const stateOf = (tenantId: string): State | undefined => {
    const index = numbers.get(tenantId);
    if (index === undefined) return undefined;
    const state = tenants.get(index) ?? make(index).state;
    tenants.set(index, state);
    for (const [oldest] of tenants) if (tenants.size > kept) tenants.delete(oldest);
    return state;
  };
  const slowedDown = (index: number): Response | undefined => {
    if (!isThrottled(index) || notBefore.has(index)) return undefined;
    notBefore.set(index, clock.now() + 1000);
    seen.throttled += 1;
    const error = { error: 'temporarily_unavailable', error_codes: [90055] };
    return Response.json(error, { status: 429, headers: { 'Retry-After': '1' } });
  };
  const { fetch } = playTenants(stateOf);
  return {
    seen,
    async fetch(request, connection) {
      seen.requests += 1;
      const index = numbers.get(new URL(request.url).pathname.split('/')[1] ?? '');
      if (index === undefined) return await fetch(request, connection);
      if (clock.now() < (notBefore.get(index) ?? 0)) seen.early += 1;
      return slowedDown(index) ?? (await fetch(request, connection));
    },
    async write(folder) {
      for (let index = 0; index < count; index += 1) {
        const { state, app, expiresAt } = make(index);
        numbers.set(state.organization.id, index);
        await writeCustomer(folder, index, { state, app, expiresAt });
      }
    },
  };
}

async function writeCustomer(
  root: string,
  index: number,
  { state, app, expiresAt }: { readonly state: State; readonly app: App; readonly expiresAt: number },
): Promise<void> {
  const folder = join(root, String(Math.floor(index / 100)).padStart(3, '0'));
  await mkdir(folder, { recursive: true });
  const { id, displayName, defaultDomain: domain } = state.organization;
  const mail = { fromName: 'Time Recording (Contoso)', fromAddress: 'ta@contoso.com' };
  const at = new Date(state.clock.now() - 150 * dayMs).toISOString();
  const { keyId = 'gone', hint = app.secretText.slice(0, 3) } = app.application.secrets[0] ?? {};
  const blank = setUpRecord(new Date(expiresAt).toISOString());
  const record = {
    ...blank,
    customer: `Customer ${index}`,
    tenant: { id, displayName, domain },
    application: {
      uniqueName: `ta-exchange-setup-${index}`,
      objectId: app.application.id,
      clientId: app.appId,
      createdAt: at,
    },
    servicePrincipal: { objectId: app.servicePrincipal.id },
    secret: { keyId, hint, displayName: 'mail', expiresAt: new Date(expiresAt).toISOString() },
    preferences: { file: `${index}.ta-email.json`, keyId, writtenAt: at },
    proof: { at, keyId, roles: wanted },
    verification: blank.verification && { ...blank.verification, at, keyId },
  };
  const connection = {
    tenantId: id,
    clientId: app.appId,
    fromName: mail.fromName,
    fromEmailAddress: mail.fromAddress,
    clientSecret: app.secretText,
  };
  const files = {
    customer: { version: 1, name: `Customer ${index}`, tenant: id, mail },
    record,
    email: { version: 1, component: 'EXCH', connection, apiEndpoints: endpointsOf(clouds.global) },
  };
  for (const [kind, content] of Object.entries(files))
    await writeFile(join(folder, `${index}.ta-${kind}.json`), JSON.stringify(content), { mode: 0o600 });
}

/**
 * Many tenants behind Microsoft's hosts, as in life: a sign-in names its tenant in the path, a token carries it. The hosts are
 * made once, and each request is answered over the state of its own tenant, so that a tenant costs no more than what it holds.
 * `stateOf` gives a tenant by its id; `undefined`: Entra does not know it.
 */
function playTenants(stateOf: (tenantId: string) => State | undefined): Pick<PracticeTenant, 'fetch'> {
  const nobody = seedState({ seed: 'nobody' });
  const current = new AsyncLocalStorage<State>();
  const now = (): State => current.getStore() ?? nobody;
  const stage = new Proxy(nobody, {
    get: (_state, name) => Reflect.get(now(), name),
    set: (_state, name, value) => Reflect.set(now(), name, value),
    ownKeys: () => Reflect.ownKeys(now()),
    getOwnPropertyDescriptor: (_state, name) => Reflect.getOwnPropertyDescriptor(now(), name),
  });
  const hosts = playTenant(stage);
  return {
    fetch: (request, connection) =>
      current.run(stateOf(tenantOf(request)) ?? nobody, () => hosts.fetch(request, connection)),
  };
}

function tenantOf({ url, headers }: Request): string {
  const { hostname, pathname } = new URL(url);
  if (hostname.startsWith('login.')) return pathname.split('/')[1] ?? '';
  const [, token = ''] = /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '') ?? [];
  try {
    return String(decodeJwt(token).tid);
  } catch {
    return '';
  }
}
