import { graphAppId } from '../../tenant/service-principals.ts';
import { inComment, inertJson } from './inert-json.ts';
import { resultBegin, resultEnd } from './result-marks.ts';
import type { ScriptData } from './script-data.ts';

/** The plan as a script for Microsoft Graph PowerShell, Windows PowerShell 5.1 and later. */
export function powershellScript(data: ScriptData): string {
  return [heading(data), values(data), signIn, helpers, application, grants, secret, result].join('\n');
}

const heading = ({ tenant, grants, secret }: ScriptData): string => `#Requires -Version 5.1
# Lets T&A (Time & Attendance) send mail through Exchange Online.
# For a Global Administrator of ${inComment(tenant.domain)}, tenant ${tenant.id}.
#
# It registers one application and its service principal, grants it
# ${grants.map(({ value }) => value).join(', ')},
# and adds a client secret for ${secret.lifetimeDays} days. Nothing else is changed. Running it twice makes nothing twice.
#
# Needs Microsoft Graph PowerShell: Install-Module Microsoft.Graph.Authentication -Scope CurrentUser
# It signs you in. Then send back what stands between the two lines that say RESULT.
$ErrorActionPreference = 'Stop'
`;

const environments: Readonly<Record<ScriptData['cloud']['name'], string>> = {
  global: 'Global',
  usgov: 'USGov',
  usgovdod: 'USGovDoD',
  china: 'China',
};

const values = (data: ScriptData): string => {
  const { tenant, cloud, uniqueName, application, servicePrincipal, grants: permissions, secret } = data;
  const plan = {
    tenantId: tenant.id,
    environment: environments[cloud.name],
    graph: `${cloud.graph}/v1.0`,
    uniqueName,
    application,
    principal: servicePrincipal,
    grants: permissions.map(({ value, appRoleId }) => ({ permission: value, appRoleId })),
    secretMark: secret.operation,
    secretName: secret.displayName,
    expiresAt: secret.expiresAt,
    secret: secret.body,
    recipient: data.recipient ?? '',
  };
  return `# What is made. Nothing in this text is run: a single-quoted here-string is not expanded.
$plan = @'
${inertJson(plan)}
'@ | ConvertFrom-Json
`;
};

const signIn = `# Nothing is written before the tenant is known to be the right one.
Connect-MgGraph -TenantId $plan.tenantId -Environment $plan.environment -ContextScope Process -NoWelcome \`
    -Scopes 'Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All'
$foundTenant = (Get-MgContext).TenantId
if ($foundTenant -ne $plan.tenantId) {
    throw "You are signed in to tenant $foundTenant, but this script is for $($plan.tenantId). Nothing was changed."
}
`;

const helpers = `function Send-Graph([string] $Method, [string] $Path, $Body, [hashtable] $Headers = @{}) {
    $request = @{ Method = $Method; Uri = "$($plan.graph)$Path"; Headers = $Headers; OutputType = 'PSObject' }
    if ($null -ne $Body) {
        $request.Body = ConvertTo-Json $Body -Depth 10
        $request.ContentType = 'application/json'
    }
    Invoke-MgGraphRequest @request
}

# Microsoft Entra knows a new object everywhere only after a while.
function Invoke-Patiently([scriptblock] $Work) {
    for ($attempt = 1; $attempt -lt 10; $attempt++) {
        try { return & $Work }
        catch { Write-Host "Microsoft Entra may not know it everywhere yet ($_). Trying again in 10 seconds." }
        Start-Sleep -Seconds 10
    }
    & $Work
}

$upsert = @{ Prefer = 'create-if-missing' }
`;

const application = `# The application, found by its unique name, and its service principal.
$key = [uri]::EscapeDataString($plan.uniqueName.Replace("'", "''"))
$null = Send-Graph PATCH "/applications(uniqueName='$key')" $plan.application $upsert
$app = Invoke-Patiently { Send-Graph GET ("/applications(uniqueName='$key')" + '?$select=id,appId,createdDateTime') }
Write-Host "Application: client id $($app.appId)"

$principalPath = "/servicePrincipals(appId='$($app.appId)')"
$null = Invoke-Patiently { Send-Graph PATCH $principalPath $plan.principal $upsert }
$principal = Invoke-Patiently { Send-Graph GET ($principalPath + '?$select=id') }
`;

const grants = `# The permissions, each unless it is there.
$graph = Send-Graph GET '/servicePrincipals(appId=''${graphAppId}'')?$select=id'
$assigned = Invoke-Patiently { Send-Graph GET "/servicePrincipals/$($principal.id)/appRoleAssignments" }
$granted = @($assigned.value | Where-Object { $_.resourceId -eq $graph.id } | ForEach-Object { $_.appRoleId })
foreach ($grant in $plan.grants) {
    if ($granted -contains $grant.appRoleId) { continue }
    $assignment = @{ principalId = $principal.id; resourceId = $graph.id; appRoleId = $grant.appRoleId }
    $null = Invoke-Patiently { Send-Graph POST "/servicePrincipals/$($graph.id)/appRoleAssignedTo" $assignment }
    Write-Host "Granted: $($grant.permission)"
}
`;

const secret = `# The client secret, unless this script has made it before. Its value is shown only once.
$listed = Send-Graph GET ("/applications/$($app.id)" + '?$select=passwordCredentials')
$made = $listed.passwordCredentials | Where-Object { "$($_.displayName)".Contains($plan.secretMark) } | Select-Object -First 1
$sealed = @()
if ($made) {
    Write-Host 'The client secret was made before. If its value is lost, remove that secret in Entra and run this again.'
}
else {
    $made = Send-Graph POST "/applications/$($app.id)/addPassword" $plan.secret
    if ($plan.recipient -and (Get-Command age -ErrorAction SilentlyContinue)) {
        $sealed = @($made.secretText | age --encrypt --armor --recipient $plan.recipient | Where-Object { $_ -notlike '-----*' })
        if ($LASTEXITCODE -ne 0) { $sealed = @() }
    }
    if ($sealed) { Write-Host 'The client secret is sealed: only the consultant can open it.' }
    else {
        Write-Host "Client secret: $($made.secretText)"
        Write-Host 'It is shown this once. Enter it in T&A as Client Secret (System preferences > Email > Connection); send it to nobody.'
    }
}
`;

const result = `# The result: ids, and the secret only where it is sealed.
function Format-Instant($Instant) {
    ([datetime] $Instant).ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ', [cultureinfo]::InvariantCulture)
}
'${resultBegin}'
[ordered]@{
    version      = 1
    uniqueName   = $plan.uniqueName
    grants       = $plan.grants
    secretName   = $plan.secretName
    expiresAt    = Format-Instant $plan.expiresAt
    tenantId     = $foundTenant
    objectId     = $app.id
    clientId     = $app.appId
    createdAt    = Format-Instant $app.createdDateTime
    principalId  = $principal.id
    keyId        = "$($made.keyId)"
    hint         = "$($made.hint)"
    sealedSecret = $sealed
} | ConvertTo-Json -Depth 5
'${resultEnd}'
`;
