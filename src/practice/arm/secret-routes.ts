import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import type { State } from '../state.ts';
import { type ArmEnv, sameName } from './access.ts';
import type { Vault, VaultSecret } from './azure.ts';
import { readArmBody } from './body.ts';
import { deletedSecret, isBeingDeleted } from './deleted-secrets.ts';
import { armFaults } from './fault.ts';
import { requireVaultVersion, vaultProvider } from './subscription-routes.ts';
import { findVault, groupFor, vaultPath } from './vault-routes.ts';

const secretPath = `${vaultPath}/secrets/:secret`;

const newSecret = z.object({
  tags: z._default(z.record(z.string(), z.string()), {}),
  properties: z.object({
    value: z.string().check(z.maxLength(25_600)),
    contentType: z.optional(z.string()),
    attributes: z.optional(
      z.object({
        enabled: z.optional(z.boolean()),
        exp: z.optional(z.int()),
        nbf: z.optional(z.int()),
      }),
    ),
  }),
});

/** A change makes no new version, and the value stays as it is. */
const changedSecret = z.object({
  tags: z.optional(z.record(z.string(), z.string())),
  properties: z._default(z.omit(newSecret.shape.properties, { value: true }), {}),
});

/**
 * Secrets written through Azure Resource Manager: a role on the group is enough, no data role of Key Vault is needed. The
 * value comes back in no answer. learn.microsoft.com/rest/api/keyvault/keyvault/secrets
 */
export function createSecretRoutes(state: State): Hono<ArmEnv> {
  const routes = new Hono<ArmEnv>();
  routes.get(secretPath, (c) => {
    requireVaultVersion(c, 'vaults/secrets');
    const name = c.req.param('secret') ?? '';
    const vault = vaultFor(c, state, 'read');
    const found = vault.secrets.find((secret) => sameName(secret.name, name));
    if (!found) throw armFaults.noSecret(name);
    return c.json(secretJson(vault, found));
  });
  routes.put(secretPath, async (c) => {
    requireVaultVersion(c, 'vaults/secrets');
    const name = c.req.param('secret') ?? '';
    const vault = vaultFor(c, state, 'write');
    const asked = await readArmBody(c, newSecret);
    if (!/^[A-Za-z0-9-]{1,127}$/.test(name))
      throw armFaults.badRequest(`The secret name '${name}' is invalid.`);
    requireFree(state, vault, name);
    const at = vault.secrets.findIndex((secret) => sameName(secret.name, name));
    const secret = newSecretOf(state, name, asked, vault.secrets[at]);
    vault.secrets.splice(at < 0 ? vault.secrets.length : at, 1, secret);
    return c.json(secretJson(vault, secret), at < 0 ? 201 : 200);
  });
  routes.patch(secretPath, async (c) => {
    requireVaultVersion(c, 'vaults/secrets');
    const name = c.req.param('secret') ?? '';
    const vault = vaultFor(c, state, 'write');
    const { tags, properties } = await readArmBody(c, changedSecret);
    const at = vault.secrets.findIndex((secret) => sameName(secret.name, name));
    const before = vault.secrets[at];
    if (!before) throw armFaults.noSecret(name);
    const { enabled = before.enabled, exp = before.exp } = properties.attributes ?? {};
    const { contentType = before.contentType } = properties;
    const updated = Math.floor(state.clock.now() / 1000);
    const secret = { ...before, enabled, exp, contentType, updated, tags: tags ?? before.tags };
    vault.secrets.splice(at, 1, secret);
    return c.json(secretJson(vault, secret));
  });
  return routes;
}

function vaultFor(c: Context<ArmEnv>, state: State, verb: 'read' | 'write'): Vault {
  const group = groupFor(c, state, verb, 'vaults/secrets');
  const name = c.req.param('vault') ?? '';
  const vault = findVault(state, group, name);
  if (vault) return vault;
  const path = `/subscriptions/${group.subscriptionId}/resourceGroups/${group.name}/providers/${vaultProvider}/vaults/${name}`;
  throw verb === 'write'
    ? armFaults.noParent(path)
    : armFaults.noResource(`${vaultProvider}/vaults`, name, group.name);
}

/** A deleted secret keeps its name until it is purged: github.com/MicrosoftDocs/azure-docs/issues/77545. */
function requireFree(state: State, vault: Vault, name: string): void {
  const deleted = deletedSecret(state, vault, name);
  if (deleted) throw armFaults.nameReserved(name, isBeingDeleted(state, deleted));
}

/** Every write makes a new version. */
function newSecretOf(
  state: State,
  name: string,
  { tags, properties }: z.infer<typeof newSecret>,
  before: VaultSecret | undefined,
): VaultSecret {
  const { value, contentType, attributes } = properties;
  const now = Math.floor(state.clock.now() / 1000);
  return {
    name,
    version: state.ids.guid().replaceAll('-', ''),
    sha256: createHash('sha256').update(value).digest('hex'),
    contentType,
    exp: attributes?.exp,
    enabled: attributes?.enabled ?? true,
    tags,
    created: before?.created ?? now,
    updated: now,
  };
}

function secretJson(vault: Vault, secret: VaultSecret) {
  const uri = `https://${vault.name.toLowerCase()}.vault.azure.net/secrets/${secret.name}`;
  const { enabled, exp, created, updated, contentType, tags } = secret;
  return {
    id: `/subscriptions/${vault.subscriptionId}/resourceGroups/${vault.group}/providers/${vaultProvider}/vaults/${vault.name}/secrets/${secret.name}`,
    name: secret.name,
    type: `${vaultProvider}/vaults/secrets`,
    location: vault.location,
    tags,
    properties: {
      attributes: { enabled, created, updated, ...(exp === undefined ? {} : { exp }) },
      ...(contentType === undefined ? {} : { contentType }),
      secretUri: uri,
      secretUriWithVersion: `${uri}/${secret.version}`,
    },
  };
}
