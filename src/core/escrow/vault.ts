import * as z from 'zod/mini';
import type { Cloud } from '../cloud/clouds.ts';
import type { Http, HttpResponse } from '../cloud/http.ts';
import { isVaultHost, trustedUrl } from '../cloud/trusted-url.ts';
import type { Secret } from '../secret.ts';
import { errors } from '../words/errors.ts';
import { say, type Words } from '../words/say.ts';
import { vaultFailure } from './failures.ts';

/** Served in every cloud: learn.microsoft.com/rest/api/keyvault/secrets, read November 2026. */
const version = 'api-version=7.4';

/** What Key Vault says of a secret that was deleted; never what the secret was. */
export interface DeletedSecret {
  /** ISO 8601; `undefined` where the vault keeps no deleted secrets. */
  readonly recoverableUntil: string | undefined;
  /** Whether it may be deleted for good before that: a vault with purge protection does not let anyone. */
  readonly isPurgeable: boolean;
  readonly clientId: string | undefined;
}

/**
 * Key Vault's own API, as the signed-in person, for secrets that lie in one vault. No request here can be answered with a secret: none is
 * read. learn.microsoft.com/rest/api/keyvault/secrets/delete-secret and its siblings.
 */
export interface VaultSecrets {
  /** `undefined`: there is no secret of that name, or it is being deleted. */
  delete(name: string): Promise<DeletedSecret | undefined>;
  /** `undefined`: none is listed, or not yet. */
  findDeleted(name: string): Promise<DeletedSecret | undefined>;
  /** `missing`: none is listed, or not yet. */
  purge(name: string): Promise<'purged' | 'missing' | 'being deleted'>;
}

const Deleted = z.object({
  scheduledPurgeDate: z.nullish(z.int().check(z.positive(), z.maximum(9_999_999_999))),
  attributes: z.nullish(z.object({ recoveryLevel: z.nullish(z.string()) })),
  tags: z.nullish(z.record(z.string(), z.string())),
});

/** The host that Resource Manager names, if it is that of a vault of this cloud. Throws a Failure. */
export function vaultHostOf(vaultUri: string, cloud: Cloud): string {
  const what = say`The address of the Key Vault`;
  const host = URL.canParse(vaultUri) ? new URL(vaultUri).hostname : '';
  return trustedUrl(what, vaultUri, isVaultHost(host, cloud) ? [host] : []).hostname;
}

export function openVault({
  host: vaultHost,
  http,
  token,
  signal,
}: {
  readonly host: string;
  readonly http: Http;
  readonly token: Secret;
  readonly signal: AbortSignal | undefined;
}): VaultSecrets {
  const ask = (method: 'GET' | 'DELETE', path: string, doing: Words): Promise<HttpResponse> =>
    http.send({
      method,
      url: `https://${vaultHost}/${path}?${version}`,
      headers: { Authorization: `Bearer ${token.reveal()}` },
      replay: 'safe',
      vaultHost,
      doing,
      signal,
    });
  return {
    async delete(name) {
      const doing = say`delete the copy of the secret from the vault`;
      const answer = await ask('DELETE', `secrets/${name}`, doing);
      return answer.status === 404 || answer.status === 409 ? undefined : readDeleted(answer, doing);
    },
    async findDeleted(name) {
      const doing = say`look at the deleted secret in the vault`;
      const answer = await ask('GET', `deletedsecrets/${name}`, doing);
      return answer.status === 404 ? undefined : readDeleted(answer, doing);
    },
    async purge(name) {
      const doing = say`delete the copy of the secret permanently`;
      const answer = await ask('DELETE', `deletedsecrets/${name}`, doing);
      if (answer.status === 204) return 'purged';
      if (answer.status === 404) return 'missing';
      if (answer.status === 409) return 'being deleted';
      throw vaultFailure({ ...answer, doing });
    },
  };
}

function readDeleted(answer: HttpResponse, doing: Words): DeletedSecret {
  const { status, requestId, body } = answer;
  if (status !== 200) throw vaultFailure({ ...answer, doing });
  const parsed = z.safeParse(Deleted, body);
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.join('.') ?? '';
    throw errors.oddAnswer(doing, { path, status, requestId, doubt: true });
  }
  const { scheduledPurgeDate: until, attributes, tags } = parsed.data;
  const level = attributes?.recoveryLevel;
  return {
    recoverableUntil: until ? new Date(until * 1000).toISOString() : undefined,
    isPurgeable: typeof level !== 'string' || level.includes('Purgeable'),
    clientId: tags?.clientId,
  };
}
