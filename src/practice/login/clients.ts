import * as z from 'zod/mini';
import type { Application, State } from '../state.ts';
import { requestFaults } from './request-faults.ts';
import type { NamedTenant } from './tenant-name.ts';

/** An application that asks for tokens. */
export interface Client {
  readonly appId: string;
  readonly name: string;
  readonly multiTenant: boolean;
  readonly isPublic: boolean;
  readonly redirectUris: readonly string[];
  /** Scopes of Graph it has without any consent; undefined = it asks for consent like any other. */
  readonly preauthorized: readonly string[] | undefined;
  /**
   * Whether it gets tokens for Azure Resource Manager and Key Vault, which no consent can give. Azure CLI's id stands in Key Vault's own
   * refusals as the caller: github.com/hashicorp/terraform-provider-azurerm, its issues.
   */
  readonly mayUseArm: boolean;
  /** Registered in this tenant; undefined for Microsoft's own. */
  readonly application: Application | undefined;
}

const nativeRedirects = ['http://localhost', 'https://login.microsoftonline.com/common/oauth2/nativeclient'];

const graphTools = '14d82eec-204b-4c2f-b7e8-296a70dab67e';

/** Public clients of Microsoft's that every tenant knows. */
export const microsoftClients: readonly Client[] = [
  {
    appId: graphTools,
    name: 'Microsoft Graph Command Line Tools',
    multiTenant: true,
    isPublic: true,
    redirectUris: nativeRedirects,
    preauthorized: undefined,
    mayUseArm: false,
    application: undefined,
  },
  {
    appId: '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
    name: 'Microsoft Azure CLI',
    multiTenant: true,
    isPublic: true,
    redirectUris: nativeRedirects,
    // As in the `scp` of its tokens, wherever they are shown in public.
    preauthorized: [
      'Application.ReadWrite.All',
      'AppRoleAssignment.ReadWrite.All',
      'AuditLog.Read.All',
      'DelegatedPermissionGrant.ReadWrite.All',
      'Directory.AccessAsUser.All',
      'Group.ReadWrite.All',
      'User.Read.All',
      'User.ReadWrite.All',
      'openid',
      'profile',
      'email',
      'offline_access',
    ],
    mayUseArm: true,
    application: undefined,
  },
  {
    appId: 'aebc6443-996d-45c2-90f0-388ff96faa56',
    name: 'Visual Studio Code',
    multiTenant: true,
    isPublic: true,
    redirectUris: [...nativeRedirects, 'https://vscode.dev/redirect'],
    preauthorized: ['User.Read', 'openid', 'profile', 'email', 'offline_access'],
    mayUseArm: true,
    application: undefined,
  },
];

const redirects = z.object({ redirectUris: z.array(z.string()) });
const registration = z.object({
  displayName: z.string(),
  signInAudience: z.string(),
  isFallbackPublicClient: z.nullish(z.boolean()),
  publicClient: z.nullish(redirects),
  web: z.nullish(redirects),
  spa: z.nullish(redirects),
});

/** The client that a request names. Throws as Entra does: 900144, 700038, 700016, 50194. */
export function readClient(state: State, clientId: string | undefined, tenant: NamedTenant): Client {
  if (!clientId) throw requestFaults.missingParameter('client_id');
  if (/^[0-]+$/.test(clientId)) throw requestFaults.invalidApplicationId(clientId);
  const client = findClient(state, clientId);
  if (!client) throw requestFaults.unknownApplication(clientId, state.organization.displayName);
  if (tenant === 'consumers') throw requestFaults.consumersOnly(client.appId, client.name);
  if (tenant === 'any' && !client.multiTenant)
    throw requestFaults.singleTenantOnly(client.appId, client.name);
  return client;
}

/** A registration that has not arrived at the login host yet is not found. */
export function findClient(state: State, clientId: string): Client | undefined {
  const application = state.applications.find(({ appId }) => appId === clientId.toLowerCase());
  if (!application) {
    const known = microsoftClients.find(({ appId }) => appId === clientId.toLowerCase());
    return known?.appId === graphTools && !state.cloud.knowsGraphTools ? undefined : known;
  }
  if (application.deletedAt !== undefined) return undefined;
  if (!state.lag.arrived('servicePrincipalToToken', application.madeAt)) return undefined;
  const known = registration.parse(application.graph);
  const publicUris = known.publicClient?.redirectUris ?? [];
  return {
    appId: application.appId,
    name: known.displayName,
    multiTenant: known.signInAudience !== 'AzureADMyOrg',
    isPublic: known.isFallbackPublicClient === true || publicUris.length > 0,
    redirectUris: [...publicUris, ...(known.web?.redirectUris ?? []), ...(known.spa?.redirectUris ?? [])],
    preauthorized: undefined,
    mayUseArm: false,
    application,
  };
}

/** Entra ignores the port of a loopback redirect: learn.microsoft.com/entra/identity-platform/reply-url#localhost-exceptions */
export function isRegisteredRedirect(client: Client, redirectUri: string): boolean {
  const asked = withoutLoopbackPort(redirectUri);
  return client.redirectUris.some((registered) => withoutLoopbackPort(registered) === asked);
}

function withoutLoopbackPort(uri: string): string | undefined {
  if (!URL.canParse(uri)) return undefined;
  const url = new URL(uri);
  if (url.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(url.hostname)) url.port = '';
  return url.href;
}
