import { graphAppId } from '../../tenant/service-principals.ts';
import { inComment, inertJson } from './inert-json.ts';
import { resultBegin, resultEnd } from './result-marks.ts';
import type { ScriptData } from './script-data.ts';

/** Goes beside the Bicep file: without it Bicep does not know Microsoft Graph's types. */
export const bicepConfig = `${JSON.stringify(
  { extensions: { microsoftGraphV1: 'br:mcr.microsoft.com/bicep/extensions/microsoftgraph/v1.0:1.0.0' } },
  undefined,
  2,
)}\n`;

/**
 * The plan without its secret, which Bicep cannot make (learn.microsoft.com/graph/templates/bicep/limitations). Its output
 * is the result block.
 */
export function bicepScript(data: ScriptData): string {
  return [heading(data), values(data), resources, result].join('\n');
}

const heading = ({
  tenant,
  grants,
  secret,
  tooWide,
}: ScriptData): string => `// Lets T&A (Time & Attendance) send mail through Exchange Online.
// For a Global Administrator of ${inComment(tenant.domain)}, tenant ${tenant.id}, who may deploy to an Azure resource group.
//
// It registers one application and its service principal, and grants it
// ${grants.map(({ value }) => value).join(', ')}.
// Deploying it twice makes nothing twice. bicepconfig.json must lie beside this file.${tooWide.length > 0 ? `\n${standing}` : ''}
//
// In bash, or in Azure Cloud Shell:
//   az login --tenant ${tenant.id}
//   az deployment group create --resource-group GROUP --template-file THIS-FILE \\
//     --parameters tenantId=$(az account show --query tenantId --output tsv) \\
//     --query properties.outputs.result.value --output tsv
//
// Send back what this prints. NO SECRET IS MADE HERE: Bicep cannot do that. Afterwards add one yourself, for
// ${secret.lifetimeDays} days: Entra admin center > App registrations > the application > Certificates & secrets > New client secret.
// Enter its value in T&A as Client Secret (System preferences > Email > Connection); send it to nobody.
extension microsoftGraphV1
`;

const standing = `//
// The application is for one mailbox, which Exchange keeps. Bicep removes nothing: where the application has permissions
// that open every mailbox (Mail.Send, Mail.ReadWrite ...), revoke them by hand, Entra admin center > Enterprise apps >
// the application > Permissions. Where T&A sends mail already, have the script for Exchange run first: it sends none until
// Exchange knows the mailbox.`;

const values = ({ tenant, uniqueName, application, servicePrincipal, grants }: ScriptData): string => {
  const plan = {
    application,
    principal: servicePrincipal,
    grants: grants.map(({ value, appRoleId }) => ({ permission: value, appRoleId })),
  };
  return `@description('Azure refuses any other tenant before it makes anything.')
@allowed(['${tenant.id}'])
param tenantId string

// What is made. Three quotes take everything between them as it stands.
var uniqueName = json('''${inertJson(uniqueName)}''')
var plan = json('''
${inertJson(plan)}
''')
`;
};

const resources = `resource app 'Microsoft.Graph/applications@v1.0' = {
  uniqueName: uniqueName
  displayName: plan.application.displayName
  signInAudience: plan.application.signInAudience
  requiredResourceAccess: plan.application.requiredResourceAccess
}

resource principal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: app.appId
  tags: plan.principal.tags
}

resource graph 'Microsoft.Graph/servicePrincipals@v1.0' existing = {
  appId: '${graphAppId}'
}

resource granted 'Microsoft.Graph/appRoleAssignedTo@v1.0' = [
  for grant in plan.grants: {
    appRoleId: grant.appRoleId
    principalId: principal.id
    resourceId: graph.id
  }
]
`;

const result = `var found = {
  version: 1
  uniqueName: uniqueName
  grants: plan.grants
  tenantId: tenantId
  objectId: app.id
  clientId: app.appId
  createdAt: app.createdDateTime
  principalId: principal.id
}

output result string = '${resultBegin}\\n\${string(found)}\\n${resultEnd}'
`;
