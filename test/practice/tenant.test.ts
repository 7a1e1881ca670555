import { expect, test } from 'vitest';
import { createPracticeTenant } from '../../src/practice/tenant.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { cliTools, loginClient } from '../support/login-client.ts';
import { signing } from '../support/signing.ts';

function loginScript(seed: string) {
  const tenant = createPracticeTenant({ signing, seed, clock: fakeClock(), approveAs: 'grace@contoso.com' });
  const client = loginClient(tenant);
  return async () => {
    const { device_code, user_code } = await client.deviceCode();
    const { body } = await client.poll(device_code);
    const wrong = await client.poll('made-up');
    const ids = [tenant.state.organization.id, ...tenant.state.people.map(({ id }) => id)];
    return { ids, device_code, user_code, refresh: body.refresh_token, trace: wrong.body.trace_id };
  };
}

test('one seed and one script give the same ids, another seed gives others', async () => {
  const first = await loginScript('one')();
  expect(await loginScript('one')()).toEqual(first);
  const other = await loginScript('two')();
  expect(other.ids.filter((id) => first.ids.includes(id))).toEqual([]);
  expect(other.user_code).not.toBe(first.user_code);
});

test.for(['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com'])(
  '%s is the login host',
  async (host) => {
    const client = loginClient(createPracticeTenant({ signing }), `https://${host}`);
    expect((await client.get('/contoso.com/v2.0/.well-known/openid-configuration')).status).toBe(200);
  },
);

test('Graph asks for a token', async () => {
  const tenant = createPracticeTenant({ signing });
  const answer = await tenant.fetch(new Request('https://graph.microsoft.com/v1.0/me'));
  expect(answer.status).toBe(401);
});

test.for(['127.0.0.1:8080', 'localhost:8080', '[::1]:8080'])('%s shows the page', async (host) => {
  const answer = await createPracticeTenant({ signing }).fetch(new Request(`http://${host}/`));
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8']);
});

test.for(['evil.example', 'graph.microsoft.com.evil.example', '192.168.1.2', 'graph.microsoft.us'])(
  '%s is refused, with the names it plays',
  async (host) => {
    const tenant = createPracticeTenant({ signing });
    const answer = await tenant.fetch(new Request(`https://${host}/v1.0/organization`));
    expect([answer.status, answer.headers.get('content-type')]).toEqual([421, 'text/plain; charset=utf-8']);
    expect(await answer.text()).toContain(
      'login.microsoftonline.com, graph.microsoft.com, outlook.office.com, management.azure.com, .vault.azure.net, and shows its page at 127.0.0.1',
    );
  },
);

test('the request log holds every request with its status, and no credential', async () => {
  const clock = fakeClock();
  const tenant = createPracticeTenant({ signing, clock });
  const client = loginClient(tenant);
  await client.post('/contoso.com/oauth2/v2.0/devicecode', { client_id: cliTools, scope: '' });
  const upload = `https://outlook.office.com/api/v2.0/Users('a@b')/Messages('m')/AttachmentSessions('s')?authtoken=top-secret`;
  await tenant.fetch(new Request(upload));
  expect(tenant.state.requests).toMatchObject([
    {
      at: clock.now(),
      method: 'POST',
      host: 'login.microsoftonline.com',
      path: '/contoso.com/oauth2/v2.0/devicecode',
      inBatch: false,
      status: 400,
    },
    { method: 'GET', host: 'outlook.office.com' },
  ]);
  expect(JSON.stringify(tenant.state.requests)).not.toContain('top-secret');
});
