# Limits T&A's app to one mailbox: RBAC for Applications in Exchange Online.
# For an Exchange administrator (role group Organization Management). You can run it again: it creates nothing twice.
# Needs the module ExchangeOnlineManagement: Install-Module ExchangeOnlineManagement
# Its versions from 3.10 on need PowerShell 7.6 or Windows PowerShell 5.1. For PowerShell 7.4 or 7.5 add -RequiredVersion 3.9.2
# Microsoft on it: https://learn.microsoft.com/exchange/permissions-exo/application-rbac

$ErrorActionPreference = 'Stop'

# All values. They are read as data, and none of them is run.
$want = @'
{
  "environment": "O365Default",
  "tenantId": "11111111-1111-4111-a111-111111111111",
  "appId": "22222222-2222-4222-a222-222222222222",
  "objectId": "44444444-4444-4444-a444-444444444444",
  "displayName": "Time and Attendance Exchange Online Integration",
  "mailbox": "ta@contoso.com",
  "otherMailbox": "robin@contoso.com",
  "scope": "TA 44444444 mailbox",
  "roles": [
    {
      "role": "Application Mail.ReadWrite",
      "assignment": "TA 44444444 Mail.ReadWrite"
    },
    {
      "role": "Application Mail.Send",
      "assignment": "TA 44444444 Mail.Send"
    }
  ]
}
'@ | ConvertFrom-Json

# Sign in, and stop where it is another tenant.
Disconnect-ExchangeOnline -Confirm:$false
Connect-ExchangeOnline -ExchangeEnvironmentName $want.environment -ShowBanner:$false
if ((Get-ConnectionInformation).TenantID -ne $want.tenantId) {
  throw 'You are signed in to another tenant. Nothing was changed.'
}

# A tenant whose Exchange was never customized accepts no scopes.
if ((Get-OrganizationConfig).IsDehydrated) {
  throw 'Nothing was changed: this tenant does not accept custom scopes yet. Run Enable-OrganizationCustomization once (it cannot be undone), wait an hour, then run this script again.'
}

# 1. The mailbox, by an id of its own: an address can belong to another mailbox later, and an alias matches too.
$mailbox = Get-EXOMailbox -Identity $want.mailbox -Properties Guid
$filter = "Guid -eq '$($mailbox.Guid)'"
$matched = @(Get-Recipient -Filter $filter -ResultSize 2)
if ($matched.Count -ne 1 -or $matched[0].Guid -ne $mailbox.Guid) {
  throw "Nothing was changed: the filter $filter must match this mailbox and nothing else."
}

# 2. The app: Exchange's pointer to the enterprise application. Asked for one that does not exist, Exchange may return all.
if (-not (Get-ServicePrincipal | Where-Object { $_.ObjectId -eq $want.objectId })) {
  New-ServicePrincipal -AppId $want.appId -ObjectId $want.objectId -DisplayName $want.displayName
}

# 3. The scope: this mailbox only.
if (Get-ManagementScope -Identity $want.scope -ErrorAction SilentlyContinue) {
  Set-ManagementScope -Identity $want.scope -RecipientRestrictionFilter $filter
} else {
  New-ManagementScope -Name $want.scope -RecipientRestrictionFilter $filter
}

# 4. The roles, each in that scope.
foreach ($one in $want.roles) {
  if (-not (Get-ManagementRoleAssignment -Identity $one.assignment -ErrorAction SilentlyContinue)) {
    New-ManagementRoleAssignment -Name $one.assignment -App $want.objectId -Role $one.role -CustomResourceScope $want.scope
  }
}

# 5. What Exchange makes of it. InScope must be True for the mailbox and False for the other one.
#    Email through Microsoft Graph follows 30 minutes to two hours later.
Test-ServicePrincipalAuthorization -Identity $want.objectId -Resource $want.mailbox | Format-Table
if ($want.otherMailbox) {
  Test-ServicePrincipalAuthorization -Identity $want.objectId -Resource $want.otherMailbox | Format-Table
}

<# To undo it, run these lines in the same window:
Get-ManagementRoleAssignment | Where-Object { $_.CustomResourceScope -eq $want.scope } |
  Remove-ManagementRoleAssignment -Confirm:$false
if (Get-ManagementScope -Identity $want.scope -ErrorAction SilentlyContinue) {
  Remove-ManagementScope -Identity $want.scope -Confirm:$false
}
if (Get-ServicePrincipal | Where-Object { $_.ObjectId -eq $want.objectId }) {
  Remove-ServicePrincipal -Identity $want.objectId -Confirm:$false
}
#>
