import { expect, test } from 'vitest';
import { applyScenarios } from '../../src/practice/scenarios.ts';
import { type SeedOptions, seedState } from '../../src/practice/seed.ts';
import { fakeClock } from '../support/fake-clock.ts';

test('an approver that does not exist is an error at once', () => {
  expect(() => seedState({ approveAs: 'nobody@contoso.com' })).toThrow(
    'No one in the practice tenant signs in as nobody@contoso.com.',
  );
});

test('the organization has a default and an initial domain', () => {
  const { organization } = seedState();
  expect(organization.graph).toMatchObject({
    id: organization.id,
    displayName: 'Contoso',
    tenantType: 'AAD',
    countryLetterCode: 'DE',
    verifiedDomains: [
      { name: 'contoso.com', isDefault: true, isInitial: false },
      { name: 'contoso.onmicrosoft.com', isDefault: false, isInitial: true },
    ],
  });
});

test('what was there before anybody looks has arrived everywhere', () => {
  const state = seedState({ clock: fakeClock(), lagFactor: 200 });
  for (const { madeAt } of state.servicePrincipals) {
    expect(state.lag.arrived('servicePrincipalToGrant', madeAt)).toBe(true);
  }
});

test('what follows a change at once is answered in most tenants, and never where replication is slow or asked for', () => {
  const clock = fakeClock();
  const arrives = (options: SeedOptions, ...scenarios: 'slow-replication'[]) => {
    const state = seedState({ clock, ...options });
    applyScenarios(state, scenarios);
    return state.lag.arrived('applicationToServicePrincipal', clock.now());
  };
  expect(arrives({})).toBe(true);
  expect(arrives({}, 'slow-replication')).toBe(false);
  expect(arrives({ lagFactor: 1 })).toBe(false);
  const seeds = Array.from({ length: 200 }, (_, index) => `tenant ${index}`);
  const most = seeds.filter((seed) => arrives({ seed })).length;
  expect(most).toBeGreaterThan(120);
  expect(most).toBeLessThan(180);
});
