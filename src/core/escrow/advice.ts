import { Repeat, repeat } from '../words/faces.ts';
import { type Advice, type Failure, row } from '../words/failure.ts';
import type { Signature } from '../words/graph.ts';
import { inTerminal, say } from '../words/say.ts';

const owner = 'an owner of the Azure subscription';

const register = row(
  say`Key Vault is not registered for the Azure subscription yet.`,
  owner,
  say`Register it at https://portal.azure.com, Subscriptions, Resource providers, Microsoft.KeyVault, or with: az provider register --namespace Microsoft.KeyVault. Then ${repeat}.`,
);
const softDeleted = row(
  say`A vault with this name was deleted. Azure reserves the name until the deleted vault is purged.`,
  owner,
  say`Recover it at https://portal.azure.com, Key vaults, Manage deleted vaults, or choose another name${inTerminal` (in a terminal: --vault NAME)`}. Then ${repeat}.`,
);
const gone = row(
  say`Azure does not find the subscription, the resource group or the vault. It was deleted, or the account you signed in with has no role in it.`,
  'you',
  say`Check the names at https://portal.azure.com and choose another place${inTerminal` (in a terminal: --subscription, --resource-group, --vault)`}.`,
);

const noRights: Advice = row(
  say`The account you signed in with is not allowed to do this in the Azure subscription. Entra roles, even Global Administrator, give no rights in Azure.`,
  owner,
  say`Give the account the role Contributor on the resource group (https://portal.azure.com, the group, Access control), wait five minutes and ${repeat}. To register Key Vault or to create a group, the account needs the role on the subscription.`,
);

export const secondFactor: Advice = row(
  say`Azure accepts changes only after a sign-in with a second factor (MFA). This sign-in had none, or a policy asks for more.`,
  'you',
  say`${Repeat} and sign in by browser${inTerminal` (in a terminal: --browser)`} with a second factor. An account without one can register it at https://aka.ms/mfasetup.`,
);

const vaultDeleted = /vault .*deleted state/i;

const secretDeleted: Advice = row(
  say`A secret with this name was deleted in the vault, for example when the customer was removed. The vault reserves the name until the deleted secret is purged.`,
  owner,
  say`Recover or purge it at https://portal.azure.com, Key vaults, the vault, Secrets, Manage deleted secrets, or choose another vault${inTerminal` (in a terminal: --vault NAME)`}. Then ${repeat}: it writes over what was recovered.`,
);

/**
 * Key Vault itself answers `Conflict` for a name that a deleted secret holds, and says in its message that the secret is in a deleted but
 * recoverable state (github.com/ironmansoftware/powershell-universal/issues/1990, github.com/external-secrets/external-secrets/issues/3519).
 * Under which code Resource Manager passes that on is not published, so the message decides.
 */
const conflicts = [
  'ConflictError',
  'Conflict',
  'BadRequest',
  'ObjectIsDeletedButRecoverable',
  'ObjectIsBeingDeleted',
];

/** Codes whose message decides. ConflictError has three causes: github.com/MicrosoftDocs/azure-docs/issues/77545, github.com/Azure/bicep/issues/3113. */
export const armSignatures: readonly Pick<Signature, 'code' | 'message' | 'advice'>[] = [
  // A rule of Azure's own is called a policy too; its reason tells it from one of the customer.
  { code: 'RequestDisallowedByPolicy', message: /\bMFA\b|multi-?factor/i, advice: secondFactor },
  { code: 'ConflictError', message: vaultDeleted, advice: softDeleted },
  ...conflicts.map((code) => ({ code, message: /secret .*deleted/i, advice: secretDeleted })),
  {
    code: 'ConflictError',
    message: /changed from the point|parallel/i,
    advice: row(
      say`Something else changed the vault at the same time.`,
      'you',
      say`Wait one minute and ${repeat}. It checks first and writes only what is missing.`,
    ),
  },
];

/** By code. learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors */
export const armAdvice: ReadonlyMap<string, Advice> = new Map(
  Object.entries({
    AuthorizationFailed: noRights,
    LinkedAuthorizationFailed: noRights,
    MissingSubscriptionRegistration: register,
    SubscriptionNotRegistered: register,
    VaultAlreadyExists: row(
      say`The name of a vault must be unique in all of Azure. This one is in use, perhaps by a deleted vault that was not purged.`,
      'you',
      say`Choose another name, 3 to 24 letters, digits and dashes${inTerminal` (in a terminal: --vault NAME)`}. Then ${repeat}.`,
    ),
    RequestDisallowedByPolicy: row(
      say`A policy of the customer does not allow this vault.`,
      owner,
      say`Choose a vault that the customer already has${inTerminal` (in a terminal: --resource-group, --vault)`}, or have the policy allow this one. Then ${repeat}.`,
    ),
    VaultNameNotValid: row(
      say`A vault cannot have this name.`,
      'you',
      say`Choose a name of 3 to 24 letters, digits and single dashes that begins with a letter${inTerminal` (in a terminal: --vault NAME)`}.`,
    ),
    SubscriptionNotFound: gone,
    ResourceGroupNotFound: gone,
    ResourceNotFound: gone,
    ParentResourceNotFound: gone,
    InvalidAuthenticationTokenTenant: row(
      say`The Azure subscription does not belong to the tenant that you signed in to.`,
      'you',
      say`Choose a subscription of the customer's own tenant${inTerminal` (in a terminal: --subscription)`}.`,
    ),
    LocationNotAvailableForResourceType: row(
      say`Azure has no such region, or no Key Vault in it.`,
      'you',
      say`Choose a region such as westeurope or germanywestcentral${inTerminal` (in a terminal: --location REGION)`}.`,
    ),
    ReadOnlyDisabledSubscription: row(
      say`The Azure subscription is disabled, often for a payment that failed.`,
      owner,
      say`Enable it at https://portal.azure.com, Subscriptions, or choose another one${inTerminal` (in a terminal: --subscription)`}.`,
    ),
    ScopeLocked: row(
      say`A lock on the subscription, the group or the vault blocks changes.`,
      owner,
      say`Remove the lock at https://portal.azure.com, Locks, or choose another place. Then ${repeat}.`,
    ),
  }),
);

/** Whether another name for the vault would help. */
export const isVaultNameRefused = ({ code, detail = '' }: Pick<Failure, 'code' | 'detail'>): boolean =>
  code === 'VaultAlreadyExists' ||
  code === 'VaultNameNotValid' ||
  (code === 'ConflictError' && vaultDeleted.test(detail));
