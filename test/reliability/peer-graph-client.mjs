// `node peer-graph-client.mjs PACKAGES TENANT CLIENT SECRET`: a set-up by Microsoft Graph's JavaScript client, at the real names.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [packages, tenant, client, secret] = process.argv.slice(2);
const entry = createRequire(packages).resolve('@microsoft/microsoft-graph-client');
const { Client } = await import(pathToFileURL(entry).href);
const scope = 'https://graph.microsoft.com/.default';
const form = { grant_type: 'client_credentials', scope, client_id: client, client_secret: secret };
const given = await fetch(`https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  body: String(new URLSearchParams(form)),
});
const { access_token: token } = await given.json();
const graph = Client.init({ authProvider: (done) => done(null, token) });

const api = await graph.api("/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')").get();
const application = await graph
  .api('/applications')
  .post({ displayName: 'T&A', signInAudience: 'AzureADMyOrg' });
const principal = await graph.api('/servicePrincipals').post({ appId: application.appId });
for (const name of ['Directory.Read.All', 'User.Read.All', 'Mail.ReadWrite', 'Mail.Send']) {
  const role = api.appRoles.find(({ value }) => value === name);
  const grant = { principalId: principal.id, resourceId: api.id, appRoleId: role.id };
  await graph.api(`/servicePrincipals/${principal.id}/appRoleAssignments`).post(grant);
}
await graph
  .api(`/applications/${application.id}/addPassword`)
  .post({ passwordCredential: { displayName: 'T&A' } });
