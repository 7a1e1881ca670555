import * as z from 'zod/mini';
import type { Clock } from '../ports.ts';
import type { Secret } from '../secret.ts';
import { drain, growing, type Look, waitUntil } from '../waiting.ts';
import { errors } from '../words/errors.ts';
import { say } from '../words/say.ts';
import { type Arm, readResource } from './arm.ts';
import { escrowFailures } from './failures.ts';

/** What goes into the vault. */
export interface SecretToKeep {
  readonly value: Secret;
  readonly clientId: string;
  readonly keyId: string;
  /** ISO 8601. */
  readonly expiresAt: string;
}

/** What the vault says of it. Azure Resource Manager never shows the value. */
export interface KeptSecret {
  readonly resourceId: string;
  readonly uri: string;
}

const contentType = 'Entra client secret';
/** How long a vault may show what was there before. */
const readBackLimitMs = 15_000;

const Answer = z.object({
  id: z.string(),
  tags: z.nullish(z.record(z.string(), z.string())),
  properties: z.object({
    contentType: z.nullish(z.string()),
    secretUriWithVersion: z.string(),
    attributes: z.object({ enabled: z.nullish(z.boolean()), exp: z.nullish(z.number()) }),
  }),
});

/** One for each app, so that two customers in one vault do not meet. */
export function secretPathIn(vaultPath: string, { clientId }: SecretToKeep): string {
  return `${vaultPath}/secrets/${secretNameOf(clientId)}`;
}

export const secretNameOf = (clientId: string): string => `ta-exo-client-secret-${clientId}`;

const secretPath =
  /^\/subscriptions\/[^/?#]+\/resourceGroups\/[^/?#]+\/providers\/Microsoft\.KeyVault\/vaults\/[^/?#]+\/secrets\/[\w-]+$/i;

/** Whether a record, which may come from anywhere, names a secret of some vault, and nothing else of Azure. */
export const isSecretPath = (path: string): boolean => secretPath.test(path) && !/\/\.\.?\//.test(path);

export const vaultPathIn = (path: string): string => path.slice(0, path.lastIndexOf('/secrets/'));

/** The secret as it lies there, if it is this one with this expiry; else `undefined`. */
export async function findKeptSecret(
  arm: Arm,
  path: string,
  secret: SecretToKeep,
): Promise<KeptSecret | undefined> {
  const doing = say`look at the secret in the vault`;
  const found = await arm.find(path, doing);
  if (found === undefined) return undefined;
  const { id, tags, properties } = readResource(Answer, found, doing);
  const { enabled, exp } = properties.attributes;
  const isThis =
    tags?.keyId === secret.keyId &&
    exp === unixSeconds(secret) &&
    properties.contentType === contentType &&
    enabled !== false;
  return isThis ? { resourceId: id, uri: properties.secretUriWithVersion } : undefined;
}

/** The one place where the value leaves for Azure. */
export async function writeSecret(arm: Arm, path: string, secret: SecretToKeep): Promise<void> {
  const { value, clientId, keyId } = secret;
  const properties = {
    value: value.reveal(),
    contentType,
    attributes: { enabled: true, exp: unixSeconds(secret) },
  };
  await arm.put(path, { tags: { clientId, keyId }, properties }, say`write the secret into the vault`);
}

/** Waits a little where the vault still shows the older version. */
export async function readBack(
  arm: Arm,
  path: string,
  secret: SecretToKeep,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal | undefined },
): Promise<KeptSecret> {
  const doing = say`read the secret back`;
  const look = async (): Promise<Look<KeptSecret>> => {
    const kept = await findKeptSecret(arm, path, secret);
    return kept ? { settled: kept } : { because: 'lag', reason: say`not seen yet`, toldMs: undefined };
  };
  const overdue = (): never => {
    throw escrowFailures.notReadBack();
  };
  const pauses = growing({ firstMs: 100, capMs: 15_000 });
  return await drain(waitUntil(look, { doing, clock, signal, patienceMs: readBackLimitMs, pauses, overdue }));
}

const Found = z.object({
  id: z.string(),
  tags: z.nullish(z.record(z.string(), z.string())),
  properties: z.object({ attributes: z.object({ enabled: z.nullish(z.boolean()) }) }),
});

/** `undefined` where nothing lies there. Throws a Failure where the answer is of something else. */
export async function lookAtSecret(arm: Arm, path: string): Promise<z.infer<typeof Found> | undefined> {
  const doing = say`look at the secret in the vault`;
  const answer = await arm.find(path, doing);
  if (answer === undefined) return undefined;
  const found = readResource(Found, answer, doing);
  if (found.id.toLowerCase() !== path.toLowerCase()) throw errors.oddAnswer(doing, { path: 'id' });
  return found;
}

/** That the change was answered well is one thing; that no one can read the newest version is another. */
export async function disableSecret(
  arm: Arm,
  path: string,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal | undefined },
): Promise<void> {
  const properties = { attributes: { enabled: false } };
  await arm.change(path, { properties }, say`disable the copy of the secret in the vault`);
  const doing = say`check whether the copy of the secret is disabled`;
  const isDisabled = async (): Promise<Look<void>> => {
    const found = await lookAtSecret(arm, path);
    return found && found.properties.attributes.enabled !== false
      ? { because: 'lag', reason: say`still enabled`, toldMs: undefined }
      : { settled: undefined };
  };
  const overdue = (): never => {
    throw escrowFailures.copyStays();
  };
  const pauses = growing({ firstMs: 100, capMs: 15_000 });
  await drain(waitUntil(isDisabled, { doing, clock, signal, patienceMs: readBackLimitMs, pauses, overdue }));
}

function unixSeconds({ expiresAt }: SecretToKeep): number {
  return Math.floor(Date.parse(expiresAt) / 1000);
}
