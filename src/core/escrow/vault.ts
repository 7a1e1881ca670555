import * as z from 'zod/mini';
import type { Cloud } from '../cloud/clouds.ts';
import type { Http, HttpResponse } from '../cloud/http.ts';
import { isVaultHost, trustedUrl } from '../cloud/trusted-url.ts';
import type { Secret } from '../secret.ts';
import { errors } from '../words/errors.ts';
import { Failure } from '../words/failure.ts';
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
  id: z.string(),
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
      if (answer.status !== 404 && answer.status !== 409) return readDeleted(answer, name, doing);
      const failure = vaultFailure({ ...answer, doing });
      if (isNoMore.test(failure.code)) return undefined;
      throw failure;
    },
    async findDeleted(name) {
      const doing = say`look at the deleted secret in the vault`;
      const answer = await ask('GET', `deletedsecrets/${name}`, doing);
      return answer.status === 404 ? undefined : readDeleted(answer, name, doing);
    },
    async purge(name) {
      const doing = say`delete the copy of the secret permanently`;
      const answer = await ask('DELETE', `deletedsecrets/${name}`, doing);
      if (answer.status === 204) return 'purged';
      if (answer.status === 404) return 'missing';
      if (answer.status === 409) return 'being deleted';
      throw answer.status < 400 ? oddAnswer(answer, doing) : vaultFailure({ ...answer, doing });
    },
  };
}

/** Not there, or deleted already. Any other 404 or 409 says something else. */
const isNoMore = /^(SecretNotFound|ObjectIsBeingDeleted|ObjectIsDeletedButRecoverable)$/;

const oddAnswer = ({ status, requestId }: HttpResponse, doing: Words, path = ''): Failure =>
  errors.oddAnswer(doing, { path, status, requestId, doubt: true });

function readDeleted(answer: HttpResponse, name: string, doing: Words): DeletedSecret {
  if (answer.status >= 400) throw vaultFailure({ ...answer, doing });
  const parsed = z.safeParse(Deleted, answer.body);
  if (!parsed.success || answer.status !== 200)
    throw oddAnswer(answer, doing, parsed.error?.issues[0]?.path.join('.'));
  if (!parsed.data.id.toLowerCase().includes(`/secrets/${name.toLowerCase()}`))
    throw oddAnswer(answer, doing, 'id');
  const { scheduledPurgeDate: until, attributes, tags } = parsed.data;
  const level = attributes?.recoveryLevel;
  return {
    recoverableUntil: until ? new Date(until * 1000).toISOString() : undefined,
    isPurgeable: typeof level !== 'string' || level.includes('Purgeable'),
    clientId: tags?.clientId,
  };
}

/** Codes of Key Vault's refusals: learn.microsoft.com/azure/key-vault/general/rest-error-codes and common-error-codes, read November 2026. */
const noRight = /^(ForbiddenByRbac|ForbiddenByPolicy|AccessDenied)$/;
/** What is no answer of Microsoft's stops the run, unless there is no way to the vault from here. */
const ourOwn = /^TA-(UNTRUSTED-HOST|NO-CONNECTION|SIGN-IN-FAILED)$/;
const isRefused = [400, 401, 403];
const noWay = /^(ForbiddenByFirewall|ForbiddenByConnection)$/;

/** Completes "It was not deleted: ..."; `undefined` where that is not known, or where the run is to stop. */
export function whyNot(cause: unknown): Words | undefined {
  if (!(cause instanceof Failure) || cause.doubt) return undefined;
  const { status, code, words } = cause;
  const isRefusal = code.startsWith('TA-')
    ? ourOwn.test(code)
    : status === undefined || isRefused.includes(status);
  if (!isRefusal) return undefined;
  if (noRight.test(code)) return say`the account you signed in with is not allowed to.`;
  if (noWay.test(code))
    return say`the vault's firewall does not let this computer in. Delete it on one that it lets in.`;
  return say`${words} (${code})`;
}
