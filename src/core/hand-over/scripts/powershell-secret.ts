/** Leaves behind `$made`, the secret as Graph knows it, and `$sealed`, the lines that go into the result. */
export const powershellSecret = `# The client secret, unless a script of this plan created it before, which its name shows. Its value is shown only once.
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
`;
