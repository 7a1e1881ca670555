import { createApplication } from '../../src/practice/graph/application-store.ts';
import { addGrant } from '../../src/practice/graph/grants.ts';
import {
  createServicePrincipal,
  readServicePrincipal,
} from '../../src/practice/graph/service-principal-store.ts';
import { graphClientId, graphPermissions } from '../../src/practice/graph-permissions.ts';
import { issueAppToken, issueUserToken } from '../../src/practice/login/tokens.ts';
import type { Person, ServicePrincipal, State } from '../../src/practice/state.ts';
import { createPracticeTenant, type PracticeTenant } from '../../src/practice/tenant.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';
import { signing } from './signing.ts';

export const graphCliClient = '14d82eec-204b-4c2f-b7e8-296a70dab67e';

/** All that an onboarding asks for, and what the tests of other routes need on top. */
export const adminScopes = [
  'Application.ReadWrite.All',
  'AppRoleAssignment.ReadWrite.All',
  'Directory.Read.All',
  'Organization.Read.All',
  'Policy.Read.All',
  'Policy.ReadWrite.ApplicationConfiguration',
  'User.Read',
];

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON; `{}` for an empty answer. */
  readonly body: Record<string, unknown>;
}

export type GraphCall = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>;

export interface Directory {
  readonly tenant: PracticeTenant;
  readonly state: State;
  readonly clock: FakeClock;
  /** Signed in as Grace, Global Administrator. */
  readonly call: GraphCall;
}

/** A practice tenant on a clock that stands still, without replication unless a factor is given. */
export async function createDirectory({
  lagFactor = 0,
  clock = fakeClock(),
}: {
  lagFactor?: number;
  clock?: FakeClock;
} = {}): Promise<Directory> {
  const tenant = createPracticeTenant({ clock, lagFactor, signing });
  return { tenant, state: tenant.state, clock, call: await callAs(tenant, 'grace') };
}

/** Graph calls in process, as one of the seeded people. Paths start after /v1.0. */
export async function callAs(
  tenant: PracticeTenant,
  name: string,
  scopes: readonly string[] = adminScopes,
): Promise<GraphCall> {
  const person = personNamed(tenant.state, name);
  return callWith(tenant, await issueUserToken(tenant.state, { person, clientId: graphCliClient, scopes }));
}

/** Graph calls as an application that was granted these permissions, and its service principal. */
export async function callAsApp(
  tenant: PracticeTenant,
  permissions: readonly string[],
): Promise<{ call: GraphCall; servicePrincipal: ServicePrincipal }> {
  const { state } = tenant;
  const servicePrincipal = createServicePrincipal(
    state,
    createApplication(state, { displayName: 'Caller' }, undefined),
  );
  const { id: resourceId } = readServicePrincipal(state, { by: 'appId', value: graphClientId });
  for (const permission of permissions) {
    addGrant(state, { principalId: servicePrincipal.id, resourceId, appRoleId: appRoleId(permission) });
  }
  return { call: callWith(tenant, await issueAppToken(state, servicePrincipal)), servicePrincipal };
}

/** Id of a permission as an application role of Microsoft Graph. */
export function appRoleId(permission: string): string {
  const role = graphPermissions.find(({ value }) => value === permission)?.role;
  if (role === undefined) throw new Error(`${permission} is no application permission.`);
  return role;
}

export function callWith(tenant: PracticeTenant, token: string): GraphCall {
  return async (method, path, body, headers = {}) => {
    const content = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const answer = await tenant.fetch(
      new Request(`https://graph.microsoft.com/v1.0${path}`, {
        method,
        headers: { Authorization: `Bearer ${token}`, ...content, ...headers },
        body: body === undefined ? null : JSON.stringify(body),
      }),
    );
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === '' ? {} : JSON.parse(text) };
  };
}

export function personNamed(state: State, name: string): Person {
  const person = state.people.find(({ userPrincipalName }) => userPrincipalName.startsWith(`${name}@`));
  if (!person) throw new Error(`Nobody is called ${name}.`);
  return person;
}

/** A text property of an answer's body, for ids. */
export function textOf(answer: Answer, name: string): string {
  const value = answer.body[name];
  if (typeof value !== 'string') throw new Error(`No text '${name}' in ${JSON.stringify(answer.body)}`);
  return value;
}

/** What `value` of a list holds. */
export function itemsOf(answer: Answer): Record<string, unknown>[] {
  const items = answer.body.value;
  if (!Array.isArray(items)) throw new Error(`No list in ${JSON.stringify(answer.body)}`);
  return items;
}

/** `status code: message` of a refusal; the status alone of what went well. */
export function outcomeOf(answer: Answer): string {
  const error = answer.body.error;
  if (typeof error !== 'object' || error === null) return String(answer.status);
  const { code, message } = { code: '', message: '', ...error };
  return `${answer.status} ${code}: ${message}`;
}
