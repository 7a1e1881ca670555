// Lets T&A (Time & Attendance) send mail through Exchange Online.
// For a Global Administrator of contoso.com, tenant 1b4e28ba-2fa1-4d2c-883f-0016d3cca427, who may deploy to an Azure resource group.
//
// It registers one application and its service principal, and grants it
// Directory.Read.All, User.Read.All, Mail.ReadWrite, Mail.Send.
// Deploying it twice makes nothing twice. bicepconfig.json must lie beside this file.
//
// In bash, or in Azure Cloud Shell:
//   az login --tenant 1b4e28ba-2fa1-4d2c-883f-0016d3cca427
//   az deployment group create --resource-group GROUP --template-file THIS-FILE \
//     --parameters tenantId=$(az account show --query tenantId --output tsv) \
//     --query properties.outputs.result.value --output tsv
//
// Send back what this prints. NO SECRET IS MADE HERE: Bicep cannot do that. Afterwards add one yourself, for
// 180 days: Entra admin center > App registrations > the application > Certificates & secrets > New client secret.
// Enter its value in T&A as Client Secret (System preferences > Email > Connection); send it to nobody.
extension microsoftGraphV1

@description('Azure refuses any other tenant before it makes anything.')
@allowed(['1b4e28ba-2fa1-4d2c-883f-0016d3cca427'])
param tenantId string

// What is made. Three quotes take everything between them as it stands.
var uniqueName = json('''"ta-exchange-setup-time-and-attendance-exchange-online-integration"''')
var plan = json('''
{
  "application": {
    "displayName": "Time and Attendance Exchange Online Integration",
    "signInAudience": "AzureADMyOrg",
    "requiredResourceAccess": [
      {
        "resourceAppId": "00000003-0000-0000-c000-000000000000",
        "resourceAccess": [
          {
            "id": "7ab1d382-f21e-4acd-a863-ba3e13f7da61",
            "type": "Role"
          },
          {
            "id": "df021288-bdef-4463-88db-98f22de89214",
            "type": "Role"
          },
          {
            "id": "e2a3a72e-5f79-4c64-b1b1-878b674786c9",
            "type": "Role"
          },
          {
            "id": "b633e1c5-b582-4048-a93e-9f11b44c7e96",
            "type": "Role"
          }
        ]
      }
    ]
  },
  "principal": {
    "tags": [
      "WindowsAzureActiveDirectoryIntegratedApp"
    ]
  },
  "grants": [
    {
      "permission": "Directory.Read.All",
      "appRoleId": "7ab1d382-f21e-4acd-a863-ba3e13f7da61"
    },
    {
      "permission": "User.Read.All",
      "appRoleId": "df021288-bdef-4463-88db-98f22de89214"
    },
    {
      "permission": "Mail.ReadWrite",
      "appRoleId": "e2a3a72e-5f79-4c64-b1b1-878b674786c9"
    },
    {
      "permission": "Mail.Send",
      "appRoleId": "b633e1c5-b582-4048-a93e-9f11b44c7e96"
    }
  ]
}
''')

resource app 'Microsoft.Graph/applications@v1.0' = {
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
  appId: '00000003-0000-0000-c000-000000000000'
}

resource granted 'Microsoft.Graph/appRoleAssignedTo@v1.0' = [
  for grant in plan.grants: {
    appRoleId: grant.appRoleId
    principalId: principal.id
    resourceId: graph.id
  }
]

var found = {
  version: 1
  uniqueName: uniqueName
  grants: plan.grants
  tenantId: tenantId
  objectId: app.id
  clientId: app.appId
  createdAt: app.createdDateTime
  principalId: principal.id
}

output result string = '-----BEGIN TA EXCHANGE RESULT-----\n${string(found)}\n-----END TA EXCHANGE RESULT-----'
