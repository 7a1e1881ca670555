import { AsyncLocalStorage } from 'node:async_hooks';
import { decodeJwt } from 'jose';
import { seedState } from '../../src/practice/seed.ts';
import type { State } from '../../src/practice/state.ts';
import { type PracticeTenant, playTenant } from '../../src/practice/tenant.ts';

/**
 * Many tenants behind Microsoft's hosts, as in life: a sign-in names its tenant in the path, a token carries it. The hosts are
 * made once, and each request is answered over the state of its own tenant, so that a tenant costs no more than what it holds.
 * `stateOf` gives a tenant by its id; `undefined`: Entra does not know it.
 */
export function playTenants(stateOf: (tenantId: string) => State | undefined): Pick<PracticeTenant, 'fetch'> {
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
