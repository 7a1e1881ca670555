import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import type { Json, State } from '../state.ts';
import {
  type ArmEnv,
  findGroup,
  requireAction,
  requireGroup,
  sameName,
  visibleSubscriptions,
} from './access.ts';
import type { AzureGroup } from './azure.ts';
import { queryOf, readArmBody, requireApiVersion } from './body.ts';
import { type ArmFault, armFaults } from './fault.ts';

const newGroup = z.object({ location: z.optional(z.string()) });

/** Subscriptions and resource groups. learn.microsoft.com/rest/api/resources */
export function createSubscriptionRoutes(state: State): Hono<ArmEnv> {
  const routes = new Hono<ArmEnv>();
  const { azure } = state;
  routes.get('/subscriptions', (c) => {
    const all = visibleSubscriptions(state, c.get('person'));
    const start = Number(c.req.query('$skiptoken') ?? 0);
    const end = start + azure.subscriptionsPerPage;
    const value = all.slice(start, end).map(({ id, displayName, state: now }) => ({
      id: `/subscriptions/${id}`,
      authorizationSource: 'RoleBased',
      managedByTenants: [],
      subscriptionId: id,
      tenantId: state.organization.id,
      displayName,
      state: now,
      subscriptionPolicies: { locationPlacementId: 'Public_2014-09-01', spendingLimit: 'Off' },
    }));
    const nextLink = end < all.length ? { nextLink: pageAt(c.req.url, end) } : {};
    return c.json({ value, count: { type: 'Total', value: all.length }, ...nextLink });
  });
  routes.get('/subscriptions/:subscription/resourcegroups', (c) => {
    const { id } = requireAction(c, state, 'Microsoft.Resources/subscriptions/resourceGroups/read');
    const groups = azure.groups.filter(({ subscriptionId }) => subscriptionId === id);
    return c.json({ value: groups.map(groupJson) });
  });
  routes.get('/subscriptions/:subscription/resourcegroups/:group', (c) => {
    const subscription = requireAction(c, state, 'Microsoft.Resources/subscriptions/resourceGroups/read');
    return c.json(groupJson(requireGroup(state, subscription, c.req.param('group'))));
  });
  routes.put('/subscriptions/:subscription/resourcegroups/:group', async (c) => {
    const name = c.req.param('group');
    const action = 'Microsoft.Resources/subscriptions/resourceGroups/write';
    const subscription = requireAction(c, state, action, `/resourcegroups/${name}`);
    const { location } = await readArmBody(c, newGroup);
    if (!location) throw armFaults.badLocation('resourceGroups');
    const existing = findGroup(state, subscription, name);
    if (existing && existing.location !== location)
      throw armFaults.otherLocation(name, existing.location, location);
    if (existing) return c.json(groupJson(existing));
    const group = { subscriptionId: subscription.id, name, location };
    azure.groups.push(group);
    return c.json(groupJson(group), 201);
  });
  return routes;
}

function pageAt(asked: string, start: number): string {
  const url = new URL(asked);
  url.searchParams.set('$skiptoken', `${start}`);
  return `https://management.azure.com${url.pathname}${url.search}`;
}

function groupJson({ subscriptionId, name, location }: AzureGroup) {
  return {
    id: `/subscriptions/${subscriptionId}/resourceGroups/${name}`,
    name,
    type: 'Microsoft.Resources/resourceGroups',
    location,
    properties: { provisioningState: 'Succeeded' },
  };
}

export const vaultProvider = 'Microsoft.KeyVault';
const vaultVersions = ['2022-07-01', '2023-02-01', '2023-07-01', '2024-11-01', '2026-02-01'];
/** Those of other forms and previews: github.com/Azure/azure-rest-api-specs, specification/keyvault/resource-manager, read Nov 2026. */
const versionsNotPlayed =
  /^(2015-06-01|2016-10-01|2018-02-14|2019-09-01|2021-10-01|2024-05-01|2025-05-01|20[12]\d-\d\d-\d\d-preview)$/;
/** Refuses a version that the type does not have, and one that it has and that is not played. */
export function requireVaultVersion(c: Context, type: string): void {
  const version = requireApiVersion(c);
  if (vaultVersions.includes(version)) return;
  throw versionsNotPlayed.test(version)
    ? armFaults.notPlayed(`api-version ${version} of '${type}'`)
    : armFaults.noProviderVersion(type, version);
}

/** Microsoft speaks of minutes; some tens of seconds are usual. */
const registrationMs = 20_000;

/** Resource providers of a subscription. learn.microsoft.com/rest/api/resources/providers */
export function createProviderRoutes(state: State): Hono<ArmEnv> {
  const routes = new Hono<ArmEnv>();
  routes.get('/subscriptions/:subscription/providers/:namespace', (c) => answer(c, state, 'read'));
  routes.post('/subscriptions/:subscription/providers/:namespace/register', (c) =>
    answer(c, state, 'register/action'),
  );
  return routes;
}

type RegistrationState = 'NotRegistered' | 'Registering' | 'Registered';

export function registrationState({ azure, clock }: State): RegistrationState {
  if (azure.keyVaultRegisteredAt === undefined) return 'NotRegistered';
  return clock.now() >= azure.keyVaultRegisteredAt ? 'Registered' : 'Registering';
}

/** Azure has hundreds of Microsoft's own. */
function otherProvider(namespace: string): ArmFault {
  return /^microsoft\./i.test(namespace)
    ? armFaults.notPlayed(`the provider '${namespace}'`)
    : armFaults.noProvider(namespace);
}

function answer(c: Context<ArmEnv>, state: State, verb: 'read' | 'register/action'): Response {
  const namespace = c.req.param('namespace') ?? '';
  const { id } = requireAction(c, state, `${vaultProvider}/${verb}`);
  if (!sameName(namespace, vaultProvider)) throw otherProvider(namespace);
  if (verb !== 'read') state.azure.keyVaultRegisteredAt ??= state.clock.now() + registrationMs;
  return c.json({
    id: `/subscriptions/${id}/providers/${vaultProvider}`,
    namespace: vaultProvider,
    resourceTypes: ['vaults', 'vaults/secrets'].map((resourceType) => ({
      resourceType,
      locations: ['Germany West Central', 'West Europe'],
      apiVersions: vaultVersions,
    })),
    registrationState: registrationState(state),
    registrationPolicy: 'RegistrationRequired',
  });
}

/** What making something takes. */
const operationMs = 2_500;

export function isFinished({ clock }: State, startedAt: number): boolean {
  return clock.now() - startedAt >= operationMs;
}

/** 202 and where to ask how it goes on. learn.microsoft.com/azure/azure-resource-manager/management/async-operations */
export function answerAccepted(c: Context<ArmEnv>, state: State, body: Json): Response {
  const operation = { id: state.ids.guid(), startedAt: state.clock.now() };
  state.azure.operations.push(operation);
  const version = queryOf(c, 'api-version') ?? '';
  const at = `https://management.azure.com/subscriptions/${c.req.param('subscription')}/providers/Microsoft.KeyVault/locations/germanywestcentral`;
  c.header('Azure-AsyncOperation', `${at}/operationStatuses/${operation.id}?api-version=${version}`);
  c.header('Location', `${at}/operationResults/${operation.id}?api-version=${version}`);
  c.header('Retry-After', '1');
  return c.json(body, 202);
}

export function createOperationRoutes(state: State): Hono<ArmEnv> {
  const routes = new Hono<ArmEnv>();
  const below = '/subscriptions/:subscription/providers/Microsoft.KeyVault/locations/:location';
  routes.get(`${below}/operationStatuses/:operation`, (c) => {
    const { id, status, error } = look(c, state);
    if (status === 'InProgress') c.header('Retry-After', '1');
    return c.json({ id: c.req.path, name: id, status, ...(error && { error }) });
  });
  routes.get(`${below}/operationResults/:operation`, (c) => {
    const { status } = look(c, state);
    if (status !== 'InProgress') return c.body(null, 204);
    c.header('Location', c.req.url.replace(/^http:/, 'https:'));
    c.header('Retry-After', '1');
    return c.body(null, 202);
  });
  return routes;
}

function look(c: Context<ArmEnv>, state: State) {
  requireAction(c, state, 'Microsoft.KeyVault/locations/operationResults/read');
  const id = c.req.param('operation') ?? '';
  const operation = state.azure.operations.find((one) => one.id === id);
  if (!operation) throw armFaults.notPlayed(`the operation '${id}'`);
  const error = state.azure.operationsFailWith;
  if (!isFinished(state, operation.startedAt)) return { id, status: 'InProgress', error: undefined };
  return { id, status: error ? 'Failed' : 'Succeeded', error };
}
