import { expect, test } from 'vitest';
import { runPowerShell } from '../../../../src/practice/exchange/powershell/run.ts';
import { rightsNow } from '../../../../src/practice/exchange/rbac.ts';
import { softDelete } from '../../../../src/practice/graph/deletion.ts';
import { seedState } from '../../../../src/practice/seed.ts';
import { scopedApp, scopedCustomer } from '../../../support/scoped-app.ts';

const ofMailbox = (mailbox: string) => [
  { role: 'Application Mail.ReadWrite', mailbox },
  { role: 'Application Mail.Send', mailbox },
];

const undoOf = (script: string): string => /<# To undo it, .*\n([\s\S]*)#>/.exec(script)?.[1] ?? '';

test('our script gives the roles on the one mailbox, twice no more than once', () => {
  const state = seedState();
  const { script, objectId } = scopedApp(state);
  const first = runPowerShell(state, script);
  expect(first.failed).toBe(false);
  expect(first.lines.slice(-4).map((line) => line.replace(/, Allowed.*,/, ''))).toEqual([
    'RoleName: Application Mail.ReadWrite InScope: true',
    'RoleName: Application Mail.Send InScope: true',
    'RoleName: Application Mail.ReadWrite InScope: false',
    'RoleName: Application Mail.Send InScope: false',
  ]);
  const made = structuredClone({ ...state.rbac });
  expect(runPowerShell(state, script).failed).toBe(false);
  expect(state.rbac).toEqual(made);
  expect(rightsNow(state, objectId)).toEqual(ofMailbox('ta@contoso.com'));
});

test('our script follows another sender, by its address in Exchange', () => {
  const state = seedState();
  const { script, objectId } = scopedApp(state);
  runPowerShell(state, script);
  const other = script.replace('"mailbox": "ta@contoso.com"', '"mailbox": "olga@contoso.onmicrosoft.com"');
  expect(runPowerShell(state, other).failed).toBe(false);
  expect(rightsNow(state, objectId)).toEqual(ofMailbox('olga@contoso.com'));
});

test('the lines that undo it leave nothing', () => {
  const state = seedState();
  const { script } = scopedApp(state);
  expect(runPowerShell(state, script + undoOf(script)).failed).toBe(false);
  expect({ ...state.rbac, remembered: undefined }).toEqual({
    pointers: [],
    scopes: [],
    assignments: [],
    remembered: undefined,
  });
});

test('our script stops in another tenant, and where there is no such mailbox, before it changes anything', () => {
  for (const [from, to, said] of [
    [/"tenantId": "[^"]+"/, '"tenantId": "11111111-1111-4111-a111-111111111111"', /another tenant/],
    ['"mailbox": "ta@', '"mailbox": "nobody@', /object 'nobody@contoso.com' couldn't be found/],
  ] as const) {
    const state = seedState();
    const { lines, failed } = runPowerShell(state, scopedApp(state).script.replace(from, to));
    expect([failed, lines.length]).toEqual([true, 1]);
    expect(lines[0]).toMatch(said);
    expect(state.rbac.pointers).toEqual([]);
  }
});

test('the object id of the app registration is refused', () => {
  const state = seedState();
  const { script, application, objectId } = scopedApp(state);
  const { lines } = runPowerShell(state, script.replaceAll(objectId, application.id));
  expect(lines.at(-1)).toMatch(
    /is not the object id of the enterprise application. It is .* app registration/,
  );
  expect(state.rbac.pointers).toEqual([]);
});

test('an enterprise application that is deleted loses what Exchange gave it', () => {
  const state = seedState();
  const { script, servicePrincipal, objectId } = scopedApp(state);
  runPowerShell(state, script);
  softDelete(state, servicePrincipal);
  expect(rightsNow(state, objectId)).toEqual([]);
});

const connect = 'Connect-ExchangeOnline';

test.each([
  [
    'a role before its app',
    `${connect}\nNew-ManagementRoleAssignment -App X -Role "Application Mail.Send"`,
    /object 'X'/,
  ],
  ['a cmdlet before the sign-in', 'Get-EXOMailbox -Identity $true', /Connect-ExchangeOnline cmdlet first/],
  [
    'a filter that is not played',
    `${connect}\nNew-ManagementScope -Name A -RecipientRestrictionFilter "Name -eq 'a'"`,
    /filter/,
  ],
  [
    'a name that is too long',
    `${connect}\nNew-ManagementScope -Name '${'n'.repeat(65)}' -RecipientRestrictionFilter 'x'`,
    /1 to 64/,
  ],
  ['a cmdlet of nobody', 'Get-Everything', /The term 'Get-Everything' is not recognized/],
  ['a parameter of nobody', `${connect} -Please $true`, /parameter name 'please'/],
  ['a missing parameter', `${connect}\nGet-EXOMailbox`, /missing parameter: identity/],
  ['a text with a variable in it', '$a = "x $b"', /Line 1: .*double quotes/],
  ['a method of nobody', "$a = 'x'\n$b = $a.Split('x')", /Line 2: the practice tenant does not play/],
  ['what is no PowerShell at all', '%%%', /Line 1/],
  ['an end that comes too early', 'if ($true) {', /ends too early/],
  ['what is left over', '}', /does not play "}" here/],
  ['JSON that is none', "'{' | ConvertFrom-Json", /Conversion from JSON failed/],
])('refuses %s by its words', (_what, script, said) => {
  const { lines, failed } = runPowerShell(seedState(), `$ErrorActionPreference = 'Stop'; ${script}`);
  expect(failed).toBe(true);
  expect(lines.join('\n')).toMatch(said);
});

test('a role before its scope is refused', () => {
  const state = seedState();
  const { script } = scopedApp(state);
  const wrong = script.replace(/# 3\.[\s\S]*?# 4\./, '# 4.');
  expect(runPowerShell(state, wrong).lines.at(-1)).toMatch(/object 'TA \w{8} mailbox' couldn't be found/);
  expect(state.rbac.assignments).toEqual([]);
});

test('without $ErrorActionPreference a refusal is shown and the script goes on', () => {
  const { lines, failed } = runPowerShell(
    seedState(),
    `${connect}\nGet-EXOMailbox -Identity x\n'still here'`,
  );
  expect(failed).toBe(true);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toBe('still here');
});

test('PowerShell takes curly quotes for quotes, and doubled ones for one', () => {
  const { lines } = runPowerShell(seedState(), '\u2018it\u2019\u2019s\u2019\n\u201Ctwo\u201D + "x"');
  expect(lines).toEqual(['it\u2019s', 'twox']);
});

test.each([
  [
    'an empty list is false',
    `${connect}\nif (Get-ManagementRoleAssignment) { 'some' } else { 'none' }`,
    ['none'],
  ],
  ['and its opposite true', `${connect}\nif (-not (Get-ManagementRoleAssignment)) { 'none' }`, ['none']],
  ['what is not there has nothing to go through', `foreach ($one in $nothing) { 'once' }`, []],
  ['nor anything to show', `$data = '{"a": null}' | ConvertFrom-Json\n$data.a\n$data.b`, []],
  ['and adds nothing to a text', "'a' + $nothing + 'b'", ['ab']],
  ['it is no text of that name', "if ($nothing -eq 'undefined') { 'same' } else { 'other' }", ['other']],
  ['but the same as what else is not there', "if ($nothing -eq $none) { 'same' }", ['same']],
])('as in PowerShell, %s', (_what, script, shown) => {
  expect(runPowerShell(seedState(), script)).toEqual({ lines: shown, failed: false });
});

test('a method of what is not there ends the script', () => {
  const { lines, failed } = runPowerShell(seedState(), "$text = $nothing.Replace('a', 'b')\n'still here'");
  expect(failed).toBe(true);
  expect(lines).toEqual(['You cannot call a method on a null-valued expression.']);
});

test('a hostile name stays a name', () => {
  const state = seedState();
  const displayName = "'; Remove-ServicePrincipal -Identity x; \u2019@ $(calc) `\n'@";
  const app = { displayName: displayName.replace('\n', ' ') };
  const { script } = scopedApp(state, { ...scopedCustomer, app });
  expect(runPowerShell(state, script).failed).toBe(false);
  expect(state.rbac.pointers).toMatchObject([app]);
});
