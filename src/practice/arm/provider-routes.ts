import { type Context, Hono } from 'hono';
import type { State } from '../state.ts';
import { type ArmEnv, requireAction, sameName } from './access.ts';
import { armFaults } from './fault.ts';

export const vaultProvider = 'Microsoft.KeyVault';
export const vaultVersions = ['2022-07-01', '2023-02-01', '2023-07-01', '2024-11-01', '2026-02-01'];
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

function answer(c: Context<ArmEnv>, state: State, verb: 'read' | 'register/action'): Response {
  const namespace = c.req.param('namespace') ?? '';
  const { id } = requireAction(c, state, `${vaultProvider}/${verb}`);
  if (!sameName(namespace, vaultProvider)) throw armFaults.noProvider(namespace);
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
