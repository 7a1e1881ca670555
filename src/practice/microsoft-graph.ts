import { graphTime } from './clock.ts';
import exchangePermissions from './exchange-permissions.json' with { type: 'json' };
import { type GraphPermission, graphClientId, graphPermissions } from './graph-permissions.ts';
import { createIds } from './ids.ts';
import type { Json, ServicePrincipal, State } from './state.ts';

/** The tenant of Microsoft's own services. */
const microsoftTenant = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a';

type Tenant = Pick<State, 'organization'>;

/** Whether it belongs to Microsoft in every tenant, and so not to the customer. */
export const isOfMicrosoft = ({ appId }: ServicePrincipal): boolean =>
  appId === graphClientId || appId === exchangeAppId;

export const exchangeAppId = '00000002-0000-0ff1-ce00-000000000000';

/**
 * Exchange's own API beside Graph, as it stands in every tenant with Microsoft 365. Its roles and scopes have the ids of ScubaGear's list
 * (github.com/cisagov/ScubaGear, schemas/RiskyAppPermissions.json, read Nov 2026) and of public lists of a tenant's APIs; some roles
 * have the ids of Graph's. Nothing is played that they open, and no token is issued for it.
 */
export function exchangeOnline(state: Tenant, madeAt: number): ServicePrincipal {
  const { appRoles, oauth2PermissionScopes } = exchangeOffers;
  const name = 'Office 365 Exchange Online';
  const principal = microsoftPrincipal(state, { appId: exchangeAppId, name }, madeAt);
  const servicePrincipalNames = [
    'https://outlook.office365.com/',
    'https://outlook.office.com/',
    exchangeAppId,
  ];
  return {
    ...principal,
    graph: { ...principal.graph, servicePrincipalNames, appRoles, oauth2PermissionScopes },
  };
}

/** The stand-in of one of Microsoft's own clients, under an id that follows from tenant and client. */
export function microsoftPrincipal(
  { organization }: Tenant,
  { appId, name }: { readonly appId: string; readonly name: string },
  madeAt: number,
): ServicePrincipal {
  const id = createIds(`${organization.id}:${appId}`).guid();
  const { graph } = microsoftGraph(id, madeAt);
  const own = { appId, appDisplayName: name, displayName: name, servicePrincipalNames: [appId] };
  return {
    ...{ id, appId, madeAt, owners: [], deletedAt: undefined },
    graph: { ...graph, ...own, appRoles: [], oauth2PermissionScopes: [] },
  };
}

/** Microsoft Graph as it stands in every tenant: its own service principal, under an id of the tenant's. */
export function microsoftGraph(id: string, madeAt: number): ServicePrincipal {
  return {
    id,
    appId: graphClientId,
    madeAt,
    owners: [],
    deletedAt: undefined,
    graph: {
      id,
      deletedDateTime: null,
      accountEnabled: true,
      alternativeNames: [],
      appDisplayName: 'Microsoft Graph',
      appDescription: null,
      appId: graphClientId,
      applicationTemplateId: null,
      appOwnerOrganizationId: microsoftTenant,
      appRoleAssignmentRequired: false,
      createdDateTime: graphTime(madeAt),
      description: null,
      displayName: 'Microsoft Graph',
      homepage: null,
      loginUrl: null,
      logoutUrl: null,
      notes: null,
      replyUrls: [],
      servicePrincipalNames: [
        'https://graph.microsoft.com',
        'https://graph.microsoft.com/',
        'https://graph.microsoft.us',
        'https://dod-graph.microsoft.us',
        graphClientId,
      ],
      servicePrincipalType: 'Application',
      signInAudience: 'AzureADMultipleOrgs',
      tags: [],
      tokenEncryptionKeyId: null,
      appRoles,
      oauth2PermissionScopes: scopes,
      keyCredentials: [],
      passwordCredentials: [],
      verifiedPublisher: { displayName: null, verifiedPublisherId: null, addedDateTime: null },
    },
  };
}

function appRole(permission: GraphPermission): Json[] {
  if (!permission.role) return [];
  return [
    {
      allowedMemberTypes: ['Application'],
      description: `Allows the app to ${permission.does}, without a signed-in user.`,
      displayName: permission.displayName,
      id: permission.role,
      isEnabled: true,
      origin: 'Application',
      value: permission.value,
    },
  ];
}

function scope(permission: GraphPermission): Json[] {
  if (!permission.scope) return [];
  const description = `Allows the app to ${permission.does}, on behalf of the signed-in user.`;
  return [
    {
      adminConsentDescription: description,
      adminConsentDisplayName: permission.displayName,
      id: permission.scope,
      isEnabled: true,
      type: permission.adminOnly ? 'Admin' : 'User',
      userConsentDescription: description,
      userConsentDisplayName: permission.displayName,
      value: permission.value,
    },
  ];
}

/** The same in every tenant, and most of what one holds. */
const appRoles = graphPermissions.flatMap(appRole);
const scopes = graphPermissions.flatMap(scope);

const opened = (value: string) => ({ value, displayName: value, does: `use what ${value} opens` });
const exchangeOffers = {
  appRoles: Object.entries(exchangePermissions.roles).flatMap(([value, role]) =>
    appRole({ ...opened(value), role }),
  ),
  oauth2PermissionScopes: Object.entries(exchangePermissions.scopes).flatMap(([value, id]) =>
    scope({ ...opened(value), scope: id }),
  ),
};
