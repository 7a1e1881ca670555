import { expect, test } from 'vitest';
import { clouds } from '../../../../src/core/cloud/clouds.ts';
import { powershellScript } from '../../../../src/core/hand-over/scripts/powershell.ts';
import { scriptDataFor, scriptFor } from '../../../support/admin-script.ts';
import { hostileNames } from '../../../support/hostile-names.ts';
import { parseScript } from '../../../support/parse-script.ts';

/** All of a script but its data. */
const codeOf = (text: string) => text.replace(/@'\n[\s\S]*?\n'@/g, 'DATA');

test('the parser tells a script from what is none', async () => {
  expect((await parseScript('powershell', 'if ($true) { Get-Date }')).faults).toEqual([]);
  expect((await parseScript('powershell', 'if ($true) { Get-Date ')).faults).not.toEqual([]);
});

test.each(Object.values(clouds))(
  'is a script that PowerShell understands, in the $name cloud',
  async (cloud) => {
    const text = powershellScript(scriptDataFor({ cloud }));
    const { faults, texts } = await parseScript('powershell', text);
    expect(faults).toEqual([]);
    expect(texts('command_name')).toEqual(
      expect.arrayContaining(['Connect-MgGraph', 'Invoke-MgGraphRequest']),
    );
    expect(text).toMatch(/^[\n -~]*$/);
  },
);

test.each(hostileNames)('a name is data, and nothing of it is code: %s', async (name) => {
  const data = scriptDataFor({ app: { displayName: name, secret: { description: name } } });
  const text = powershellScript(data);
  const { faults, texts } = await parseScript('powershell', text);
  expect(faults).toEqual([]);
  expect(codeOf(text)).toBe(codeOf(powershellScript(scriptDataFor())));
  const literals = texts('verbatim_here_string_characters').map((literal) =>
    JSON.parse(literal.replace(/^@'\n|\n'@$/g, '')),
  );
  expect(literals).toEqual([
    expect.objectContaining({
      grants: data.grants.map(({ value, appRoleId }) => ({ permission: value, appRoleId })),
    }),
    data.application,
    data.servicePrincipal,
    data.secret.body,
  ]);
});

test('removes what opens every mailbox only where the app is for one', async () => {
  const wide = powershellScript(scriptDataFor({ scope: 'mailbox' }));
  expect((await parseScript('powershell', wide)).faults).toEqual([]);
  expect(wide).toContain('Send-Graph DELETE');
  expect(wide).toContain('"permission": "Mail.Send"');
  expect(powershellScript(scriptDataFor())).not.toContain('DELETE "/servicePrincipals');
});

test('the tenant is compared before the first request', () => {
  const text = powershellScript(scriptDataFor());
  expect(text.indexOf('throw "You are signed in to tenant')).toBeGreaterThan(0);
  expect(text.indexOf('throw "You are signed in to tenant')).toBeLessThan(text.indexOf('Send-Graph PATCH'));
});

const recipient = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';

test('reads well', () =>
  expect(scriptFor('powershell', { recipient })).toMatchFileSnapshot('../../../golden/scripts/setup.ps1'));
test('reads well in bash', () =>
  expect(scriptFor('az', { recipient })).toMatchFileSnapshot('../../../golden/scripts/setup.sh'));

test('signs in as the admin can: with an own application, by device code, and not in an elevated window', () => {
  const script = powershellScript(scriptDataFor());
  expect(script).toContain("[string] $ClientId = '', [switch] $UseDeviceCode");
  expect(script).toMatch(/# .*window that is not elevated/);
  expect(script).toContain('add -UseDeviceCode (not with 2.34.0');
  expect(script).toContain('ms-appx-web://Microsoft.AAD.BrokerPlugin/CLIENT-ID');
  expect(script).toContain('ask for the script for Azure CLI');
  expect(script).not.toContain('this cloud needs');
  expect(powershellScript(scriptDataFor({ cloud: clouds.china }))).toContain('which this cloud needs.');
});
