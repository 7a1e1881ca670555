import type { Advice } from '../advice/failure.ts';
import { row } from '../advice/row.ts';

const owner = 'an owner of the Azure subscription';

const register = row(
  'The Azure subscription has never used Key Vault, and Azure wants that to be allowed first.',
  owner,
  'Register it at https://portal.azure.com, Subscriptions, Resource providers, Microsoft.KeyVault, or with: az provider register --namespace Microsoft.KeyVault. Then run the same command again.',
);
const softDeleted = row(
  'A vault of this name was deleted, and Azure keeps the name until the deleted vault is purged.',
  owner,
  'Recover it at https://portal.azure.com, Key vaults, Manage deleted vaults, or choose another name (in a terminal: --vault NAME). Then run the same command again.',
);
const gone = row(
  'Azure does not find the subscription, the resource group or the vault. It was removed, or the signed-in account has no role in it.',
  'you',
  'Check the names at https://portal.azure.com and name another place (in a terminal: --subscription, --resource-group, --vault).',
);

export const noRights: Advice = row(
  'The signed-in account may not do this in the Azure subscription. Roles of Entra, Global Administrator too, give no rights in Azure.',
  owner,
  'Give the account the role Contributor on the resource group (https://portal.azure.com, the group, Access control), wait five minutes and run the same command again. To register Key Vault or to make a new group, the role is needed on the subscription.',
);

/** By code. learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors */
export const armAdvice: ReadonlyMap<string, Advice> = new Map(
  Object.entries({
    AuthorizationFailed: noRights,
    LinkedAuthorizationFailed: noRights,
    MissingSubscriptionRegistration: register,
    SubscriptionNotRegistered: register,
    VaultAlreadyExists: row(
      'Names of vaults are unique in all of Azure, and this one is taken, perhaps by a deleted vault that was not purged.',
      'you',
      'Choose another name, 3 to 24 letters, digits and dashes (in a terminal: --vault NAME). Then run the same command again.',
    ),
    ConflictError: softDeleted,
    RequestDisallowedByPolicy: row(
      'A policy of the customer forbids this vault as it was asked for. The policy is named above.',
      owner,
      'Name a vault that the customer has already (in a terminal: --resource-group, --vault), or have the policy allow this one. Then run the same command again.',
    ),
    VaultNameNotValid: row(
      'This is no name that a vault may have.',
      'you',
      'Choose a name of 3 to 24 letters, digits and single dashes that begins with a letter (in a terminal: --vault NAME).',
    ),
    SubscriptionNotFound: gone,
    ResourceGroupNotFound: gone,
    ResourceNotFound: gone,
    ParentResourceNotFound: gone,
    InvalidAuthenticationTokenTenant: row(
      'The Azure subscription belongs to another tenant than the one that was signed in to.',
      'you',
      "Name a subscription of the customer's own tenant (in a terminal: --subscription).",
    ),
    LocationNotAvailableForResourceType: row(
      'Azure has no such region, or no Key Vault in it.',
      'you',
      'Name a region such as westeurope or germanywestcentral (in a terminal: --location REGION).',
    ),
    ReadOnlyDisabledSubscription: row(
      'The Azure subscription is disabled, often for a payment that failed.',
      owner,
      'Enable it at https://portal.azure.com, Subscriptions, or name another one (in a terminal: --subscription).',
    ),
    ScopeLocked: row(
      'A lock on the subscription, the group or the vault forbids changes.',
      owner,
      'Remove the lock at https://portal.azure.com, Locks, or name another place. Then run the same command again.',
    ),
  }),
);
