import * as z from 'zod/mini';
import { holdsRole } from '../directory-roles.ts';
import { findServicePrincipal } from '../graph/service-principal-store.ts';
import { graphClientId, graphScopeValues, scopeNeedsAdmin } from '../graph-permissions.ts';
import { microsoftPrincipal } from '../microsoft-graph.ts';
import type { Person, State } from '../state.ts';
import { type Client, microsoftClients } from './clients.ts';
import type { OAuthFault } from './oauth-fault.ts';
import { notPlayedAtSignIn, requestFaults } from './request-faults.ts';
import { signInFaults } from './sign-in-faults.ts';
import { armAppId, armAudiences, graphAudience, vaultAppId, vaultAudience } from './tokens.ts';

export const openIdScopes = ['openid', 'profile', 'email', 'offline_access'];

/** What tokens are for: Microsoft Graph, Azure Resource Manager, or Key Vault. */
export type Resource = 'graph' | 'arm' | 'vault';

/** Scopes that a delegated request asks for, all of one resource. */
export interface AskedScopes {
  readonly resource: Resource;
  /** Values without the resource, without the OpenID ones. */
  readonly values: readonly string[];
  readonly openId: readonly string[];
  /** The resource as the request names it; the answer and the audience then do so too. */
  readonly named: string | undefined;
  /** `/.default`: what was consented before. */
  readonly byDefault: boolean;
}

export function readScopes(state: State, scopes: readonly string[]): AskedScopes {
  const openId = scopes.filter((scope) => openIdScopes.includes(scope));
  const others = scopes.filter((scope) => !openIdScopes.includes(scope));
  const named = others.map((scope) => readScope(state, scope));
  const resource = named[0]?.resource ?? 'graph';
  if (named.some((one) => one.resource !== resource)) throw requestFaults.twoResources(scopes.join(' '));
  const values = named.map(({ value }) => value);
  return {
    resource,
    values: values.filter((value) => value !== '.default'),
    openId,
    named: named.find(({ name }) => name !== undefined)?.name,
    byDefault: values.includes('.default'),
  };
}

export function splitScopes(text: string | undefined): string[] {
  const scopes = (text ?? '').split(' ').filter((scope) => scope !== '');
  if (scopes.length === 0) throw requestFaults.missingParameter('scope');
  return scopes;
}

/** The only delegated permission that Azure Resource Manager has, and Key Vault. */
const armScope = 'user_impersonation';

function readScope(
  state: State,
  scope: string,
): { resource: Resource; value: string; name: string | undefined } {
  const { resource: name, value } = splitResource(scope);
  const resource = resourceNamed(state, name);
  if (!resource) throw noResource(state, name ?? '');
  const known = resource === 'graph' ? graphScopeValues : [armScope];
  if (value !== '.default' && !known.includes(value)) throw requestFaults.invalidScope(scope);
  return { resource, value, name };
}

function resourceNamed(state: State, name: string | undefined): Resource | undefined {
  if (name === undefined || isGraph(state, name)) return 'graph';
  if ([...armAudiences(state), armAppId].includes(name)) return 'arm';
  return [vaultAudience(state), vaultAppId].includes(name) ? 'vault' : undefined;
}

/** What a tenant with Microsoft 365 or Azure has besides, by name or by app id. */
const otherServices =
  /^(https:\/\/(outlook\.office(365)?\.com|graph\.windows\.net|management\.(core\.windows\.net|azure\.com)|(vault|storage)\.azure\.net|storage\.azure\.com|manage\.office\.com|[a-z0-9-]+\.sharepoint\.com)\/?|0000000[23]-0000-0ff1-ce00-000000000000|797f4846-ba00-4fd7-ba43-dac1f8f63013)$/i;

/** Any application of the tenant may be asked for by its client id or one of its URIs. */
function isOfTenant({ applications }: State, name: string): boolean {
  return applications.some(({ appId, graph }) =>
    [appId, ...z.array(z.string()).parse(graph.identifierUris)].includes(name),
  );
}

function noResource(state: State, name: string) {
  return otherServices.test(name) || isOfTenant(state, name)
    ? notPlayedAtSignIn(`tokens for '${name}' here`)
    : requestFaults.unknownResource(name, state.organization.id);
}

function splitResource(scope: string): { resource: string | undefined; value: string } {
  const cut = scope.lastIndexOf('/');
  if (cut < 0) return { resource: undefined, value: scope };
  return { resource: scope.slice(0, cut), value: scope.slice(cut + 1) };
}

/** Names of Microsoft Graph as a resource; `https://graph.microsoft.com//.default` is a known spelling too. */
function isGraph(state: State, resource: string): boolean {
  const audience = graphAudience(state);
  return [audience, `${audience}/`, graphClientId].includes(resource);
}

/** The resource of a client-credentials scope. Throws 1002012 and 500011. */
export function readDefaultScope(state: State, scope: string | undefined): string {
  if (!scope) throw requestFaults.missingParameter('scope');
  if (!scope.endsWith('/.default')) throw requestFaults.notDefaultScope(scope);
  const resource = scope.slice(0, -'/.default'.length);
  if (!isGraph(state, resource)) throw noResource(state, resource);
  return resource === graphClientId ? graphClientId : graphAudience(state);
}

/** Every scope of the resource that a client holds in this tenant. */
export function consentedScopes(state: State, client: Client, resource: Resource): ReadonlySet<string> {
  if (resource !== 'graph') return new Set(client.mayUseArm ? [armScope] : []);
  return new Set([...(client.preauthorized ?? []), ...(state.consents.get(client.appId) ?? [])]);
}

export function missingScopes(state: State, client: Client, asked: AskedScopes): string[] {
  const held = consentedScopes(state, client, asked.resource);
  const wanted = asked.resource === 'graph' ? asked.values : [armScope];
  return wanted.filter((scope) => !held.has(scope));
}

/** Whether no one in the tenant can consent to what the client lacks: that is Microsoft's own affair (65002). */
export function needsPreauthorization(client: Client, { resource }: AskedScopes): boolean {
  return client.preauthorized !== undefined || resource !== 'graph';
}

export function consentFault(client: Client, asked: AskedScopes): OAuthFault {
  if (!needsPreauthorization(client, asked)) return signInFaults.notConsented(client.appId, client.name);
  const resourceId = { graph: graphClientId, arm: armAppId, vault: vaultAppId }[asked.resource];
  return signInFaults.notPreauthorized(client.appId, client.name, resourceId);
}

export const isConsentAdmin = (person: Person): boolean =>
  holdsRole(
    person,
    'Global Administrator',
    'Privileged Role Administrator',
    'Application Administrator',
    'Cloud Application Administrator',
  );

/** Whether this person may consent to these scopes for the client. */
export const mayConsent = (person: Person, scopes: readonly string[]): boolean =>
  isConsentAdmin(person) || !scopes.some(scopeNeedsAdmin);

/** A client of Microsoft's own gets its service principal by the first consent. */
export function recordConsent(state: State, appId: string, scopes: readonly string[]): void {
  if (scopes.length === 0) return;
  const ofMicrosoft = microsoftClients.find((client) => client.appId === appId);
  if (ofMicrosoft && !findServicePrincipal(state, { by: 'appId', value: appId })) {
    state.servicePrincipals.push(microsoftPrincipal(state, ofMicrosoft, state.clock.now()));
  }
  const held = state.consents.get(appId) ?? new Set();
  for (const scope of scopes) held.add(scope);
  state.consents.set(appId, held);
}
