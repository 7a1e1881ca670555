import type { PracticeTenant } from '../../src/practice/tenant.ts';
import { type Answer, appRoleId, callWith, textOf } from '../support/graph-caller.ts';
import { loginClient } from '../support/login-client.ts';

/** What Graph Command Line Tools is let do by consent of this tenant. */
export const toolScopes =
  `User.Read User.Read.All Directory.Read.All Application.ReadWrite.All AppRoleAssignment.ReadWrite.All
  Organization.Read.All Policy.Read.All DelegatedPermissionGrant.ReadWrite.All Mail.ReadWrite Mail.Send`.split(
    /\s+/,
  );

const graphAppId = '00000003-0000-0000-c000-000000000000';

/**
 * What the administrator of any tenant has to do before these clients work in it, by requests alone: sign in with Graph Command Line
 * Tools and consent to its scopes, as `Connect-MgGraph -Scopes` does, since CLI for Microsoft 365 asks for `.default`, which is what
 * was consented before; and register an application with permissions and a secret. What another replica does not know yet is asked for
 * again after `wait`.
 */
export async function prepareClients(
  tenant: PracticeTenant,
  wait: (ms: number) => void,
): Promise<{ appId: string; secret: string }> {
  const login = loginClient(tenant);
  const { device_code } = await login.deviceCode(`openid ${toolScopes.join(' ')}`);
  const { access_token } = (await login.poll(device_code)).body;
  const call = callWith(tenant, String(access_token));
  const post = async (path: string, body: unknown, tries = 5): Promise<Answer> => {
    const answer = await call('POST', path, body);
    if (answer.status < 300) return answer;
    if (tries === 0) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    wait(100);
    return post(path, body, tries - 1);
  };
  const application = await post('/applications', { displayName: 'Mailer' });
  const appId = textOf(application, 'appId');
  const principalId = textOf(await post('/servicePrincipals', { appId }), 'id');
  const graph = await call('GET', `/servicePrincipals(appId='${graphAppId}')?$select=id`);
  const resourceId = textOf(graph, 'id');
  for (const permission of ['User.Read.All', 'Mail.ReadWrite', 'Mail.Send']) {
    const grant = { principalId, resourceId, appRoleId: appRoleId(permission) };
    await post(`/servicePrincipals/${resourceId}/appRoleAssignedTo`, grant);
  }
  const secret = textOf(
    await post(`/applications/${textOf(application, 'id')}/addPassword`, {}),
    'secretText',
  );
  return { appId, secret };
}
