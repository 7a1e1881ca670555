import { armAudience, issueUserToken } from '../../src/practice/login/tokens.ts';
import { findPerson } from '../../src/practice/people.ts';
import { createPracticeTenant, type PracticeTenantOptions } from '../../src/practice/tenant.ts';
import { fakeClock } from './fake-clock.ts';
import { signing } from './signing.ts';

/** Grace at Azure Resource Manager of a tenant of its own. */
export async function atAzure(options: PracticeTenantOptions = {}) {
  const clock = fakeClock();
  const tenant = createPracticeTenant({ signing, clock, ...options });
  const { state } = tenant;
  const tokenOf = async (name: string, audience = armAudience(state)) => {
    const person = findPerson(state, `${name}@contoso.com`);
    if (!person) throw new Error(`${name} is missing`);
    return issueUserToken(state, { person, clientId: 'x', scopes: ['user_impersonation'], audience });
  };
  const grace = await tokenOf('grace');
  const ask = async (method: string, path: string, body?: unknown, token: string | undefined = grace) => {
    const answer = await tenant.fetch(
      new Request(`https://management.azure.com${path}`, {
        method,
        headers: token ? { authorization: `Bearer ${token}`, 'content-type': 'application/json' } : {},
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    );
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  };
  const base = `/subscriptions/${state.azure.subscriptions[0]?.id}`;
  const group = `${base}/resourceGroups/contoso-it`;
  const newVault = {
    location: 'germanywestcentral',
    properties: { tenantId: state.organization.id, sku: { family: 'A', name: 'standard' } },
  };
  return { tenant, state, clock, tokenOf, ask, base, group, newVault };
}

export const api = 'api-version=2023-07-01';
export const vaultAt = (group: string, name: string) =>
  `${group}/providers/Microsoft.KeyVault/vaults/${name}?${api}`;
export const secretAt = (group: string, name: string, secret = 'ta') =>
  `${group}/providers/Microsoft.KeyVault/vaults/${name}/secrets/${secret}?${api}`;
