import { expect, test } from 'vitest';
import { clouds } from '../../../src/core/cloud/clouds.ts';
import type { Http, HttpRequest } from '../../../src/core/cloud/http.ts';
import { cloudsFor, findTenant } from '../../../src/extension/set-up/find-tenant.ts';
import { errorFrom } from '../../support/error-from.ts';

const id = '1b4e28ba-2fa1-4d2c-883f-0016d3cca427';

/** Login hosts of which only some know the tenant; `asked` lists those that were asked. */
function loginHosts(...knowing: readonly string[]): { http: Http; asked: string[] } {
  const asked: string[] = [];
  const send = async ({ url }: HttpRequest) => {
    const { host, origin } = new URL(url);
    asked.push(host);
    const known = knowing.includes(host);
    const body = known
      ? { issuer: `${origin}/${id}/v2.0` }
      : { error: 'invalid_tenant', error_description: 'AADSTS90002', error_codes: [90002] };
    return {
      status: known ? 200 : 400,
      header: () => undefined,
      text: JSON.stringify(body),
      body,
      requestId: undefined,
      retryAfterMs: undefined,
      withoutEchoes: (words: string) => words,
    };
  };
  return { http: { send }, asked };
}

const signal = new AbortController().signal;

test('a tenant of the worldwide cloud is found with one question', async () => {
  const { http, asked } = loginHosts('login.microsoftonline.com');
  const found = await findTenant('contoso.com', { http, signal, kind: 'production' });
  expect(found).toEqual({ tenant: 'contoso.com', cloud: 'global' });
  expect(asked).toEqual(['login.microsoftonline.com']);
});

test('a tenant that the worldwide cloud does not know is looked for in the others', async () => {
  const { http } = loginHosts('login.partner.microsoftonline.cn');
  const found = await findTenant('contoso.cn', { http, signal, kind: 'production' });
  expect(found.cloud).toBe('china');
});

test('a tenant that no cloud knows is refused in the words of the first', async () => {
  const { http, asked } = loginHosts();
  const failure = await errorFrom(findTenant('nowhere.example', { http, signal, kind: 'production' }));
  expect(failure).toMatchObject({ code: 'TA-TENANT-NOT-FOUND' });
  expect(new Set(asked)).toEqual(new Set(Object.values(clouds).map(({ login }) => new URL(login).host)));
});

test('from the practice tenant no question leaves this machine', async () => {
  const { http, asked } = loginHosts();
  await errorFrom(findTenant('nowhere.example', { http, signal, kind: 'practice' }));
  expect(asked).toEqual(['login.microsoftonline.com']);
  expect(cloudsFor({ kind: 'practice' })).toEqual(['global']);
});
