import { graphTime } from '../clock.ts';
import type { Application, Json, ServicePrincipal, State } from '../state.ts';
import type { Key } from './address.ts';
import { faults } from './answer.ts';
import type { Noun } from './noun.ts';

export const servicePrincipalNoun: Noun = {
  resource: 'ServicePrincipal',
  type: 'microsoft.graph.servicePrincipal',
  set: 'servicePrincipals',
  properties: [
    'id',
    'deletedDateTime',
    'accountEnabled',
    'alternativeNames',
    'appDisplayName',
    'appDescription',
    'appId',
    'appOwnerOrganizationId',
    'appRoleAssignmentRequired',
    'appRoles',
    'applicationTemplateId',
    'createdDateTime',
    'description',
    'displayName',
    'homepage',
    'keyCredentials',
    'loginUrl',
    'logoutUrl',
    'notes',
    'notificationEmailAddresses',
    'oauth2PermissionScopes',
    'passwordCredentials',
    'preferredSingleSignOnMode',
    'replyUrls',
    'samlSingleSignOnSettings',
    'servicePrincipalNames',
    'servicePrincipalType',
    'signInAudience',
    'tags',
    'tokenEncryptionKeyId',
    'verifiedPublisher',
  ],
  filterable: ['id', 'appId', 'displayName', 'servicePrincipalNames', 'servicePrincipalType', 'tags'],
  searchable: ['displayName', 'description'],
  sortable: ['displayName'],
};

/** The application's stand-in in this tenant: what permissions are granted to. */
export function createServicePrincipal(
  state: State,
  application: Application,
  properties: Json = {},
  owners: readonly string[] = [],
): ServicePrincipal {
  const { appId, graph: app } = application;
  const id = state.ids.guid();
  const graph: Json = {
    id,
    deletedDateTime: null,
    accountEnabled: true,
    alternativeNames: [],
    appDescription: null,
    appDisplayName: app.displayName,
    appId,
    applicationTemplateId: null,
    appOwnerOrganizationId: state.organization.id,
    appRoleAssignmentRequired: false,
    createdDateTime: graphTime(state.clock.now()),
    description: null,
    displayName: app.displayName,
    homepage: null,
    loginUrl: null,
    logoutUrl: null,
    notes: null,
    notificationEmailAddresses: [],
    preferredSingleSignOnMode: null,
    samlSingleSignOnSettings: null,
    servicePrincipalNames: [appId],
    servicePrincipalType: 'Application',
    signInAudience: app.signInAudience,
    tags: [],
    tokenEncryptionKeyId: null,
    appRoles: [],
    oauth2PermissionScopes: [],
    keyCredentials: [],
    passwordCredentials: [],
    replyUrls: [],
    verifiedPublisher: { displayName: null, verifiedPublisherId: null, addedDateTime: null },
    ...properties,
  };
  const madeAt = state.clock.now();
  const servicePrincipal = { id, appId, madeAt, owners: [...owners], deletedAt: undefined, graph };
  state.servicePrincipals.push(servicePrincipal);
  return servicePrincipal;
}

export function findServicePrincipal(state: State, key: Key): ServicePrincipal | undefined {
  return liveServicePrincipals(state).find(({ graph }) => graph[key.by] === key.value);
}

export function readServicePrincipal(state: State, key: Key): ServicePrincipal {
  const servicePrincipal = findServicePrincipal(state, key);
  if (!servicePrincipal) throw faults.notFound(key.value);
  return servicePrincipal;
}

export function liveServicePrincipals(state: State): ServicePrincipal[] {
  return state.servicePrincipals.filter(({ deletedAt }) => deletedAt === undefined);
}

/** Gives the choices one after the other, over and over: where the service answers now this, now that. */
export function takeTurns<T>(choices: readonly [T, ...T[]]): () => T {
  let taken = 0;
  return () => {
    const choice = choices[taken % choices.length] ?? choices[0];
    taken += 1;
    return choice;
  };
}
