import { expect, test } from 'vitest';
import { bicepConfig, bicepScript } from '../../../../src/core/hand-over/scripts/bicep.ts';
import { readResultBlock } from '../../../../src/core/hand-over/scripts/result-block.ts';
import { resultBegin, resultEnd } from '../../../../src/core/hand-over/scripts/result-marks.ts';
import { scriptDataFor } from '../../../support/admin-script.ts';
import { hostileNames } from '../../../support/hostile-names.ts';

/** What stands between three quotes, which Bicep takes as it is: it ends at the next three. */
const dataIn = (text: string) => [...text.matchAll(/json\('''([\s\S]*?)'''\)/g)].map(([, data = '']) => data);

test.each(hostileNames)('a name is data, and nothing of it is code: %s', (name) => {
  const data = scriptDataFor({ app: { displayName: name, secret: { description: name } } });
  const text = bicepScript(data);
  const [uniqueName = '', plan = ''] = dataIn(text);
  expect(JSON.parse(uniqueName)).toBe(data.uniqueName);
  expect(JSON.parse(plan)).toMatchObject({ application: data.application });
  const code = (script: string) => dataIn(script).reduce((rest, each) => rest.replace(each, ''), script);
  expect(code(text)).toBe(code(bicepScript(scriptDataFor())));
  expect(text).toMatch(/^[\n -~]*$/);
});

test('makes no secret, and says who does', () => {
  const text = bicepScript(scriptDataFor());
  expect(text).toContain('NO SECRET IS MADE HERE');
  expect(text).not.toMatch(/password|secretText|age1/i);
});

test('says that it removes nothing where the app is for one mailbox', () => {
  expect(bicepScript(scriptDataFor({ scope: 'mailbox' }))).toContain('Bicep removes nothing');
  expect(bicepScript(scriptDataFor())).not.toContain('removes');
});

test('Azure refuses another tenant before it makes anything', () => {
  const { tenant } = scriptDataFor();
  expect(bicepScript(scriptDataFor())).toContain(`@allowed(['${tenant.id}'])\nparam tenantId string`);
});

test('its result is read like that of the other scripts', () => {
  const { uniqueName, grants, tenant } = scriptDataFor();
  const id = '1b4e28ba-2fa1-4d2c-883f-0016d3cca427';
  const fields = bicepScript(scriptDataFor()).match(/(?<=var found = \{\n)[\s\S]*?(?=\n\})/)?.[0] ?? '';
  const found = {
    version: 1,
    uniqueName,
    grants: grants.map(({ value, appRoleId }) => ({ permission: value, appRoleId })),
    tenantId: tenant.id,
    objectId: id,
    clientId: id,
    createdAt: '2026-11-24T10:00:00Z',
    principalId: id,
  };
  expect([...fields.matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name)).toEqual(Object.keys(found));
  const printed = `${resultBegin}\n${JSON.stringify(found)}\n${resultEnd}`;
  expect(readResultBlock(printed, 'result')).toEqual(found);
});

test('the extension is named in its version', () => {
  expect(JSON.parse(bicepConfig)).toEqual({
    extensions: { microsoftGraphV1: 'br:mcr.microsoft.com/bicep/extensions/microsoftgraph/v1.0:1.0.0' },
  });
});
