import { expect, test } from 'vitest';
import { clouds } from '../../../src/core/cloud/clouds.ts';
import { createHttp } from '../../../src/core/cloud/pipeline.ts';
import { resolveTenant } from '../../../src/core/sign-in/resolve-tenant.ts';
import { practiceSignIn } from '../../support/practice-sign-in.ts';

const tenantId = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

async function resolvedFrom(body: unknown, status = 200) {
  const { http, options } = await practiceSignIn({
    faults: [{ path: /openid-configuration$/, answer: { kind: 'status', status, body } }],
  });
  return resolveTenant({ http, cloud: options.cloud, tenant: 'contoso.com' }, undefined);
}

test.each(['contoso.com', 'contoso.onmicrosoft.com'])('%s is found', async (tenant) => {
  const { http, options } = await practiceSignIn();
  const found = await resolveTenant({ http, cloud: options.cloud, tenant }, undefined);
  expect(found).toMatchObject({ tenantId: options.tenant });
});

test('a tenant id is found as itself', async () => {
  const { http, options } = await practiceSignIn();
  const found = await resolveTenant(
    { http, cloud: options.cloud, tenant: options.tenant.toUpperCase() },
    undefined,
  );
  expect(found).toMatchObject({ tenantId: options.tenant });
});

test('an unknown domain is a failure that names it', async () => {
  const { http, options } = await practiceSignIn();
  await expect(
    resolveTenant({ http, cloud: options.cloud, tenant: 'nowhere.example' }, undefined),
  ).rejects.toMatchObject({
    name: 'Failure',
    code: 'TA-TENANT-NOT-FOUND',
    message: expect.stringContaining('nowhere.example'),
  });
});

test.each([
  ['usgov', { tenant_region_scope: 'USGov', tenant_region_sub_scope: 'DODCON' }],
  ['usgovdod', { tenant_region_scope: 'USGov', tenant_region_sub_scope: 'DOD' }],
  ['usgov', { msgraph_host: 'graph.microsoft.us' }],
  ['china', { msgraph_host: 'microsoftgraph.chinacloudapi.cn' }],
] as const)('a tenant of the cloud %s (%j) is not onboarded as a worldwide one', async (name, hints) => {
  const issuer = `https://login.microsoftonline.com/${tenantId}/v2.0`;
  await expect(resolvedFrom({ issuer, ...hints })).rejects.toMatchObject({
    code: 'TA-WRONG-CLOUD',
    message: expect.stringContaining(clouds[name].label),
    advice: { next: expect.saying(`"${name}"`) },
  });
});

test('the login host of another cloud as issuer names that cloud', async () => {
  const issuer = `https://login.partner.microsoftonline.cn/${tenantId}/v2.0`;
  await expect(resolvedFrom({ issuer })).rejects.toMatchObject({ code: 'TA-WRONG-CLOUD' });
});

test('GCC is in the worldwide cloud', async () => {
  const issuer = `https://login.microsoftonline.com/${tenantId.toUpperCase()}/v2.0`;
  const hints = { tenant_region_sub_scope: 'GCC', msgraph_host: 'graph.microsoft.com' };
  await expect(resolvedFrom({ issuer, ...hints })).resolves.toMatchObject({ tenantId });
});

test.each(['usgov', 'usgovdod'] as const)('a tenant of %s, asked for there, is found', async (name) => {
  const body = { issuer: `https://login.microsoftonline.us/${tenantId}/v2.0` };
  const { clock, log, served } = await practiceSignIn({
    faults: [{ path: /openid-configuration$/, answer: { kind: 'status', status: 200, body } }],
  });
  const http = createHttp({
    connections: new Map([['login.microsoftonline.us', served.origin]]),
    clock,
    log,
  });
  const found = await resolveTenant({ http, cloud: clouds[name], tenant: 'agency.example' }, undefined);
  expect(found).toMatchObject({ tenantId });
});

test('an issuer that is not the login host is refused', async () => {
  const issuer = `https://login.evil.example/${tenantId}/v2.0`;
  await expect(resolvedFrom({ issuer })).rejects.toMatchObject({ code: 'TA-UNTRUSTED-HOST' });
});

test.each([
  {},
  [],
  { issuer: 7 },
  { issuer: 'https://login.microsoftonline.com/common/v2.0' },
  { issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0' },
])('the answer %j is no tenant', async (body) => {
  await expect(resolvedFrom(body)).rejects.toMatchObject({ code: 'TA-ODD-ANSWER' });
});

test('another refusal keeps its code', async () => {
  const body = { error: 'invalid_request', error_codes: [900144], error_description: 'AADSTS900144: x' };
  await expect(resolvedFrom(body, 400)).rejects.toMatchObject({ code: 'AADSTS900144', status: 400 });
});
