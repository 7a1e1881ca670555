import { holdsRole } from '../directory-roles.ts';
import { graphAppId, graphScopeValues, scopeNeedsAdmin } from '../graph-permissions.ts';
import type { Person, State } from '../state.ts';
import type { Client } from './clients.ts';
import { requestFaults } from './request-faults.ts';
import { graphAudience } from './tokens.ts';

export const openIdScopes = ['openid', 'profile', 'email', 'offline_access'];

/** Scopes that a delegated request asks for, all of Microsoft Graph. */
export interface AskedScopes {
  /** Values without the resource, without the OpenID ones. */
  readonly graph: readonly string[];
  readonly openId: readonly string[];
  /** Whether the request named the resource; the answer and the audience then do so too. */
  readonly qualified: boolean;
  /** `/.default`: what was consented before. */
  readonly byDefault: boolean;
}

export function readScopes(state: State, scopes: readonly string[]): AskedScopes {
  const openId = scopes.filter((scope) => openIdScopes.includes(scope));
  const others = scopes.filter((scope) => !openIdScopes.includes(scope));
  const values = others.map((scope) => graphValue(state, scope));
  return {
    graph: values.filter((value) => value !== '.default'),
    openId,
    qualified: others.some((scope) => scope.includes('/')),
    byDefault: values.includes('.default'),
  };
}

export function splitScopes(text: string | undefined): string[] {
  const scopes = (text ?? '').split(' ').filter((scope) => scope !== '');
  if (scopes.length === 0) throw requestFaults.missingParameter('scope');
  return scopes;
}

function graphValue(state: State, scope: string): string {
  const { resource, value } = splitResource(scope);
  if (resource !== undefined && !isResource(resource)) {
    throw requestFaults.unknownResource(resource, state.organization.id);
  }
  if (value !== '.default' && !graphScopeValues.includes(value)) throw requestFaults.invalidScope(scope);
  return value;
}

function splitResource(scope: string): { resource: string | undefined; value: string } {
  const cut = scope.lastIndexOf('/');
  if (cut < 0) return { resource: undefined, value: scope };
  return { resource: scope.slice(0, cut), value: scope.slice(cut + 1) };
}

/** Names of Microsoft Graph as a resource; `https://graph.microsoft.com//.default` is a known spelling too. */
function isResource(resource: string): boolean {
  return [graphAudience, `${graphAudience}/`, graphAppId].includes(resource);
}

/** The resource of a client-credentials scope. Throws 1002012 and 500011. */
export function readDefaultScope(state: State, scope: string | undefined): string {
  if (!scope) throw requestFaults.missingParameter('scope');
  if (!scope.endsWith('/.default')) throw requestFaults.notDefaultScope(scope);
  const resource = scope.slice(0, -'/.default'.length);
  if (!isResource(resource)) throw requestFaults.unknownResource(resource, state.organization.id);
  return resource === graphAppId ? graphAppId : graphAudience;
}

/** Every Graph scope that a client holds in this tenant. */
export function consentedScopes(state: State, client: Client): ReadonlySet<string> {
  return new Set([...(client.preauthorized ?? []), ...(state.consents.get(client.appId) ?? [])]);
}

export function missingScopes(state: State, client: Client, asked: AskedScopes): string[] {
  const held = consentedScopes(state, client);
  return asked.graph.filter((scope) => !held.has(scope));
}

/** Whether this person may consent to these scopes for the client. */
export function mayConsent(person: Person, scopes: readonly string[]): boolean {
  const isConsentAdmin = holdsRole(
    person,
    'Global Administrator',
    'Privileged Role Administrator',
    'Application Administrator',
    'Cloud Application Administrator',
  );
  return isConsentAdmin || !scopes.some(scopeNeedsAdmin);
}

export function recordConsent(state: State, appId: string, scopes: readonly string[]): void {
  if (scopes.length === 0) return;
  const held = state.consents.get(appId) ?? new Set();
  for (const scope of scopes) held.add(scope);
  state.consents.set(appId, held);
}
