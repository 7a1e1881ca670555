import { type Context, Hono } from 'hono';
import type { Json } from '../json.ts';
import type { State } from '../state.ts';
import { type ArmEnv, requireAction } from './access.ts';
import { queryOf } from './body.ts';
import { armFaults } from './fault.ts';

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
  if (!operation) throw armFaults.noRoute(c.req.path);
  const error = state.azure.operationsFailWith;
  if (!isFinished(state, operation.startedAt)) return { id, status: 'InProgress', error: undefined };
  return { id, status: error ? 'Failed' : 'Succeeded', error };
}
