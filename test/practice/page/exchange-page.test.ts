import { expect, test } from 'vitest';
import { createPracticeTenant } from '../../../src/practice/tenant.ts';
import { scopedApp } from '../../support/scoped-app.ts';

const origin = 'http://127.0.0.1:8080';

function pageOf(tenant = createPracticeTenant()) {
  const post = (script: string, headers: Record<string, string> = {}) =>
    tenant.fetch(
      new Request(`${origin}/exchange`, { method: 'POST', body: new URLSearchParams({ script }), headers }),
    );
  return { tenant, post, get: (path: string) => tenant.fetch(new Request(`${origin}${path}`)) };
}

test('the page takes a script, runs it and shows what came of it', async () => {
  const { tenant, post, get } = pageOf();
  expect(await (await get('/')).text()).toContain('Exchange grants nothing to an application.');
  expect(await (await get('/exchange')).text()).toContain('<textarea id="script"');
  const answer = await post(scopedApp(tenant.state).script);
  expect(answer.status).toBe(200);
  expect(await answer.text()).toMatch(/The script has run\.[\s\S]*RoleName: Application Mail\.Send/);
  expect(await (await get('/')).text()).toMatch(
    /<code>Application Mail\.Send<\/code><\/td><td>ta@contoso\.com/,
  );
});

test('a refusal keeps the script on the page, and hostile text stays text', async () => {
  const answer = await pageOf().post('</textarea><script>alert(1)</script>');
  expect(answer.status).toBe(400);
  const text = await answer.text();
  expect(text).toContain('Something was refused.');
  expect(text).toContain('&lt;/textarea&gt;&lt;script&gt;');
  expect(text).not.toContain('<script>');
});

test('a page of another origin cannot run a script here', async () => {
  const { tenant, post } = pageOf();
  const answer = await post(scopedApp(tenant.state).script, { origin: 'https://evil.example' });
  expect(answer.status).toBe(403);
  expect(tenant.state.rbac.pointers).toEqual([]);
});
