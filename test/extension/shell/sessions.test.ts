import { expect, test } from 'vitest';
import { Customer } from '../../../src/core/customer/customer.ts';
import { startSession } from '../../../src/core/sign-in/sign-in.ts';
import { azureSignIn } from '../../../src/extension/customers/escrow/keep-secret.ts';
import { createSessions } from '../../../src/extension/shell/sessions.ts';
import { contosoCustomer } from '../../support/contoso-customer.ts';
import { practiceSignIn } from '../../support/practice-sign-in.ts';

async function signedIn() {
  const { options, tenant, clock } = await practiceSignIn({ approveAs: 'grace@contoso.com' });
  const elsewhere = await startSession({ ...options, way: 'device code', showCode: () => {} });
  const sessions = createSessions({ onDidChange: () => ({ dispose: () => {} }) } as never);
  const kept = { tenantId: options.tenant, signIn: elsewhere.keep() };
  const ports = { ...options, random: Math.random, kind: 'practice' } as const;
  const session = await sessions.goOn(Customer.parse(contosoCustomer), kept, ports);
  clock.advance(2 * 3_600_000);
  return { session, sessions, tenant, id: options.tenant };
}

test('a session that Entra does not renew any more is dropped, so that the next sign-in asks', async () => {
  const { session, sessions, tenant, id } = await signedIn();
  tenant.state.refreshTokens.clear();
  expect(sessions.current(id)).toBeDefined();
  await expect(session.token()).rejects.toMatchObject({ code: expect.stringMatching(/^AADSTS/) });
  expect(sessions.current(id)).toBeUndefined();
});

test('a session stays where Entra was only too busy to renew it', async () => {
  const { session, sessions, tenant, id } = await signedIn();
  const answer = { kind: 'status', status: 503, body: {} } as const;
  tenant.state.faults.rules = [{ path: /\/v2\.0\/token\b/, answer }];
  await expect(session.token()).rejects.toMatchObject({ status: 503 });
  tenant.state.faults.rules = [];
  expect(await sessions.current(id)?.token()).toBeDefined();
});

test('where Azure asks for a second factor, the first sign-in is signed out', async () => {
  const { options } = await practiceSignIn({ approveAs: 'grace@contoso.com' });
  const desk = { show: () => {}, otherWay: () => new Promise(() => {}) };
  const run = { ...options, desk, say: () => {} } as never;
  const known = { customer: Customer.parse(contosoCustomer) } as never;
  const azure = azureSignIn(known, { practice: { running: undefined } } as never, run);
  const first = await azure.signIn(options.tenant);
  const second = await azure.signIn(options.tenant, JSON.stringify({ access_token: {} }));
  await expect(first.token()).rejects.toMatchObject({ code: 'TA-SIGNED-OUT' });
  expect(await second.token()).toBeDefined();
});
