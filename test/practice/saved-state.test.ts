import { expect, test } from 'vitest';
import { readState, UnreadableState, writeState } from '../../src/practice/saved-state.ts';
import { applyScenarios, isScenario, scenarios } from '../../src/practice/scenarios.ts';
import { seedState } from '../../src/practice/seed.ts';
import { createPracticeTenant } from '../../src/practice/tenant.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { cliTools, loginClient } from '../support/login-client.ts';
import { registerApp } from '../support/registered-app.ts';
import { signing } from '../support/signing.ts';

const graphScope = 'https://graph.microsoft.com/.default';

test('a tenant goes on where it was saved: objects, secrets, sessions, tokens and the row of its ids', async () => {
  const clock = fakeClock();
  const before = createPracticeTenant({ signing, clock, lagFactor: 0, approveAs: 'grace@contoso.com' });
  const app = registerApp(before.state, { granted: ['Mail.Send'] });
  const asked = loginClient(before);
  const { device_code } = await asked.deviceCode('openid offline_access User.Read');
  const session = (await asked.poll(device_code)).body;
  const saved = await writeState(before.state);

  const after = createPracticeTenant({ clock, saved });
  expect(after.state.applications).toEqual(before.state.applications);
  expect(after.state.servicePrincipals).toEqual(before.state.servicePrincipals);
  expect(after.state.consents).toEqual(before.state.consents);
  expect(after.state.ids.guid()).toBe(before.state.ids.guid());
  const client = loginClient(after);
  const secret = { client_id: app.appId, client_secret: app.secretText };
  const token = await client.token({ ...secret, grant_type: 'client_credentials', scope: graphScope });
  expect(token.status).toBe(200);
  const form = { client_id: cliTools, grant_type: 'refresh_token' };
  const refreshed = await client.token({ ...form, refresh_token: String(session.refresh_token) });
  expect(refreshed.status).toBe(200);
  const me = await after.fetch(
    new Request('https://graph.microsoft.com/v1.0/me', {
      headers: { authorization: `Bearer ${session.access_token}` },
    }),
  );
  expect(me.status).toBe(200);
});

test('every condition of a tenant outlives it, and is applied once', async () => {
  const names = Object.keys(scenarios).filter(isScenario);
  for (const name of names) {
    const clock = fakeClock();
    const one = seedState({ signing, clock });
    applyScenarios(one, [name]);
    const saved = await writeState(one);
    const again = createPracticeTenant({ clock, saved, scenarios: [name] }).state;
    const plain = (text: string) => ({ ...JSON.parse(text), drawn: 0 });
    expect(plain(await writeState(again)), name).toEqual(plain(saved));
    const rulesOf = (state: typeof one) => state.faults.rules.length;
    expect([{ ...again.lag }, rulesOf(again)]).toEqual([
      { ...one.lag, arrived: again.lag.arrived },
      rulesOf(one),
    ]);
  }
});

test('a saved state holds no secret that was shown, and no more than a person needs', async () => {
  const state = seedState({ signing, clock: fakeClock() });
  const { secretText } = registerApp(state);
  const saved = await writeState(state);
  expect(saved).not.toContain(secretText);
  expect(saved.length).toBeLessThan(100_000);
});

test.each(['', '{}', 'null', '{"practice":1}', '{"practice":3}'])(
  '%j is no state that can be taken up',
  (text) => {
    expect(() => readState(text, seedState({ signing }))).toThrow(UnreadableState);
  },
);

test('of a clock that was set back nobody has to wait', async () => {
  const clock = fakeClock();
  const state = seedState({ signing, clock });
  expect(state.lag.arrived('grantToToken', clock.now() + 60_000)).toBe(true);
});
