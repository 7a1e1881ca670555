import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { State } from '../state.ts';
import { type ArmEnv, findGroup, requireAction, requireGroup, visibleSubscriptions } from './access.ts';
import type { AzureGroup } from './azure.ts';
import { readArmBody } from './body.ts';
import { armFaults } from './fault.ts';

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
