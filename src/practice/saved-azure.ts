import * as z from 'zod/mini';

const json = z.record(z.string(), z.unknown());
const setOfTexts = z.codec(z.array(z.string()), z.set(z.string()), {
  decode: (list) => new Set(list),
  encode: (set) => [...set],
});
/** A map is written as an object. */
export function savedMap<T>(values: z.ZodMiniType<T, T>) {
  return z.codec(z.record(z.string(), values), z.map(z.string(), values), {
    decode: (record) => new Map(Object.entries(record)),
    encode: (map) => Object.fromEntries(map),
  });
}

const role = z.enum(['Owner', 'Contributor', 'Reader']);

const vaultSecret = z.object({
  ...{ name: z.string(), version: z.string(), sha256: z.string(), enabled: z.boolean() },
  ...{ contentType: z.optional(z.string()), exp: z.optional(z.number()) },
  ...{ created: z.number(), updated: z.number() },
  tags: json,
});
const vault = z.object({
  ...{ subscriptionId: z.string(), group: z.string(), name: z.string(), location: z.string() },
  ...{ tags: json, properties: json },
  madeAt: z.number(),
  secrets: z.array(vaultSecret),
});

/** The tenant's Azure in the file of a saved state. */
export const savedAzure = z.object({
  subscriptions: z.array(
    z.object({ id: z.string(), displayName: z.string(), state: z.enum(['Enabled', 'Disabled']) }),
  ),
  subscriptionsPerPage: z.number(),
  groups: z.array(z.object({ subscriptionId: z.string(), name: z.string(), location: z.string() })),
  vaults: z.array(vault),
  operations: z.array(z.object({ id: z.string(), startedAt: z.number() })),
  roles: savedMap(role),
  keyVaultRegisteredAt: z.optional(z.number()),
  takenVaultNames: setOfTexts,
  deletedVaultNames: setOfTexts,
  vaultsDeniedBy: z.optional(z.string()),
  vaultsAnswer: z.enum(['operation', 'provisioning state']),
  operationsFailWith: z.optional(z.object({ code: z.string(), message: z.string() })),
});
