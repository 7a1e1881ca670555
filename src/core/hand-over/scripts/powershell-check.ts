import { notOurs, stillDeleted } from './script-data.ts';

/** As in bash. Leaves nothing behind. */
export const powershellCheck = `# An application that already exists is changed only if no one else can act as it.
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
        throw "${stillDeleted} To restore it (client id $($gone.appId)), run this again with -Restore. To delete it permanently and register a new one, run it with -Purge."
    }
}
# What was restored with it is checked as well.
if ($before) {
    $strangers = @(Find-Stranger $before)
    if ($strangers.Count -gt 0) {
        Write-Host "The application with the client id $($before.appId) already exists. It contains what this script did not add:"
        $strangers | ForEach-Object { Write-Host $_ }
        if ($Adopt -ne $before.appId) {
            throw "${notOurs} If you know all of them, run this again with -Adopt $($before.appId)"
        }
    }
}
if ($Adopt -and $Adopt -ne $before.appId) {
    throw "The application of this set-up does not have the client id $Adopt, so the script stops here."
}
`;
