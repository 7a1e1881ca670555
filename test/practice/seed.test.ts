import { expect, test } from 'vitest';
import { seedState } from '../../src/practice/seed.ts';
import { fakeClock } from '../support/fake-clock.ts';

test('an approver that does not exist is an error at once', () => {
  expect(() => seedState({ approveAs: 'nobody@contoso.com' })).toThrow(
    'Nobody in the practice tenant signs in as nobody@contoso.com.',
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
