import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { Customer } from '../../../src/core/customer/customer.ts';
import {
  mailboxScopeScript,
  scopedAppOf,
  scopeRemovalScript,
} from '../../../src/core/mailbox-scope/script.ts';
import { parseScript } from '../../support/parse-script.ts';
import { scopedCustomer } from '../../support/scoped-customer.ts';
import { healthy, snapshot } from '../../support/snapshot.ts';

const app = {
  tenantId: '11111111-1111-4111-a111-111111111111',
  clientId: '22222222-2222-4222-a222-222222222222',
  objectId: '44444444-4444-4444-a444-444444444444',
};
const scriptFor = (customer: object) =>
  mailboxScopeScript(Customer.parse({ ...scopedCustomer, ...customer }), app);

const Values = z.object({
  environment: z.string(),
  displayName: z.string(),
  mailbox: z.string(),
  roles: z.array(z.object({ role: z.string(), assignment: z.string() })),
});

/** What stands between the quotes of the here-string, which is all that differs between customers. */
function parts(script: string): { readonly values: z.infer<typeof Values>; readonly code: string } {
  const [, before = '', json = '', after = ''] =
    /^([\s\S]*?= @'\n)([\s\S]*?)(\n'@ \| ConvertFrom-Json[\s\S]*)$/.exec(script) ?? [];
  return { values: Values.parse(JSON.parse(json)), code: before + after };
}

test('the script reads like this', async () => {
  await expect(scriptFor({})).toMatchFileSnapshot('../../golden/mailbox-scope.ps1');
});

test('the script for the way back names the same scope and app, and removes by them alone', async () => {
  const customer = Customer.parse(scopedCustomer);
  const script = scopeRemovalScript(customer, app);
  const parsed = await parseScript('powershell', script);
  expect(parsed.faults).toEqual([]);
  expect(parsed.texts('command_name').filter((name) => name.startsWith('Remove-'))).toEqual([
    'Remove-ManagementRoleAssignment',
    'Remove-ManagementScope',
    'Remove-ServicePrincipal',
  ]);
  expect(parts(script).values).toEqual(parts(scriptFor({})).values);
  expect(script).toContain("throw 'You are signed in to another tenant. Nothing was changed.'");
});

test('a PowerShell parser reads it, and the lines that undo it', async () => {
  const script = scriptFor({ app: { displayName: '\u2019@ $(calc) `"' } });
  const [, undo = ''] = /<# To undo it, .*\n([\s\S]*)#>/.exec(script) ?? [];
  const [whole, alone] = [await parseScript('powershell', script), await parseScript('powershell', undo)];
  expect([whole.faults, alone.faults]).toEqual([[], []]);
  expect(whole.texts('command_name')).toEqual([
    'ConvertFrom-Json',
    'Disconnect-ExchangeOnline',
    'Connect-ExchangeOnline',
    'Get-ConnectionInformation',
    'Get-OrganizationConfig',
    'Get-EXOMailbox',
    'Get-Recipient',
    'Get-ServicePrincipal',
    'Where-Object',
    'New-ServicePrincipal',
    'Get-ManagementScope',
    'Set-ManagementScope',
    'New-ManagementScope',
    'Get-ManagementRoleAssignment',
    'New-ManagementRoleAssignment',
    'Test-ServicePrincipalAuthorization',
    'Format-Table',
    'Test-ServicePrincipalAuthorization',
    'Format-Table',
  ]);
});

test('nothing is changed before the tenant, its readiness and the mailbox are known to be right', () => {
  const { code } = parts(scriptFor({}));
  const first = code.search(/\b(New|Set|Remove|Enable)-\w+ -/);
  const before = code.slice(0, first);
  for (const check of ['TenantID -ne', 'IsDehydrated', '$matched.Count -ne 1'])
    expect(before).toContain(check);
  expect(before.match(/throw '?"?(You are signed|Nothing was changed)/g)).toHaveLength(3);
});

test('the scope is the mailbox by its own id, and the app is found by comparing its object id', () => {
  const { code } = parts(scriptFor({}));
  expect(code).not.toContain('PrimarySmtpAddress');
  expect(code).not.toContain('Get-ServicePrincipal -Identity');
  expect(code).toContain("Guid -eq '");
});

test('the versions of PowerShell that the module needs are named', () => {
  expect(scriptFor({})).toMatch(/PowerShell 7\.6 or Windows PowerShell 5\.1.*3\.9\.2/);
});

test('names of scopes and role assignments are short enough for Exchange, with every permission it knows', () => {
  const permissions = ['Mail.ReadWrite', 'MailboxSettings.ReadWrite', 'Calendars.ReadWrite', 'User.Read.All'];
  const { values } = parts(scriptFor({ app: { permissions } }));
  expect(values.roles).toEqual([
    { role: 'Application Mail.ReadWrite', assignment: 'TA 44444444 Mail.ReadWrite' },
    { role: 'Application MailboxSettings.ReadWrite', assignment: 'TA 44444444 MailboxSettings.ReadWrite' },
    { role: 'Application Calendars.ReadWrite', assignment: 'TA 44444444 Calendars.ReadWrite' },
  ]);
});

test('each cloud has its own Exchange', () => {
  const names = ['global', 'usgov', 'usgovdod', 'china'].map(
    (cloud) => parts(scriptFor({ cloud })).values.environment,
  );
  expect(names).toEqual(['O365Default', 'O365USGovGCCHigh', 'O365USGovDoD', 'O365China']);
});

test('no value is ever part of the code, whatever a customer is called', () => {
  const { code } = parts(scriptFor({}));
  const quotes = fc.constantFrom(
    "'",
    '\u2018',
    '\u2019',
    '\u201A',
    '\u201B',
    '"',
    '\u201C',
    '`',
    '$(',
    '@',
    '#',
    '\n',
    ';',
    'é',
  );
  const hostile = fc
    .array(fc.oneof(quotes, fc.string({ maxLength: 6 })), { maxLength: 12 })
    .map((some) => some.join(''));
  fc.assert(
    fc.property(hostile, hostile, (name, local) => {
      const displayName = `a${name}`;
      const parsed = Customer.safeParse({
        ...scopedCustomer,
        app: { displayName },
        mail: { ...scopedCustomer.mail, fromAddress: `a${local}@contoso.com` },
      });
      if (!parsed.success) return;
      const script = mailboxScopeScript(parsed.data, app);
      expect(script).toMatch(/^[\n -~]*$/);
      expect(script.match(/^['\u2018-\u201B]@/gm)).toHaveLength(1);
      expect(parts(script).code).toBe(code);
      expect(parts(script).values.displayName).toBe(parsed.data.app.displayName);
      expect(parts(script).values.mailbox).toBe(parsed.data.mail.fromAddress);
    }),
    { numRuns: 2000 },
  );
});

test('the ids are those of the enterprise application, and there are none before it exists', () => {
  expect(scopedAppOf(healthy().existing.record)).toEqual(app);
  expect(scopedAppOf(snapshot().existing.record)).toBeUndefined();
});
