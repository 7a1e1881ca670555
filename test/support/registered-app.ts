import { createApplication } from '../../src/practice/graph/application-store.ts';
import { addGrant } from '../../src/practice/graph/grants.ts';
import { addSecret } from '../../src/practice/graph/secrets.ts';
import { createServicePrincipal } from '../../src/practice/graph/service-principal-store.ts';
import { graphClientId, graphPermissions } from '../../src/practice/graph-permissions.ts';
import type { State } from '../../src/practice/state.ts';

const dayMs = 24 * 3_600_000;

export interface RegisteredApp {
  readonly granted?: readonly string[];
  readonly requested?: readonly string[];
  readonly secretDays?: number;
  readonly publicRedirects?: string[];
  readonly webRedirects?: string[];
}

/** An application with service principal, secret and grants, put into the directory without a request. */
export function registerApp(state: State, app: RegisteredApp = {}) {
  const application = createApplication(
    state,
    {
      displayName: 'Mailer',
      publicClient: { redirectUris: app.publicRedirects ?? [] },
      web: { redirectUris: app.webRedirects ?? [] },
      requiredResourceAccess: [
        {
          resourceAppId: graphClientId,
          resourceAccess: (app.requested ?? []).map((value) => ({
            id: roleId(value),
            type: 'Role' as const,
          })),
        },
      ],
    },
    undefined,
  );
  const servicePrincipal = createServicePrincipal(state, application);
  const graph = state.servicePrincipals.find(({ appId }) => appId === graphClientId);
  for (const value of app.granted ?? []) {
    addGrant(state, {
      principalId: servicePrincipal.id,
      resourceId: graph?.id ?? '',
      appRoleId: roleId(value),
    });
  }
  const startsAt = state.clock.now();
  const life = { startsAt, endsAt: startsAt + (app.secretDays ?? 180) * dayMs };
  const { secretText } = addSecret(state, application, { ...life, displayName: 'mail' });
  return { application, servicePrincipal, secretText, appId: application.appId };
}

function roleId(value: string): string {
  const id = graphPermissions.find((permission) => permission.value === value)?.role;
  if (!id) throw new Error(`${value} is no application permission`);
  return id;
}
