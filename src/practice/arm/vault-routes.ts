import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import type { State } from '../state.ts';
import { type ArmEnv, requireAction, requireGroup, sameName } from './access.ts';
import type { AzureGroup, Vault } from './azure.ts';
import { queryOf, readArmBody } from './body.ts';
import { armFaults } from './fault.ts';
import {
  answerAccepted,
  isFinished,
  registrationState,
  requireVaultVersion,
  vaultProvider,
} from './subscription-routes.ts';

export const vaultPath = `/subscriptions/:subscription/resourcegroups/:group/providers/:provider{${vaultProvider}}/vaults/:vault`;

const newVault = z.object({
  location: z.optional(z.string()),
  tags: z._default(z.record(z.string(), z.string()), {}),
  properties: z.looseObject({
    tenantId: z.guid(),
    sku: z.object({ family: z.literal('A'), name: z.enum(['standard', 'premium']) }),
    accessPolicies: z.optional(z.array(z.unknown())),
    enableRbacAuthorization: z.optional(z.boolean()),
    enableSoftDelete: z.optional(z.boolean()),
    softDeleteRetentionInDays: z.optional(z.int().check(z.minimum(7), z.maximum(90))),
    enablePurgeProtection: z.optional(z.literal(true)),
  }),
});

/** Key vaults as generic resources. learn.microsoft.com/rest/api/keyvault/keyvault/vaults */
export function createVaultRoutes(state: State): Hono<ArmEnv> {
  const routes = new Hono<ArmEnv>();
  routes.get(vaultPath, (c) => {
    requireVaultVersion(c, 'vaults');
    const group = groupFor(c, state, 'read');
    return c.json(vaultJson(state, requireVault(state, group, c.req.param('vault') ?? '')));
  });
  routes.put(vaultPath, (c) => putVault(c, state));
  routes.get('/subscriptions/:subscription/resourcegroups/:group/resources', (c) => {
    const subscription = requireAction(c, state, 'Microsoft.Resources/subscriptions/resourceGroups/read');
    const group = requireGroup(state, subscription, c.req.param('group'));
    return c.json({ value: listed(state, c, (vault) => isIn(vault, group)) });
  });
  routes.get('/subscriptions/:subscription/resources', (c) => {
    const { id } = requireAction(c, state, 'Microsoft.Resources/subscriptions/resources/read');
    return c.json({ value: listed(state, c, ({ subscriptionId }) => subscriptionId === id) });
  });
  return routes;
}

/** The group in the path, if the person may do this with what lies in it. */
export function groupFor(c: Context<ArmEnv>, state: State, verb: 'read' | 'write', type = 'vaults') {
  const name = c.req.param('group') ?? '';
  const [vault, secret] = [c.req.param('vault') ?? '', c.req.param('secret')];
  const below = `/resourcegroups/${name}/providers/${vaultProvider}/vaults/${vault}${secret === undefined ? '' : `/secrets/${secret}`}`;
  return requireGroup(state, requireAction(c, state, `${vaultProvider}/${type}/${verb}`, below), name);
}

export function findVault(state: State, group: AzureGroup, name: string): Vault | undefined {
  return state.azure.vaults.find((vault) => isIn(vault, group) && sameName(vault.name, name));
}

function requireVault(state: State, group: AzureGroup, name: string): Vault {
  const found = findVault(state, group, name);
  if (!found) throw armFaults.noResource(`${vaultProvider}/vaults`, name, group.name);
  return found;
}

function isIn(vault: Vault, group: AzureGroup): boolean {
  return vault.subscriptionId === group.subscriptionId && sameName(vault.group, group.name);
}

/** Lists hold no properties. */
function listed(state: State, c: Context<ArmEnv>, which: (vault: Vault) => boolean) {
  const type = /^resourceType eq '([^']+)'$/i.exec(queryOf(c, '$filter') ?? '')?.[1];
  if (type !== undefined && !sameName(type, `${vaultProvider}/vaults`)) return [];
  return state.azure.vaults.filter(which).map((vault) => {
    const { properties: _properties, ...shown } = vaultJson(state, vault);
    return shown;
  });
}

async function putVault(c: Context<ArmEnv>, state: State): Promise<Response> {
  requireVaultVersion(c, 'vaults');
  const group = groupFor(c, state, 'write');
  const name = c.req.param('vault') ?? '';
  const asked = await readArmBody(c, newVault);
  if (!/^(?=.{3,24}$)[a-z](-?[a-z0-9])+$/i.test(name)) throw armFaults.badVaultName(name);
  if (!asked.location) throw armFaults.badLocation('vaults');
  refuse(state, group, name);
  const existing = findVault(state, group, name);
  const vault: Vault = {
    ...{ subscriptionId: group.subscriptionId, group: group.name, name: existing?.name ?? name },
    location: existing?.location ?? asked.location,
    tags: asked.tags,
    properties: asked.properties,
    madeAt: existing?.madeAt ?? state.clock.now(),
    secrets: existing?.secrets ?? [],
    deletedSecrets: existing?.deletedSecrets ?? [],
  };
  if (existing) {
    state.azure.vaults[state.azure.vaults.indexOf(existing)] = vault;
    return c.json(vaultJson(state, vault));
  }
  // An operation that fails leaves nothing behind.
  if (!state.azure.operationsFailWith) state.azure.vaults.push(vault);
  const body = vaultJson(state, vault);
  const isPolled = state.azure.vaultsAnswer === 'operation' || state.azure.operationsFailWith !== undefined;
  return isPolled ? answerAccepted(c, state, body) : c.json(body, 201);
}

/** In the order of the real thing: provider, policy, name. */
function refuse(state: State, group: AzureGroup, name: string): void {
  const { azure } = state;
  if (registrationState(state) !== 'Registered') throw armFaults.notRegistered(vaultProvider);
  if (azure.vaultsDeniedBy) throw armFaults.deniedByPolicy(name, azure.vaultsDeniedBy, group.subscriptionId);
  if (findVault(state, group, name)) return;
  if (azure.deletedVaultNames.has(name.toLowerCase())) throw armFaults.softDeleted();
  const isOurs = azure.vaults.some((vault) => sameName(vault.name, name));
  if (azure.takenVaultNames.delete('*')) azure.takenVaultNames.add(name.toLowerCase());
  if (isOurs || azure.takenVaultNames.has(name.toLowerCase())) throw armFaults.nameTaken(name);
}

function vaultJson(state: State, vault: Vault) {
  const { subscriptionId, group, name, location, tags, properties, madeAt } = vault;
  return {
    id: `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/${vaultProvider}/vaults/${name}`,
    name,
    type: `${vaultProvider}/vaults`,
    location,
    tags,
    properties: {
      ...properties,
      vaultUri: `https://${name.toLowerCase()}.vault.azure.net/`,
      provisioningState: isFinished(state, madeAt) ? 'Succeeded' : 'RegisteringDns',
    },
  };
}
