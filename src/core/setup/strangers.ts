import * as z from 'zod/mini';
import type { Customer } from '../customer/customer.ts';
import type { CustomerRecord } from '../customer/record.ts';
import type { Certificate, ClientSecret } from '../tenant/access.ts';
import type { TenantSnapshot } from '../tenant/snapshot.ts';
import { dayOf } from '../words/moment.ts';
import { say, type Words } from '../words/say.ts';
import { type Existing, heldSecret, replacedBy } from './existing.ts';
import { operationIn, unfinishedSecretOperations } from './keys.ts';
import { foreignGrants } from './permissions.ts';
import { grantPermissions } from './steps/grant-permissions.ts';
import { steps } from './steps.ts';

/**
 * What the application carries that is not ours: by each of these someone may act as the application, or come to. A name
 * proves nothing and a record may have been sent along, so only what is on the application itself decides.
 */
export function strangersOn(customer: Customer, existing: Existing, now: number): string[] {
  const isOwn = ownSecrets(customer, existing, now);
  const found = carried(existing.snapshot, now, (id) => existing.knownOwners.includes(id), isOwn);
  if (existing.removal) found.push(...foreignPermissions(customer, existing), ...tiesOf(existing.snapshot));
  return found.map(({ text }) => text);
}

/** A set-up asks about permissions apart; a removal would take them along. */
function foreignPermissions(customer: Customer, { record, snapshot }: Existing): Surplus[] {
  return foreignGrants(customer, record, snapshot).map(({ permission }) => ({
    text: String(say`the permission ${permission}`),
    isCredential: false,
  }));
}

const RequestedApi = z.object({ resourceAppId: z.string() });

const otherApis = (application: TenantSnapshot['application']): string[] =>
  (application?.otherRequests ?? []).map((request) => RequestedApi.parse(request).resourceAppId);

/** What makes no one act as the application, and would go with it all the same. */
function tiesOf({ ties, delegatedGrants, application }: TenantSnapshot): Surplus[] {
  const scopes = (delegatedGrants ?? []).flatMap((grant) => grant.scopes);
  const found = [
    ...(ties?.memberships ?? []),
    ...(ties?.assigned ?? []),
    ...(ties?.offered ?? []),
    ...[...new Set(scopes)].map((scope) => say`the delegated permission ${scope}`),
    ...otherApis(application).map((id) => say`the permissions that it requests of the API ${id}`),
  ];
  return found.map((text) => ({ text: String(text), isCredential: false }));
}

/** One thing that an application carries beyond what T&A needs. */
export interface Surplus {
  readonly text: string;
  /** Whoever holds it can act as the application at once. */
  readonly isCredential: boolean;
}

/**
 * What is on the application beyond what T&A needs, told on every run. Admins whom the record names are no news here, and
 * a secret is, though the record names it: someone may be using it.
 */
export function surplusOn(existing: Existing, now: number): Surplus[] {
  const { snapshot, record, knownOwners } = existing;
  const admins = [...(record.admin ? [record.admin] : []), ...(record.earlierAdmins ?? [])];
  const known = [...knownOwners, ...admins.map(({ objectId }) => objectId)];
  const isOurs = isHeldOrLeft(existing, now);
  // A renewal that has begun and is not finished tells of its secrets itself.
  const inRenewal = secretsIn(record.renewal && record);
  return carried(
    snapshot,
    now,
    (id) => known.includes(id),
    (secret) => inRenewal.includes(secret.keyId) || isOurs(secret),
  );
}

function carried(
  { application, servicePrincipal, owners, federatedCredentials }: TenantSnapshot,
  now: number,
  isKnownOwner: (objectId: string) => boolean,
  isOwnSecret: (secret: ClientSecret) => boolean,
): Surplus[] {
  if (!application) return [];
  const isLive = ({ expiresAt }: Certificate): boolean => !(Date.parse(expiresAt) <= now);
  const secrets = [...application.secrets, ...(servicePrincipal?.secrets ?? [])];
  const certificates = [...application.certificates, ...(servicePrincipal?.certificates ?? [])];
  const credentials = [
    ...secrets.filter((secret) => isLive(secret) && !isOwnSecret(secret)).map(secretText),
    ...certificates.filter(isLive).map(certificateText),
    ...federatedCredentials.map(
      ({ name, issuer, subject }) =>
        say`the federated credential "${name}" (issuer ${issuer}, subject ${subject})`,
    ),
  ];
  const asSurplus = (isCredential: boolean) => (text: Words) => ({ text: String(text), isCredential });
  return [
    ...owners
      .filter(({ objectId }) => !isKnownOwner(objectId))
      .map(({ name, objectId }) => say`the owner ${name} (${objectId})`)
      .map(asSurplus(false)),
    ...credentials.map(asSurplus(true)),
    ...application.redirectUris.map((uri) => say`the redirect URI ${uri}`).map(asSurplus(false)),
  ];
}

/** Whether the plan would grant something to an application that exists, or give it a secret, or change it. */
export function changesApplication(customer: Customer, existing: Existing, now: number): boolean {
  return (
    existing.snapshot.application !== undefined &&
    steps.some((step) => step.needsTrust && step.plan(customer, existing, now).length > 0)
  );
}

/**
 * That the record knows a secret counts only where nothing is to be granted: whoever holds it gains nothing.
 */
function ownSecrets(customer: Customer, existing: Existing, now: number): (secret: ClientSecret) => boolean {
  const isOurs = isHeldOrLeft(existing, now);
  const grants = !existing.removal && grantPermissions.plan(customer, existing, now).length > 0;
  return (secret) => isOurs(secret) || (!grants && isRecorded(secret, existing.record));
}

/** The secret that the preferences file holds, and what a dead run of ours left: that is removed before anything is granted. */
function isHeldOrLeft(existing: Existing, now: number): (secret: ClientSecret) => boolean {
  const held = heldSecret(existing, now)?.keyId;
  const leftovers = unfinishedSecretOperations(existing.record);
  return ({ keyId, displayName }) => keyId === held || leftovers.includes(operationIn(displayName));
}

/** Key ids of the secrets that a record names. */
const secretsIn = (record: CustomerRecord | undefined): (string | undefined)[] =>
  [record?.secret, ...replacedBy(record?.renewal)].map((secret) => secret?.keyId);

function isRecorded({ keyId, displayName }: ClientSecret, record: CustomerRecord): boolean {
  const operation = operationIn(displayName);
  return (
    secretsIn(record).includes(keyId) ||
    (operation !== '' && record.journal.some((entry) => entry.operation === operation))
  );
}

const secretText = ({ hint, displayName, expiresAt }: ClientSecret): Words =>
  say`the client secret "${displayName}" (begins with ${hint}, expires on ${dayOf(expiresAt)})`;

const certificateText = ({ displayName, keyId, expiresAt }: Certificate): Words =>
  say`the certificate "${displayName}" (key id ${keyId}, expires on ${dayOf(expiresAt)})`;
