#Requires -Version 5.1
#Requires -Modules @{ ModuleName = 'Microsoft.Graph.Authentication'; ModuleVersion = '2.0.0' }
# Lets T&A (Time & Attendance) send email through Exchange Online.
# For a Global Administrator of contoso.com, tenant 1b4e28ba-2fa1-4d2c-883f-0016d3cca427.
#
# It registers one application and its service principal, grants it
# Directory.Read.All, User.Read.All, Mail.ReadWrite, Mail.Send,
# and adds a client secret for 180 days.
# It changes nothing else. You can run it again after ten minutes, when Entra shows the new objects: it creates nothing twice.
#
# Needs Microsoft Graph PowerShell: Install-Module Microsoft.Graph.Authentication -Scope CurrentUser
# It signs you in. Use a PowerShell window that is not elevated (not "Run as administrator"): from 2.34 on the sign-in
# fails there. If no sign-in window opens, add -UseDeviceCode (not with 2.34.0, in which that does not work).
# -ClientId signs in with an application of your own. From 2.34 on
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
    [switch] $NewSecret, [switch] $Restore, [switch] $Purge, [string] $Adopt = '',
    [string] $ClientId = '', [switch] $UseDeviceCode
)
$ErrorActionPreference = 'Stop'

# What is created. Nothing in these texts is run: a single-quoted here-string is not expanded.
$plan = @'
{
  "tenantId": "1b4e28ba-2fa1-4d2c-883f-0016d3cca427",
  "environment": "Global",
  "graph": "https://graph.microsoft.com/v1.0",
  "uniqueName": "ta-exchange-setup-abcdefghjkmnpqrstuvw",
  "deletedFilters": [
    "uniqueName\u002520eq\u002520\u002527ta-exchange-setup-abcdefghjkmnpqrstuvw\u002527",
    "displayName\u002520eq\u002520\u002527Time\u002520and\u002520Attendance\u002520Exchange\u002520Online\u002520Integration\u002527"
  ],
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
  ],
  "knownKeys": [],
  "secretMark": "ta-j57hgpuv",
  "recipient": "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
}
'@ | ConvertFrom-Json
$applicationBody = @'
{
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
}
'@
$principalBody = @'
{
  "tags": [
    "WindowsAzureActiveDirectoryIntegratedApp"
  ]
}
'@
$secretBody = @'
{
  "passwordCredential": {
    "displayName": "Time and Attendance Exchange Online integration secret (ta-j57hgpuv)",
    "endDateTime": "2027-05-22T21:55:00Z"
  }
}
'@

# Nothing is changed before the tenant is known to be the right one.
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

$mayNot = 'This account is not allowed to do that. Run the script again as a Global Administrator. To register an application you need at least the role Application Administrator; to grant permissions, Privileged Role Administrator.'
$lagSigns = @(
    'Request_ResourceNotFound'
    'backing application of the service principal'
    'NoBackingApplicationObject'
    'does not reference a valid application'
    'Not a valid reference update'
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

# An application that already exists is changed only if no one else can act as it.
function Find-Stranger($App) {
    $account = (Get-MgContext).Account
    $principals = @((Send-Graph GET ('/servicePrincipals?$filter=appId%20eq%20''' + $App.appId + '''')).value | Where-Object { $_ })
    $owners = @((Send-Graph GET "/applications/$($App.id)/owners").value)
    $held = @()
    foreach ($principal in $principals) {
        $owners += @((Send-Graph GET "/servicePrincipals/$($principal.id)/owners").value)
        $listed = Send-Graph GET ("/servicePrincipals/$($principal.id)/appRoleAssignments" + '?$top=999')
        $held += @($listed.value | ForEach-Object { $_.appRoleId })
    }
    $missing = @($plan.grants | Where-Object { $held -notcontains $_.appRoleId })
    $known = @(if ($missing.Count -eq 0) { $plan.knownKeys })
    foreach ($owner in $owners) {
        if ($owner -and $owner.userPrincipalName -ne $account) { "the owner $($owner.userPrincipalName) $($owner.displayName)" }
    }
    foreach ($holder in @($App) + $principals) {
        foreach ($secret in $holder.passwordCredentials) {
            $ours = "$($secret.displayName)".Contains($plan.secretMark) -or $known -contains $secret.keyId
            if (-not $ours -and [datetime] $secret.endDateTime -gt (Get-Date)) {
                "the client secret $($secret.displayName) (key id $($secret.keyId), until $(Format-Instant $secret.endDateTime))"
            }
        }
        foreach ($certificate in $holder.keyCredentials) {
            "the certificate $($certificate.displayName) (key id $($certificate.keyId))"
        }
    }
    foreach ($uri in @($App.web.redirectUris) + @($App.spa.redirectUris) + @($App.publicClient.redirectUris)) {
        if ($uri) { "the redirect URI $uri" }
    }
    foreach ($trust in (Send-Graph GET "/applications/$($App.id)/federatedIdentityCredentials").value) {
        "the federated credential $($trust.name) of $($trust.issuer)"
    }
}

# A deleted application keeps its unique name for 30 days. Not every cloud accepts every filter.
function Find-Deleted {
    foreach ($filter in $plan.deletedFilters) {
        $path = '/directory/deletedItems/microsoft.graph.application?$select=id,appId,uniqueName&$filter=' + $filter
        try { (Send-Graph GET $path).value | Where-Object { $_.uniqueName -eq $plan.uniqueName } } catch { continue }
    }
}

$key = [uri]::EscapeDataString($plan.uniqueName.Replace("'", "''"))
$before = $null
$appPath = "/applications(uniqueName='$key')"
$appHeaders = $upsert
$seen = '?$select=id,appId,uniqueName,passwordCredentials,keyCredentials,web,spa,publicClient'
$beforePath = $appPath + $seen
try { $before = Send-Graph GET $beforePath }
catch { if ("$_" -notlike '*Request_ResourceNotFound*') { throw } }
if (-not $before -and $Adopt) {
    # It was created by hand: without a unique name of ours it is found by the client id that was agreed to.
    $appPath = "/applications(appId='$Adopt')"
    $appHeaders = @{}
    try { $before = Send-Graph GET ($appPath + $seen) }
    catch { if ("$_" -notlike '*Request_ResourceNotFound*') { throw } }
    if ($before -and -not $before.uniqueName) {
        $named = $applicationBody | ConvertFrom-Json
        $named | Add-Member -NotePropertyName uniqueName -NotePropertyValue $plan.uniqueName
        $applicationBody = ConvertTo-Json $named -Depth 10
    }
}
if (-not $before -and -not $Adopt) {
    $gone = @(Find-Deleted) | Select-Object -First 1
    if ($gone -and $Restore) {
        $null = Send-Graph POST "/directory/deletedItems/$($gone.id)/restore"
        Write-Host "Restored: the application with client id $($gone.appId)"
        $before = Invoke-Patiently { Send-Graph GET $beforePath }
    }
    elseif ($gone -and $Purge) {
        $null = Send-Graph DELETE "/directory/deletedItems/$($gone.id)"
        Write-Host "Deleted permanently: the application with client id $($gone.appId)"
    }
    elseif ($gone) {
        throw "The application was registered before and then deleted. It keeps its unique name for 30 days, so no other application can have that name. Nothing was changed. To restore it (client id $($gone.appId)), run this again with -Restore. To delete it permanently and register a new one, run it with -Purge."
    }
}
# What was restored with it is checked as well.
if ($before) {
    $strangers = @(Find-Stranger $before)
    if ($strangers.Count -gt 0) {
        Write-Host "The application with the client id $($before.appId) already exists. It contains what this script did not add:"
        $strangers | ForEach-Object { Write-Host $_ }
        if ($Adopt -ne $before.appId) {
            throw "Anyone who controls one of these could use the permissions, so nothing was changed. Ask who added them, and tell the consultant. If you know all of them, run this again with -Adopt $($before.appId)"
        }
    }
}
if ($Adopt -and $Adopt -ne $before.appId) {
    throw "The application of this set-up does not have the client id $Adopt, so the script stops here."
}

# The application, found by its unique name, and its service principal.
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

# The permissions, each unless it is granted already.
$graph = Send-Graph GET '/servicePrincipals(appId=''00000003-0000-0000-c000-000000000000'')?$select=id'
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

# The client secret, unless a script of this plan created it before, which its name shows. Its value is shown only once.
function Find-Secret {
    $listed = Send-Graph GET ("/applications/$($app.id)" + '?$select=passwordCredentials')
    $listed.passwordCredentials | Where-Object { "$($_.displayName)".Contains($plan.secretMark) }
}

$found = @(Find-Secret)
if ($NewSecret) {
    for ($look = 1; $found.Count -eq 0 -and $look -lt 10; $look++) {
        Write-Host 'No client secret of this plan is listed yet. Looking again in 10 seconds.'
        Start-Sleep -Seconds 10
        $found = @(Find-Secret)
    }
    foreach ($old in $found) {
        $null = Send-Graph POST "/applications/$($app.id)/removePassword" (ConvertTo-Json @{ keyId = $old.keyId })
        Write-Host "Removed: the client secret with key id $($old.keyId)"
    }
    $found = @()
}

$sealed = @()
if ($found.Count -gt 0) {
    $made = $found[0]
    Write-Host "The client secret was created before. It is valid until $(Format-Instant $made.endDateTime); its value is not shown again."
    Write-Host 'If no one has that value, or it expires soon, run this again with -NewSecret: that removes it and creates another one.'
}
else {
    $made = Send-Graph POST "/applications/$($app.id)/addPassword" $secretBody
    if ($plan.recipient -and (Get-Command age -ErrorAction SilentlyContinue)) {
        try {
            $sealed = @($made.secretText | age --encrypt --armor --recipient $plan.recipient | Where-Object { $_ -notlike '-----*' })
            if ($LASTEXITCODE -ne 0) { $sealed = @() }
        }
        catch { $sealed = @() }
    }
    if ($sealed) { Write-Host 'The client secret is sealed: only the consultant can open it.' }
    else {
        Write-Host "Client secret: $($made.secretText)"
        Write-Host 'It is shown only once. Enter it in T&A as Client Secret (System preferences > Email > Connection); do not send it to anyone.'
    }
}

# The result: ids, and the secret only where it is sealed.
'-----BEGIN TA EXCHANGE RESULT-----'
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
'-----END TA EXCHANGE RESULT-----'
