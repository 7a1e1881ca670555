import type { Customer } from '../customer/customer.ts';
import type { CustomerRecord } from '../customer/record.ts';
import type { Certificate, ClientSecret } from '../tenant/access.ts';
import { type Existing, heldSecret } from './existing.ts';
import { operationIn, unfinishedSecretOperations } from './operations.ts';
import { addClientSecret } from './steps/add-client-secret.ts';
import { addServicePrincipal } from './steps/add-service-principal.ts';
import { grantPermissions } from './steps/grant-permissions.ts';
import { registerApplication } from './steps/register-application.ts';

/**
 * What the application carries that is not ours: by each of these somebody may act as the application, or come to. A name
 * proves nothing and a record may have been sent along, so only what is on the application itself decides.
 */
export function strangersOn(customer: Customer, existing: Existing, now: number): string[] {
  const { application, servicePrincipal, owners, federatedCredentials } = existing.snapshot;
  if (!application) return [];
  const ours = ownSecrets(customer, existing, now);
  const isLive = ({ expiresAt }: Certificate): boolean => !(Date.parse(expiresAt) <= now);
  const secrets = [...application.secrets, ...(servicePrincipal?.secrets ?? [])];
  const certificates = [...application.certificates, ...(servicePrincipal?.certificates ?? [])];
  return [
    ...owners
      .filter(({ objectId }) => !existing.knownOwners.includes(objectId))
      .map(({ name, objectId }) => `the owner ${name} (${objectId})`),
    ...secrets.filter((secret) => isLive(secret) && !ours(secret)).map(secretText),
    ...certificates.filter(isLive).map(certificateText),
    ...federatedCredentials.map(
      ({ name, issuer, subject }) =>
        `the federated credential "${name}" (issuer ${issuer}, subject ${subject})`,
    ),
    ...application.redirectUris.map((uri) => `the redirect URI ${uri}`),
  ];
}

/** Whether the plan would grant something to an application that exists, or give it a secret, or change it. */
export function changesApplication(customer: Customer, existing: Existing, now: number): boolean {
  const steps = [registerApplication, addServicePrincipal, grantPermissions, addClientSecret];
  return (
    existing.snapshot.application !== undefined &&
    steps.some((step) => step.plan(customer, existing, now).length > 0)
  );
}

/**
 * The secret that the preferences file holds, and what a dead run of ours left, for that is removed before anything is
 * granted. That the record knows a secret counts only where nothing is to be granted: whoever holds it gains nothing.
 */
function ownSecrets(customer: Customer, existing: Existing, now: number): (secret: ClientSecret) => boolean {
  const held = heldSecret(existing, now)?.keyId;
  const leftovers = unfinishedSecretOperations(existing.record);
  const grants = grantPermissions.plan(customer, existing, now).length > 0;
  return (secret) =>
    secret.keyId === held ||
    leftovers.some((operation) => secret.displayName.includes(operation)) ||
    (!grants && isRecorded(secret, existing.record));
}

function isRecorded({ keyId, displayName }: ClientSecret, { secret, journal }: CustomerRecord): boolean {
  const operation = operationIn(displayName);
  return (
    keyId === secret?.keyId || (operation !== '' && journal.some((entry) => entry.operation === operation))
  );
}

const secretText = ({ hint, displayName, expiresAt }: ClientSecret): string =>
  `the client secret "${displayName}" (begins with ${hint}, expires on ${expiresAt.slice(0, 10)})`;

const certificateText = ({ displayName, keyId, expiresAt }: Certificate): string =>
  `the certificate "${displayName}" (key id ${keyId}, expires on ${expiresAt.slice(0, 10)})`;
