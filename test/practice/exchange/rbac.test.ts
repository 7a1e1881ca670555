import { expect, test } from 'vitest';
import { rightsNow } from '../../../src/practice/exchange/rbac.ts';
import { softDelete } from '../../../src/practice/graph/deletion.ts';
import { limitAppsToSender } from '../../support/exchange-admin.ts';
import { mailTenant } from '../../support/mail-tenant.ts';
import { registerApp } from '../../support/registered-app.ts';

const minute = 60_000;
const sender = '/users/ta@contoso.com/messages';
const other = '/users/robin@contoso.com/messages';

/** An app that asks Exchange as often as a test wants, at Exchange's own pace. */
function scopedTenant(roles: readonly string[] = ['User.Read.All']) {
  const tenant = mailTenant({ lagFactor: 600 });
  const { servicePrincipal } = registerApp(tenant.state);
  tenant.signIn({ roles, servicePrincipal });
  const status = async (path: string, method = 'GET') =>
    (await tenant.call(method, path, method === 'GET' ? undefined : {})).status;
  return { ...tenant, status, servicePrincipal, scope: () => limitAppsToSender(tenant.state) };
}

test('an app that never asked is let in at once, into the one mailbox', async () => {
  const { scope, status, call } = scopedTenant();
  scope();
  expect([await status(sender), await status(sender, 'POST'), await status(other)]).toEqual([200, 201, 403]);
  expect((await call('GET', other)).error).toBe(
    'ErrorAccessDenied: Access is denied. Check credentials and try again.',
  );
  expect(await status('/users/nobody@contoso.com/messages')).toBe(403);
});

test('after 30 minutes without a request Exchange looks again', async () => {
  const { scope, status, clock } = scopedTenant();
  expect(await status(sender)).toBe(403);
  scope();
  clock.advance(29 * minute);
  expect(await status(sender)).toBe(403);
  clock.advance(30 * minute);
  expect(await status(sender)).toBe(200);
});

test('an app that keeps asking waits two hours', async () => {
  const { scope, status, clock } = scopedTenant();
  await status(sender);
  scope();
  const statuses: number[] = [];
  for (let asked = 0; asked < 6; asked += 1) {
    clock.advance(20 * minute);
    statuses.push(await status(sender));
  }
  expect(statuses).toEqual([403, 403, 403, 403, 403, 200]);
});

test('what Exchange grants comes on top of what Entra grants', async () => {
  const { scope, status } = scopedTenant(['Mail.Read']);
  scope();
  expect([await status(other), await status(sender, 'POST'), await status(other, 'POST')]).toEqual([
    200, 201, 403,
  ]);
});

test('an enterprise application that is deleted loses what Exchange gave it', () => {
  const { scope, state, servicePrincipal } = scopedTenant();
  scope();
  expect(rightsNow(state, servicePrincipal.id)).toHaveLength(2);
  softDelete(state, servicePrincipal);
  expect(rightsNow(state, servicePrincipal.id)).toEqual([]);
});
