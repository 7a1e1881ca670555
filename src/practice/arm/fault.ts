import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Json } from '../state.ts';

/** Thrown anywhere below an ARM route; the app's `onError` turns it into `{"error":{"code","message"}}`. */
export class ArmFault extends HTTPException {
  readonly code: string;
  /** `target`, `details`, `additionalInfo`. */
  readonly extra: Json;

  constructor(status: ContentfulStatusCode, code: string, message: string, extra: Json = {}) {
    super(status, { message });
    this.code = code;
    this.extra = extra;
  }
}

export function armFault(c: Context, fault: ArmFault): Response {
  if (fault.status === 401) {
    c.header(
      'WWW-Authenticate',
      `Bearer authorization_uri="https://login.windows.net/", error="invalid_token", error_description="${fault.message}"`,
    );
  }
  const error = { code: fault.code, message: fault.message, ...fault.extra };
  return c.json({ error }, fault.status as ContentfulStatusCode);
}

export const beingDeleted = 'Secret is currently being deleted.';
const reserved = (name: string): string =>
  `Secret ${name} is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the secret can only be recovered or purged.`;

/** Word for word as Azure Resource Manager and Key Vault answer. learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors */
export const armFaults = {
  unauthenticated: (code: string, message: string) => new ArmFault(401, code, message),
  noApiVersion: () =>
    new ArmFault(
      400,
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required for all requests.',
    ),
  tooLarge: () =>
    new ArmFault(413, 'RequestContentTooLarge', 'The size of the request content exceeds 4 MB.'),
  badApiVersion: (version: string) =>
    new ArmFault(400, 'InvalidApiVersionParameter', `The api-version '${version}' is invalid.`),
  noProviderVersion: (type: string, version: string) =>
    new ArmFault(
      400,
      'NoRegisteredProviderFound',
      `No registered resource provider found for API version '${version}' for type '${type}'.`,
    ),
  noSubscription: (id: string) =>
    new ArmFault(404, 'SubscriptionNotFound', `The subscription '${id}' could not be found.`),
  noGroup: (name: string) =>
    new ArmFault(404, 'ResourceGroupNotFound', `Resource group '${name}' could not be found.`),
  noResource: (type: string, name: string, group: string) =>
    new ArmFault(
      404,
      'ResourceNotFound',
      `The Resource '${type}/${name}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
    ),
  noSecret: (name: string) =>
    new ArmFault(404, 'SecretNotFound', `A secret with (name/id) ${name} was not found in this key vault.`),
  noParent: (path: string) =>
    new ArmFault(
      404,
      'ParentResourceNotFound',
      `Failed to perform 'write' on resource(s) of type 'vaults/secrets', because the parent resource '${path}' could not be found.`,
    ),
  noProvider: (namespace: string) =>
    new ArmFault(404, 'InvalidResourceNamespace', `The resource namespace '${namespace}' is invalid.`),
  notPlayed: (what: string) =>
    new ArmFault(501, 'NotImplemented', `The practice tenant does not play ${what}.`),
  forbidden: (who: { name: string; id: string }, action: string, scope: string) =>
    new ArmFault(
      403,
      'AuthorizationFailed',
      `The client '${who.name}' with object id '${who.id}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
    ),
  notRegistered: (namespace: string) => {
    const code = 'MissingSubscriptionRegistration';
    const message = `The subscription is not registered to use namespace '${namespace}'. See https://aka.ms/rps-not-found for how to register subscriptions.`;
    return new ArmFault(409, code, message, { details: [{ code, target: namespace, message }] });
  },
  nameTaken: (name: string) =>
    new ArmFault(
      409,
      'VaultAlreadyExists',
      `The vault name '${name}' is already in use. Vault names are globally unique so it is possible that the name is already taken. If you are sure that the vault name was not taken then it is possible that a vault with the same name was recently deleted but not purged after being placed in a recoverable state. If the vault is in a recoverable state then the vault will need to be purged before reusing the name. For more information about VaultAlreadyExists, soft delete and purging a vault follow this link https://go.microsoft.com/fwlink/?linkid=2147740.`,
    ),
  softDeleted: () =>
    new ArmFault(
      409,
      'ConflictError',
      'A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault. Follow this link https://go.microsoft.com/fwlink/?linkid=2149745 for more information on soft delete.',
    ),
  nameReserved: (secret: string, isBeingDeleted: boolean) =>
    new ArmFault(409, 'ConflictError', isBeingDeleted ? beingDeleted : reserved(secret)),
  deniedByPolicy: (resource: string, policy: string, subscriptionId: string) => {
    const assignments = `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/policyAssignments`;
    const definitions = '/providers/Microsoft.Authorization/policyDefinitions';
    const identifiers = [
      {
        policyAssignment: { name: policy, id: `${assignments}/deny-key-vaults` },
        policyDefinition: { name: policy, id: `${definitions}/deny-key-vaults` },
      },
    ];
    return new ArmFault(
      403,
      'RequestDisallowedByPolicy',
      `Resource '${resource}' was disallowed by policy. Policy identifiers: '${JSON.stringify(identifiers)}'.`,
      {
        target: resource,
        additionalInfo: [{ type: 'PolicyViolation', info: { policyDefinitionDisplayName: policy } }],
      },
    );
  },
  badVaultName: (name: string) =>
    new ArmFault(
      400,
      'VaultNameNotValid',
      `The vault name '${name}' is invalid. A vault's name must be between 3-24 alphanumeric characters. The name must begin with a letter, end with a letter or digit, and not contain consecutive hyphens.`,
    ),
  badLocation: (kind: string) =>
    new ArmFault(400, 'LocationRequired', `The location property is required for this definition (${kind}).`),
  otherLocation: (name: string, where: string, asked: string) =>
    new ArmFault(
      409,
      'InvalidResourceGroupLocation',
      `Invalid resource group location '${asked}'. The Resource group already exists in location '${where}'.`,
      { target: name },
    ),
  badRequest: (message: string) => new ArmFault(400, 'BadRequest', message),
  notJson: () =>
    new ArmFault(
      400,
      'InvalidRequestContent',
      'The request content was invalid and could not be deserialized.',
    ),
};
