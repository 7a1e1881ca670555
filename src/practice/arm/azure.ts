import type { Ids } from '../ids.ts';

/** What the tenant has in Azure. Instants in epoch ms. */
export interface Azure {
  readonly subscriptions: AzureSubscription[];
  /** How many of them one answer lists; the rest is behind its `nextLink`. */
  subscriptionsPerPage: number;
  readonly groups: AzureGroup[];
  readonly vaults: Vault[];
  readonly operations: Operation[];
  /** By person's id, for every subscription. Who is not listed does not even see one. */
  readonly roles: Map<string, AzureRole>;
  /** Whether each of them holds Key Vault Secrets Officer too: no role of the subscription gives that. */
  officersOfSecrets: boolean;
  /** Since when the subscriptions may use `Microsoft.KeyVault`; undefined = not registered. */
  keyVaultRegisteredAt?: number | undefined;
  /** Vault names of other customers of Microsoft; `*` = whatever name is asked for first. */
  readonly takenVaultNames: Set<string>;
  /** Vaults that were deleted and not purged. */
  readonly deletedVaultNames: Set<string>;
  /** Display name of the policy that denies vaults. */
  vaultsDeniedBy?: string | undefined;
  /** How the making of a vault goes on: read from the vault's provisioning state, as with Key Vault, or polled at an operation of its own, as with most of Azure. */
  vaultsAnswer: 'operation' | 'provisioning state';
  /** Makes every operation end in this error. */
  operationsFailWith?: { readonly code: string; readonly message: string } | undefined;
}

/** learn.microsoft.com/azure/role-based-access-control/built-in-roles/general */
type AzureRole = 'Owner' | 'Contributor' | 'Reader';

export interface AzureSubscription {
  readonly id: string;
  readonly displayName: string;
  state: 'Enabled' | 'Disabled';
}

export interface AzureGroup {
  readonly subscriptionId: string;
  readonly name: string;
  readonly location: string;
}

export interface Vault {
  readonly subscriptionId: string;
  readonly group: string;
  readonly name: string;
  readonly location: string;
  readonly tags: Record<string, unknown>;
  readonly properties: Record<string, unknown>;
  readonly madeAt: number;
  readonly secrets: VaultSecret[];
  /** Those that were deleted and can be recovered. */
  readonly deletedSecrets: DeletedVaultSecret[];
}

/** The newest version of a secret. */
export interface VaultSecret {
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the value, which Azure Resource Manager never shows. */
  readonly sha256: string;
  readonly contentType?: string | undefined;
  /** Unix seconds. */
  readonly exp?: number | undefined;
  readonly enabled: boolean;
  readonly tags: Record<string, unknown>;
  readonly created: number;
  readonly updated: number;
}

/** `deletedAt` in epoch ms. */
export type DeletedVaultSecret = VaultSecret & { readonly deletedAt: number };

interface Operation {
  readonly id: string;
  readonly startedAt: number;
}

/** One subscription with one resource group; Grace owns it. */
export function azureOfContoso(ids: Ids, longAgo: number): Azure {
  const subscription: AzureSubscription = { id: ids.guid(), displayName: 'Contoso Azure', state: 'Enabled' };
  return {
    subscriptions: [subscription],
    subscriptionsPerPage: 100,
    groups: [{ subscriptionId: subscription.id, name: 'contoso-it', location: 'germanywestcentral' }],
    vaults: [],
    operations: [],
    roles: new Map(),
    officersOfSecrets: true,
    keyVaultRegisteredAt: longAgo,
    takenVaultNames: new Set(['contoso']),
    deletedVaultNames: new Set(),
    vaultsDeniedBy: undefined,
    vaultsAnswer: 'provisioning state',
    operationsFailWith: undefined,
  };
}
