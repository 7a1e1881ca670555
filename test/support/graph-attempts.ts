import { createApplication } from '../../src/practice/graph/application-store.ts';
import { softDelete } from '../../src/practice/graph/deletion.ts';
import { addGrant } from '../../src/practice/graph/grants.ts';
import {
  createServicePrincipal,
  readServicePrincipal,
} from '../../src/practice/graph/service-principal-store.ts';
import { graphClientId } from '../../src/practice/graph-permissions.ts';
import { appRoleId, type Directory, type GraphCall } from './graph-caller.ts';

/** An application of somebody else's, which exists when each act is tried anew. */
function foreignApplication({ state }: Directory) {
  return createApplication(state, { displayName: 'Foreign' }, undefined);
}

function foreignPrincipal(directory: Directory) {
  return createServicePrincipal(directory.state, foreignApplication(directory));
}

/** Another API of the tenant, with one role that applications can be granted. */
function otherApi(directory: Directory) {
  const appRoles = [{ id: appRoleId('Mail.Send'), value: 'Api.Use', allowedMemberTypes: ['Application'] }];
  return createServicePrincipal(directory.state, foreignApplication(directory), { appRoles });
}

function grantOn(resourceId: (directory: Directory) => string) {
  return (call: GraphCall, directory: Directory) => {
    const [resource, { id: principalId }] = [resourceId(directory), foreignPrincipal(directory)];
    const body = { principalId, resourceId: resource, appRoleId: appRoleId('Mail.Send') };
    return call('POST', `/servicePrincipals/${resource}/appRoleAssignedTo`, body);
  };
}

const graphId = ({ state }: Directory) =>
  readServicePrincipal(state, { by: 'appId', value: graphClientId }).id;

/** Each act that the permission matrix is about, as one call on an object of somebody else's. */
export const attempts = {
  'read applications': (call, _directory) => call('GET', '/applications'),
  'create application': (call, { state }) => {
    state.usersMayRegisterApplications = false;
    return call('POST', '/applications', { displayName: 'New' });
  },
  'create application where registration is open': (call, { state }) => {
    state.usersMayRegisterApplications = true;
    return call('POST', '/applications', { displayName: 'New' });
  },
  'change application': (call, directory) =>
    call('PATCH', `/applications/${foreignApplication(directory).id}`, { notes: 'x' }),
  'add a secret': (call, directory) =>
    call('POST', `/applications/${foreignApplication(directory).id}/addPassword`, {}),
  'delete application': (call, directory) =>
    call('DELETE', `/applications/${foreignApplication(directory).id}`),
  'create service principal': (call, directory) =>
    call('POST', '/servicePrincipals', { appId: foreignApplication(directory).appId }),
  'change service principal': (call, directory) =>
    call('PATCH', `/servicePrincipals/${foreignPrincipal(directory).id}`, { notes: 'x' }),
  'restore application': (call, directory) => {
    const application = foreignApplication(directory);
    softDelete(directory.state, application);
    return call('POST', `/directory/deletedItems/${application.id}/restore`);
  },
  'purge application': (call, directory) => {
    const application = foreignApplication(directory);
    softDelete(directory.state, application);
    return call('DELETE', `/directory/deletedItems/${application.id}`);
  },
  'grant a role of Microsoft Graph': grantOn(graphId),
  'take back a role of Microsoft Graph': (call, directory) => {
    const [resourceId, { id: principalId }] = [graphId(directory), foreignPrincipal(directory)];
    const grant = { principalId, resourceId, appRoleId: appRoleId('Mail.Send') };
    const { id } = addGrant(directory.state, grant);
    return call('DELETE', `/servicePrincipals/${principalId}/appRoleAssignments/${id}`);
  },
  'grant a role of another API': grantOn((directory) => otherApi(directory).id),
  'read organization': (call) => call('GET', '/organization'),
  'read me': (call) => call('GET', '/me'),
  'read users': (call) => call('GET', '/users'),
  'read roles': (call) => call('GET', '/me/memberOf'),
  'read policies': (call) => call('GET', '/policies/authorizationPolicy'),
  'read policy on secrets': (call) => call('GET', '/policies/defaultAppManagementPolicy'),
  'change policies': (call) => call('PATCH', '/policies/defaultAppManagementPolicy', {}),
  'read permission grants': (call) => call('GET', '/oauth2PermissionGrants'),
} satisfies Record<string, (call: GraphCall, directory: Directory) => ReturnType<GraphCall>>;
export type Attempt = keyof typeof attempts;
