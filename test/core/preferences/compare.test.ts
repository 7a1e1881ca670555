import { expect, test } from 'vitest';
import { Customer } from '../../../src/core/customer/customer.ts';
import { comparePreferences } from '../../../src/core/preferences/compare.ts';
import type { PastedPreferences } from '../../../src/core/preferences/preferences.ts';
import { say, type Words } from '../../../src/core/words/say.ts';
import { contosoCustomer } from '../../support/contoso-customer.ts';
import { packRecord } from '../../support/handed-over.ts';
import { preferencesWith } from '../../support/preferences.ts';

const customer = Customer.parse(contosoCustomer);
const record = packRecord();
const notCompared = (...given: Parameters<typeof comparePreferences>) =>
  comparePreferences(...given).notCompared;
const whole = { preferences: preferencesWith(), secretGap: undefined };

function without(change: Partial<PastedPreferences>, secretGap?: Words) {
  return { preferences: { ...preferencesWith(), ...change }, secretGap };
}

test('of a secret Entra and the record tell the first letters alone; all else is compared', () => {
  expect(notCompared(whole, customer, record)).toEqual([
    { label: 'Client Secret', why: 'all but its first characters' },
  ]);
});

test('what the text does not hold is named, a whole tab by its name', () => {
  const { clientSecret: _, fromName: __, ...connection } = preferencesWith().connection;
  const { defaultScope } = preferencesWith().apiEndpoints;
  expect(notCompared(without({ connection, apiEndpoints: {} }, say`left out`), customer, record)).toEqual([
    { label: 'From name', why: 'not in the text' },
    { label: 'Client Secret', why: 'left out' },
    { label: 'API Endpoints', why: 'not in the text' },
  ]);
  const one = notCompared(
    without({ component: undefined, apiEndpoints: { defaultScope } }),
    customer,
    record,
  );
  expect(one.map(({ label }) => label)).toEqual([
    'Email component',
    'Client Secret',
    'Token Endpoint',
    'Graph API Endpoint',
    'User Endpoint',
    'User Messages Endpoint',
    'Draft User Message Endpoint',
    'Draft Add Attachment Endpoint',
    'Create Upload Session Endpoint',
  ]);
});

test('what nothing is known of cannot be compared', () => {
  const { secret: _, application: __, ...begun } = record;
  expect(notCompared(whole, customer, begun)).toEqual([
    { label: 'Client ID', why: 'nothing recorded yet' },
    { label: 'Client Secret', why: 'nothing recorded yet' },
  ]);
  expect(notCompared(whole, { ...customer, tenant: 'contoso.com' }, undefined)[0]).toEqual({
    label: 'Tenant ID',
    why: 'nothing recorded yet',
  });
  expect(notCompared(whole, undefined, undefined)).toEqual([
    { label: 'Connection', why: 'no customer file given' },
  ]);
});

test('knows whether anything was compared at all', () => {
  const component = { version: 1, component: 'EXCH', connection: {}, apiEndpoints: {} } as const;
  const isEmpty = (preferences: PastedPreferences, wanted: Customer | undefined): boolean =>
    comparePreferences({ preferences, secretGap: undefined }, wanted, undefined).isEmpty;
  expect(isEmpty(component, customer)).toBe(true);
  expect(isEmpty({ ...component, connection: { fromName: 'Contoso' } }, undefined)).toBe(true);
  expect(isEmpty({ ...component, connection: { fromName: 'Contoso' } }, customer)).toBe(false);
  expect(isEmpty(preferencesWith(), undefined)).toBe(false);
});
