import { expect, test } from 'vitest';
import { clouds } from '../../../../src/core/cloud/clouds.ts';
import { powershellScript } from '../../../../src/core/hand-over/scripts/powershell.ts';
import { scriptDataFor, scriptFor } from '../../../support/admin-script.ts';
import { hostileNames } from '../../../support/hostile-names.ts';
import { parseScript } from '../../../support/parse-script.ts';

/** All of a script but its data. */
const codeOf = (text: string) => text.replace(/@'\n[\s\S]*?\n'@/, 'DATA');

test('the parser tells a script from what is none', async () => {
  expect((await parseScript('powershell', 'if ($true) { Get-Date }')).faults).toEqual([]);
  expect((await parseScript('powershell', 'if ($true) { Get-Date ')).faults).not.toEqual([]);
});

test.each(Object.values(clouds))(
  'is a script that PowerShell understands, in the $name cloud',
  async (cloud) => {
    const text = powershellScript(scriptDataFor({}, cloud));
    const { faults, texts } = await parseScript('powershell', text);
    expect(faults).toEqual([]);
    expect(texts('command_name')).toEqual(
      expect.arrayContaining(['Connect-MgGraph', 'Invoke-MgGraphRequest']),
    );
    expect(text).toMatch(/^[\n -~]*$/);
  },
);

test.each(hostileNames)('a name is data, and nothing of it is code: %s', async (name) => {
  const data = scriptDataFor({ displayName: name, secret: { description: name } });
  const text = powershellScript(data);
  const { faults, texts } = await parseScript('powershell', text);
  expect(faults).toEqual([]);
  expect(codeOf(text)).toBe(codeOf(powershellScript(scriptDataFor({}))));
  const [literal = ''] = texts('verbatim_here_string_characters');
  expect(JSON.parse(literal.replace(/^@'\n|\n'@$/g, ''))).toMatchObject({
    application: data.application,
    secret: data.secret.body,
    secretName: data.secret.displayName,
    grants: data.grants.map(({ value, appRoleId }) => ({ permission: value, appRoleId })),
  });
});

test('the tenant is compared before the first request', () => {
  const text = powershellScript(scriptDataFor({}));
  expect(text.indexOf('throw "You are signed in to tenant')).toBeGreaterThan(0);
  expect(text.indexOf('throw "You are signed in to tenant')).toBeLessThan(text.indexOf('Send-Graph PATCH'));
});

test('reads well', () =>
  expect(scriptFor('powershell')).toMatchFileSnapshot('../../../golden/scripts/setup.ps1'));
test('reads well in bash', () =>
  expect(scriptFor('az')).toMatchFileSnapshot('../../../golden/scripts/setup.sh'));
test('reads well in Bicep', () =>
  expect(scriptFor('bicep')).toMatchFileSnapshot('../../../golden/scripts/setup.bicep'));
