import * as z from 'zod/mini';
import type { State } from '../state.ts';
import { sameName } from './access.ts';
import type { DeletedVaultSecret, Vault } from './azure.ts';

// What a vault keeps of a secret that was deleted: learn.microsoft.com/azure/key-vault/general/soft-delete-overview.

const Keeping = z.object({
  enablePurgeProtection: z.optional(z.boolean()),
  softDeleteRetentionInDays: z._default(z.number(), 90),
});

export const isProtected = ({ properties }: Vault): boolean =>
  Keeping.parse(properties).enablePurgeProtection === true;

export function recovery({ properties }: Vault) {
  const { enablePurgeProtection, softDeleteRetentionInDays: days } = Keeping.parse(properties);
  const level = `${days < 90 ? 'Customized' : ''}Recoverable${enablePurgeProtection ? '' : '+Purgeable'}`;
  return { recoveryLevel: level, recoverableDays: days };
}

const purgedAt = (vault: Vault, { deletedAt }: DeletedVaultSecret): number =>
  deletedAt + recovery(vault).recoverableDays * 86_400_000;

/** One that holds its name: until it is purged, by someone or by its time. */
export function deletedSecret(state: State, vault: Vault, name: string): DeletedVaultSecret | undefined {
  return vault.deletedSecrets.find(
    (secret) => sameName(secret.name, name) && state.clock.now() < purgedAt(vault, secret),
  );
}

export const isBeingDeleted = ({ lag }: State, { deletedAt }: DeletedVaultSecret): boolean =>
  !lag.arrived('secretToDeleted', deletedAt);

export const addressOf = ({ name }: Vault): string => `https://${name.toLowerCase()}.vault.azure.net`;

/** What the secret is does not come back. */
export function deletedJson(vault: Vault, secret: DeletedVaultSecret) {
  const { name, version, enabled, created, updated, exp, contentType, tags, deletedAt } = secret;
  const address = addressOf(vault);
  return {
    recoveryId: `${address}/deletedsecrets/${name}`,
    deletedDate: Math.floor(deletedAt / 1000),
    scheduledPurgeDate: Math.floor(purgedAt(vault, secret) / 1000),
    ...(contentType === undefined ? {} : { contentType }),
    id: `${address}/secrets/${name}/${version}`,
    attributes: { enabled, ...(exp === undefined ? {} : { exp }), created, updated, ...recovery(vault) },
    tags,
  };
}
