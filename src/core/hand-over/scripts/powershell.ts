import { exchangeApi } from '../../customer/scope.ts';
import { lagSigns } from '../../setup/replication.ts';
import { graphAppId } from '../../tenant/service-principals.ts';
import { powershellCheck } from './powershell-check.ts';
import { powershellSecret } from './powershell-secret.ts';
import { resultBegin, resultEnd } from './result-block.ts';
import { inertJson, mayNot, type ScriptData, whatItDoes } from './script-data.ts';

/** The plan as a script for Microsoft Graph PowerShell, Windows PowerShell 5.1 and later. */
export function powershellScript(data: ScriptData): string {
  const wide = data.tooWide.length > 0 ? [removals] : [];
  return [
    heading(data),
    values(data),
    signIn,
    helpers,
    powershellCheck,
    application,
    grants,
    ...wide,
    powershellSecret,
    result,
  ].join('\n');
}

const heading = (data: ScriptData): string => `#Requires -Version 5.1
#Requires -Modules @{ ModuleName = 'Microsoft.Graph.Authentication'; ModuleVersion = '2.0.0' }
${whatItDoes(data)}
#
# Needs Microsoft Graph PowerShell: Install-Module Microsoft.Graph.Authentication -Scope CurrentUser
# It signs you in. Use a PowerShell window that is not elevated (not "Run as administrator"): from 2.34 on the sign-in
# fails there. If no sign-in window opens, add -UseDeviceCode (not with 2.34.0, in which that does not work).
# -ClientId signs in with an application of your own${data.cloud.hasGraphTools ? '' : ', which this cloud needs'}. From 2.34 on
# Windows requires that it has the redirect URI ms-appx-web://Microsoft.AAD.BrokerPlugin/CLIENT-ID.
# If you still cannot sign in, ask for the script for Azure CLI, which does the same.
# On the page "Permissions requested" leave "Consent on behalf of your organization" unticked.
# Run it, and send back what it prints between the two lines that say RESULT:
#   powershell -ExecutionPolicy Bypass -File THIS-FILE
# If the client secret that it created is lost, this removes it and creates another one:
#   powershell -ExecutionPolicy Bypass -File THIS-FILE -NewSecret
# If the application was deleted, the script says so. Then choose: -Restore restores it, -Purge first deletes it permanently.
[CmdletBinding()]
param(
    [switch] $NewSecret, [switch] $Restore, [switch] $Purge, [string] $Adopt = '${data.adopt ?? ''}',
    [string] $ClientId = '', [switch] $UseDeviceCode
)
$ErrorActionPreference = 'Stop'
`;

const values = (data: ScriptData): string => {
  const { tenant, cloud, uniqueName, grants: permissions, secret, recipient = '' } = data;
  const plan = {
    tenantId: tenant.id,
    environment: cloud.environments.graphPowerShell,
    graph: `${cloud.graph}/v1.0`,
    uniqueName,
    deletedFilters: data.deletedFilters,
    grants: permissions.map(({ value, appRoleId }) => ({ permission: value, appRoleId })),
    ...(data.tooWide.length > 0 && { tooWide: data.tooWide }),
    knownKeys: data.knownKeys,
    secretMark: secret.operation,
    recipient,
  };
  return `# What is created. Nothing in these texts is run: a single-quoted here-string is not expanded.
$plan = @'
${inertJson(plan)}
'@ | ConvertFrom-Json
$applicationBody = @'
${inertJson(data.application)}
'@
$principalBody = @'
${inertJson(data.servicePrincipal)}
'@
$secretBody = @'
${inertJson(secret.body)}
'@
`;
};

const signIn = `# Nothing is changed before the tenant is known to be the right one.
$signIn = @{
    TenantId = $plan.tenantId; Environment = $plan.environment; ContextScope = 'Process'; NoWelcome = $true
    Scopes = 'Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All'
}
if ($ClientId) { $signIn.ClientId = $ClientId }
elseif ($plan.environment -eq 'China') {
    throw 'In this cloud the usual application for the sign-in does not exist. Register one and run this again with -ClientId.'
}
if ($UseDeviceCode) { $signIn.UseDeviceCode = $true }
try { Connect-MgGraph @signIn }
catch { throw "The sign-in did not work. Use a window that is not elevated, or run this again with -UseDeviceCode. ($_)" }
$foundTenant = (Get-MgContext).TenantId
if ($foundTenant -ne $plan.tenantId) {
    throw "You are signed in to tenant $foundTenant, but this script is for $($plan.tenantId). Nothing was changed."
}
`;

const helpers = `$mayNot = '${mayNot}'
$lagSigns = @(
${lagSigns.map((sign) => `    '${sign}'`).join('\n')}
)

function Send-Graph([string] $Method, [string] $Path, [string] $Body, [hashtable] $Headers = @{}) {
    $request = @{ Method = $Method; Uri = "$($plan.graph)$Path"; Headers = $Headers; OutputType = 'PSObject' }
    if ($Body) {
        $request.Body = $Body
        $request.ContentType = 'application/json'
    }
    try { Invoke-MgGraphRequest @request }
    catch {
        $said = "$_"
        # What looks like a missing right may be lag.
        if ($lagSigns | Where-Object { $said.Contains($_) }) { throw }
        if ($said -like '*Authorization_RequestDenied*') { throw "$mayNot ($said)" }
        throw
    }
}

# Microsoft Entra knows a new object everywhere only after a while. A missing right does not come by waiting.
function Invoke-Patiently([scriptblock] $Work) {
    for ($attempt = 1; $attempt -lt 10; $attempt++) {
        try { return & $Work }
        catch {
            if ("$_".StartsWith($mayNot)) { throw }
            Write-Host "Microsoft Entra may not know it everywhere yet ($_). Trying again in 10 seconds."
        }
        Start-Sleep -Seconds 10
    }
    & $Work
}

function Format-Instant($Instant) {
    ([datetime] $Instant).ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ', [cultureinfo]::InvariantCulture)
}

$upsert = @{ Prefer = 'create-if-missing' }
`;

const application = `# The application, found by its unique name, and its service principal.
$null = Send-Graph PATCH $appPath $applicationBody $appHeaders
$app = Invoke-Patiently { Send-Graph GET ($appPath + '?$select=id,appId,createdDateTime') }
Write-Host "Application: client id $($app.appId)"

$principalPath = "/servicePrincipals(appId='$($app.appId)')"
$null = Invoke-Patiently {
    try { Send-Graph PATCH $principalPath $principalBody $upsert }
    catch {
        if ("$_".StartsWith($mayNot)) { throw }
        # Not every cloud accepts that; this request does the same everywhere.
        $body = $principalBody | ConvertFrom-Json
        $body | Add-Member -NotePropertyName appId -NotePropertyValue $app.appId
        Send-Graph POST '/servicePrincipals' (ConvertTo-Json $body)
    }
}
$principal = Invoke-Patiently { Send-Graph GET ($principalPath + '?$select=id') }
`;

const grants = `# The permissions, each unless it is granted already.
$graph = Send-Graph GET '/servicePrincipals(appId=''${graphAppId}'')?$select=id'
$assigned = Invoke-Patiently { Send-Graph GET ("/servicePrincipals/$($principal.id)/appRoleAssignments" + '?$top=999') }
$granted = @($assigned.value | Where-Object { $_.resourceId -eq $graph.id } | ForEach-Object { $_.appRoleId })
foreach ($grant in $plan.grants) {
    if ($granted -contains $grant.appRoleId) { continue }
    $assignment = ConvertTo-Json @{ principalId = $principal.id; resourceId = $graph.id; appRoleId = $grant.appRoleId }
    Invoke-Patiently {
        try { $null = Send-Graph POST "/servicePrincipals/$($graph.id)/appRoleAssignedTo" $assignment }
        # One that exists, but is not listed yet.
        catch { if ("$_" -notlike '*already exists on the object*') { throw } }
    }
    Write-Host "Granted: $($grant.permission)"
}
`;

const removals = `# The app is limited to one mailbox, so what opens every mailbox is removed.
foreach ($standing in @($assigned.value)) {
    $wide = $null
    if ($standing.resourceId -eq $graph.id) { $wide = $plan.tooWide | Where-Object { $_.appRoleId -eq $standing.appRoleId } }
    if ($standing.resourceDisplayName -eq '${exchangeApi}') {
        $wide = @{ permission = "$($standing.appRoleId) on $($standing.resourceDisplayName)" }
    }
    if (-not $wide) { continue }
    $null = Send-Graph DELETE "/servicePrincipals/$($principal.id)/appRoleAssignments/$($standing.id)"
    Write-Host "Removed: $($wide.permission), which opens every mailbox"
}
`;

const result = `# The result: ids, and the secret only where it is sealed.
'${resultBegin}'
[ordered]@{
    version      = 1
    uniqueName   = $plan.uniqueName
    grants       = $plan.grants
    tenantId     = $foundTenant
    objectId     = $app.id
    clientId     = $app.appId
    createdAt    = Format-Instant $app.createdDateTime
    principalId  = $principal.id
    keyId        = "$($made.keyId)"
    secretName   = "$($made.displayName)"
    expiresAt    = Format-Instant $made.endDateTime
    hint         = "$($made.hint)"
    sealedSecret = $sealed
} | ConvertTo-Json -Depth 5
'${resultEnd}'
`;
