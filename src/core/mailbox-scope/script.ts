import { clouds } from '../cloud/clouds.ts';
import type { Customer } from '../customer/customer.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { exchangeRoles } from '../customer/scope.ts';

/** What Exchange has to know of the app. */
export interface ScopedApp {
  readonly tenantId: string;
  readonly clientId: string;
  /** Of the enterprise application, which is another one than that of the app registration. */
  readonly objectId: string;
}

/** `undefined` where the record knows of no app. */
export function scopedAppOf({
  tenant,
  application,
  servicePrincipal,
}: CustomerRecord): ScopedApp | undefined {
  if (!application || !servicePrincipal) return undefined;
  return { tenantId: tenant.id, clientId: application.clientId, objectId: servicePrincipal.objectId };
}

/**
 * The PowerShell by which an Exchange administrator limits the app to the sender's mailbox (RBAC for Applications:
 * learn.microsoft.com/exchange/permissions-exo/application-rbac). It may be run again, and says how it is undone.
 */
export function mailboxScopeScript(customer: Customer, app: ScopedApp): string {
  return `${head}$want = @'\n${asciiJson(valuesOf(customer, app))}\n'@ | ConvertFrom-Json\n${body}`;
}

/** The same for the way back: what that script made, and nothing else. It may be run again too. */
export function scopeRemovalScript(customer: Customer, app: ScopedApp): string {
  return `${removalHead}$want = @'\n${asciiJson(valuesOf(customer, app))}\n'@ | ConvertFrom-Json\n${signIn}\n${undo}`;
}

function valuesOf(customer: Customer, { tenantId, clientId, objectId }: ScopedApp): object {
  // Exchange takes names of up to 64 characters.
  const ours = `TA ${objectId.slice(0, 8)}`;
  return {
    environment: clouds[customer.cloud].environments.exchangePowerShell,
    tenantId,
    appId: clientId,
    objectId,
    displayName: customer.app.displayName,
    mailbox: customer.mail.fromAddress,
    otherMailbox: customer.mail.otherMailbox ?? null,
    scope: `${ours} mailbox`,
    roles: exchangeRoles(customer).map((role) => ({ role, assignment: role.replace('Application', ours) })),
  };
}

/**
 * No line begins with a quote of any kind, so none ends the here-string. ASCII alone, because Windows PowerShell reads a
 * file without a byte order mark in the code page of the machine.
 */
function asciiJson(values: object): string {
  const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(values, undefined, 2).replaceAll(/[^\n -~]/g, escaped);
}

const needs = `# Needs the module ExchangeOnlineManagement: Install-Module ExchangeOnlineManagement
# Its versions from 3.10 on need PowerShell 7.6 or Windows PowerShell 5.1. For PowerShell 7.4 or 7.5 add -RequiredVersion 3.9.2
# Microsoft on it: https://learn.microsoft.com/exchange/permissions-exo/application-rbac

$ErrorActionPreference = 'Stop'

# All values. They are read as data, and none of them is run.
`;

const head = `# Limits T&A's app to one mailbox: RBAC for Applications in Exchange Online.
# For an Exchange administrator (role group Organization Management). You can run it again: it creates nothing twice.
${needs}`;

const removalHead = `# Removes what limited T&A's app to one mailbox: RBAC for Applications in Exchange Online.
# For an Exchange administrator (role group Organization Management). You can run it again: it removes what is left.
${needs}`;

const signIn = `
# Sign in, and stop where it is another tenant.
Disconnect-ExchangeOnline -Confirm:$false
Connect-ExchangeOnline -ExchangeEnvironmentName $want.environment -ShowBanner:$false
if ((Get-ConnectionInformation).TenantID -ne $want.tenantId) {
  throw 'You are signed in to another tenant. Nothing was changed.'
}
`;

/** All roles in the scope, whatever permissions the customer file names by now. */
const undo = `Get-ManagementRoleAssignment | Where-Object { $_.CustomResourceScope -eq $want.scope } |
  Remove-ManagementRoleAssignment -Confirm:$false
if (Get-ManagementScope -Identity $want.scope -ErrorAction SilentlyContinue) {
  Remove-ManagementScope -Identity $want.scope -Confirm:$false
}
if (Get-ServicePrincipal | Where-Object { $_.ObjectId -eq $want.objectId }) {
  Remove-ServicePrincipal -Identity $want.objectId -Confirm:$false
}
`;

const body = `${signIn}
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
${undo}#>
`;
