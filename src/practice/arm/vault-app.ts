import { type Context, Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { errors } from 'jose';
import * as z from 'zod/mini';
import { vaultAppId, vaultAudience } from '../login/tokens.ts';
import type { Person, State } from '../state.ts';
import { objectIdIn, sameName } from './access.ts';
import type { DeletedVaultSecret, Vault } from './azure.ts';
import { queryOf } from './body.ts';
import {
  addressOf,
  deletedJson,
  deletedSecret,
  isBeingDeleted,
  isProtected,
  recovery,
} from './deleted-secrets.ts';
import { ArmFault, armFaults, beingDeleted } from './fault.ts';

interface VaultEnv {
  Variables: { vault: Vault; person: Person };
}

/** learn.microsoft.com/rest/api/keyvault/secrets, its list of versions, read Nov 2026. */
const versions = /^(7\.[0-6]|2025-0[67]-\d\d)$/;

/**
 * Key Vault's own API, at `NAME.vault.azure.net`, as far as it deletes secrets: learn.microsoft.com/rest/api/keyvault/secrets. The
 * answers are those that Azure's SDKs have recorded (github.com/Azure/azure-sdk-for-js, sdk/keyvault/keyvault-secrets), read Nov 2026.
 */
export function createVaultApp(state: State): Hono<VaultEnv> {
  const app = new Hono<VaultEnv>();
  app.use(async (c, next) => {
    c.header('x-ms-request-id', state.ids.guid());
    c.header('Cache-Control', 'no-cache');
    c.set('vault', vaultAt(state, new URL(c.req.url).hostname));
    c.set('person', await readPerson(state, c));
    requireVersion(queryOf(c, 'api-version'));
    requireOpen(c.get('vault'));
    await next();
  });
  app.delete('/secrets/:secret', (c) => {
    const [vault, name] = [c.get('vault'), c.req.param('secret')];
    requireRight(c, state, 'delete');
    if (deletedSecret(state, vault, name)) throw conflict('ObjectIsBeingDeleted', beingDeleted);
    const at = vault.secrets.findIndex((secret) => sameName(secret.name, name));
    const [found] = at < 0 ? [] : vault.secrets.splice(at, 1);
    if (!found) throw armFaults.noSecret(name);
    const deleted = { ...found, deletedAt: state.clock.now() };
    vault.deletedSecrets.push(deleted);
    return c.json(deletedJson(vault, deleted));
  });
  app.get('/deletedsecrets/:secret', (c) => {
    requireRight(c, state, 'get');
    return c.json(deletedJson(c.get('vault'), requireDeleted(c, state, c.req.param('secret'))));
  });
  app.delete('/deletedsecrets/:secret', (c) => {
    const vault = c.get('vault');
    requireRight(c, state, 'purge');
    const found = findDeleted(c, state, c.req.param('secret'));
    if (isProtected(vault)) throw purgeProtected(vault);
    if (isBeingDeleted(state, found)) throw conflict('ObjectIsBeingDeleted', beingDeleted);
    vault.deletedSecrets.splice(vault.deletedSecrets.indexOf(found), 1);
    return c.body(null, 204);
  });
  app.post('/deletedsecrets/:secret/recover', (c) => {
    const vault = c.get('vault');
    requireRight(c, state, 'recover');
    const deleted = findDeleted(c, state, c.req.param('secret'));
    vault.deletedSecrets.splice(vault.deletedSecrets.indexOf(deleted), 1);
    const { deletedAt: _deletedAt, ...found } = deleted;
    vault.secrets.push(found);
    const { enabled, created, updated, version } = found;
    return c.json({
      id: `${addressOf(vault)}/secrets/${found.name}/${version}`,
      attributes: { enabled, created, updated, ...recovery(vault) },
      tags: found.tags,
    });
  });
  app.notFound((c) => vaultFault(c, state, armFaults.notPlayed(`${c.req.method} of '${c.req.path}'`)));
  app.onError((error, c) => {
    const fault = error instanceof ArmFault ? error : new ArmFault(500, 'InternalServerError', error.message);
    return vaultFault(c, state, fault);
  });
  return app;
}

/** The error of a recorded answer: what a program decides by is in `innererror`. */
function vaultFault(c: Context, state: State, fault: ArmFault): Response {
  if (fault.status === 401) {
    const authority = `https://login.windows.net/${state.organization.id}`;
    c.header('WWW-Authenticate', `Bearer authorization="${authority}", resource="https://vault.azure.net"`);
  }
  const error = { code: fault.code, message: fault.message, ...fault.extra };
  return c.json({ error }, fault.status as ContentfulStatusCode);
}

const conflict = (inner: string, message: string): ArmFault =>
  new ArmFault(409, 'Conflict', message, { innererror: { code: inner } });

/** There is no such host, as far as the practice tenant goes. */
function vaultAt({ azure }: State, host: string): Vault {
  const name = host.split('.')[0] ?? '';
  const found = azure.vaults.find((vault) => sameName(vault.name, name));
  if (!found) throw new ArmFault(421, 'NotImplemented', `The practice tenant has no vault ${name}.`);
  return found;
}

async function readPerson(state: State, c: Context): Promise<Person> {
  const token = /^Bearer +(.+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  const unauthorized = (message: string): ArmFault => new ArmFault(401, 'Unauthorized', message);
  if (!token) throw unauthorized('AKV10000: Request is missing a Bearer or PoP token.');
  const oid = await objectIdIn(state, token, [vaultAudience(state), vaultAppId]).catch((cause) => {
    const isOther = cause instanceof errors.JWTClaimValidationFailed && cause.claim === 'aud';
    throw unauthorized(
      isOther
        ? `AKV10022: Invalid audience. Expected https://vault.azure.net, found: ${String(cause.payload.aud)}.`
        : 'AKV10046: Unable to resolve the key used for signature validation.',
    );
  });
  const person = state.people.find(({ id }) => id === oid);
  if (!person) throw unauthorized('AKV10046: Unable to resolve the key used for signature validation.');
  return person;
}

function requireVersion(version: string | undefined): void {
  if (version === undefined) throw new ArmFault(400, 'BadParameter', 'api-version must be specified');
  if (!versions.test(version))
    throw new ArmFault(400, 'BadParameter', `The specified version (${version}) is not recognized.`);
}

const Network = z.object({
  publicNetworkAccess: z.optional(z.string()),
  networkAcls: z.optional(z.object({ defaultAction: z.string() })),
});

/** Whoever asks here is in no network of the customer: learn.microsoft.com/azure/key-vault/general/network-security. */
function requireOpen(vault: Vault): void {
  const { publicNetworkAccess, networkAcls } = Network.parse(vault.properties);
  if (publicNetworkAccess?.toLowerCase() === 'disabled')
    throw forbidden(
      vault,
      'ForbiddenByConnection',
      'Public network access is disabled and request is not from a trusted service nor via an approved private link.',
    );
  if (networkAcls?.defaultAction.toLowerCase() === 'deny')
    throw forbidden(
      vault,
      'ForbiddenByFirewall',
      'Client address is not authorized and caller is not a trusted service.',
    );
}

const forbidden = ({ name, location }: Vault, inner: string, message: string): ArmFault =>
  new ArmFault(403, 'Forbidden', `${message}\r\nVault: ${name};location=${location}`, {
    innererror: { code: inner },
  });

const Rules = z.object({
  enableRbacAuthorization: z.optional(z.boolean()),
  accessPolicies: z._default(
    z.array(
      z.object({
        objectId: z.string(),
        permissions: z.object({ secrets: z._default(z.array(z.string()), []) }),
      }),
    ),
    [],
  ),
});

const actions = {
  delete: 'delete',
  get: 'getSecret/action',
  purge: 'purge/action',
  recover: 'recover/action',
};

/** By roles of Azure, or by the vault's own access policies: learn.microsoft.com/azure/key-vault/general/rbac-guide. */
function requireRight(c: Context<VaultEnv>, { azure }: State, verb: keyof typeof actions): void {
  const [vault, person] = [c.get('vault'), c.get('person')];
  const { enableRbacAuthorization, accessPolicies } = Rules.parse(vault.properties);
  const caller = `appid=04b07795-8ddb-461a-bbee-02f9e1bf7b46;oid=${person.id}`;
  if (enableRbacAuthorization === false) {
    const rights = accessPolicies
      .filter(({ objectId }) => objectId === person.id)
      .flatMap(({ permissions }) => permissions.secrets.map((right) => right.toLowerCase()));
    if (rights.includes(verb) || rights.includes('all')) return;
    const who = `The user, group or application '${caller}'`;
    throw forbidden(
      vault,
      'ForbiddenByPolicy',
      `${who} does not have secrets ${verb} permission on key vault '${vault.name};location=${vault.location}'.`,
    );
  }
  if (azure.officersOfSecrets && azure.roles.has(person.id)) return;
  const refused = [
    'Caller is not authorized to perform action on resource.',
    'If role assignments, deny assignments or role definitions were changed recently, please observe propagation time.',
    `Caller: ${caller}`,
    `Action: 'Microsoft.KeyVault/vaults/secrets/${actions[verb]}'`,
    'Assignment: (not found)',
    'DenyAssignmentId: null',
    'DecisionReason: null ',
  ];
  throw forbidden(vault, 'ForbiddenByRbac', refused.join('\r\n'));
}

/** github.com/microsoft/AzureTRE/issues/1951 */
const purgeProtected = (vault: Vault): ArmFault =>
  new ArmFault(
    403,
    'Forbidden',
    `Operation "purge" is not allowed because purge protection is enabled for this vault. Key Vault service will automatically purge it after the retention period has passed.\r\nVault: ${vault.name};location=${vault.location}`,
  );

function findDeleted(c: Context<VaultEnv>, state: State, name: string): DeletedVaultSecret {
  const found = deletedSecret(state, c.get('vault'), name);
  if (!found) throw noDeletedSecret(name);
  return found;
}

function requireDeleted(c: Context<VaultEnv>, state: State, name: string): DeletedVaultSecret {
  const found = findDeleted(c, state, name);
  if (isBeingDeleted(state, found)) throw noDeletedSecret(name);
  return found;
}

const noDeletedSecret = (name: string): ArmFault =>
  new ArmFault(404, 'SecretNotFound', `Deleted Secret not found: ${name}`);
