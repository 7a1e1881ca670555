import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { durationMs } from '../../../src/practice/graph/secret-policy.ts';
import { createDirectory, outcomeOf, textOf } from '../../support/graph-caller.ts';

const policyName = 'Default app management tenant policy';
const notAllowed = `400 CredentialTypeNotAllowedAsPerAppPolicy: Credential type not allowed as per assigned policy '${policyName}'.`;
const tooLong = `400 CredentialInvalidLifetimeAsPerAppPolicy: Credential lifetime exceeds the max value allowed as per assigned policy '${policyName}'.`;
const forbidden = { restrictionType: 'passwordAddition', state: 'enabled' };
const ninetyDays = { restrictionType: 'passwordLifetime', state: 'enabled', maxLifetime: 'P90D' };

/** What comes of adding a secret until `endDateTime`, on 23 November 2026, under a policy with these rules. */
async function addUnder(rules: unknown[], endDateTime = '2027-11-23T00:00:00Z', isEnabled = true) {
  const { call } = await createDirectory();
  const change = { isEnabled, applicationRestrictions: { passwordCredentials: rules } };
  expect((await call('PATCH', '/policies/defaultAppManagementPolicy', change)).status).toBe(204);
  const passwordCredential = { endDateTime };
  const inline = { displayName: 'T&A', passwordCredentials: [passwordCredential] };
  const made = await call('POST', '/applications', { displayName: 'T&A' });
  const added = await call('POST', `/applications/${textOf(made, 'id')}/addPassword`, { passwordCredential });
  return [outcomeOf(added), outcomeOf(await call('POST', '/applications', inline))];
}

test('an untouched policy binds nothing', async () => {
  expect(await addUnder([])).toEqual(['200', '201']);
});

test('secrets may be forbidden', async () => {
  expect(await addUnder([forbidden])).toEqual([notAllowed, notAllowed]);
});

test('secrets may be limited in their lifetime', async () => {
  expect(await addUnder([ninetyDays], '2027-03-23T00:00:00Z')).toEqual([tooLong, tooLong]);
  expect(await addUnder([ninetyDays], '2027-02-21T00:00:00Z')).toEqual(['200', '201']);
});

test('a rule without state is in force', async () => {
  expect(await addUnder([{ restrictionType: 'passwordAddition' }])).toEqual([notAllowed, notAllowed]);
});

test('a disabled rule, or a disabled policy, binds nothing', async () => {
  expect(await addUnder([{ ...forbidden, state: 'disabled' }])).toEqual(['200', '201']);
  expect(await addUnder([forbidden], undefined, false)).toEqual(['200', '201']);
});

test('a rule binds applications made on its day or after it', async () => {
  const since = (restrictForAppsCreatedAfterDateTime: string) => ({
    ...forbidden,
    restrictForAppsCreatedAfterDateTime,
  });
  expect(await addUnder([since('2026-11-23T22:00:00Z')])).toEqual([notAllowed, notAllowed]);
  expect(await addUnder([since('2026-11-23T22:00:01Z')])).toEqual(['200', '201']);
});

test('an application that may not have its inline secret is not made', async () => {
  const { call, state } = await createDirectory();
  state.appManagementPolicy = {
    ...state.appManagementPolicy,
    isEnabled: true,
    applicationRestrictions: { passwordCredentials: [forbidden] },
  };
  await call('POST', '/applications', { displayName: 'T&A', passwordCredentials: [{}] });
  expect(state.applications).toEqual([]);
});

test.each([
  ['P90D', 90 * 86_400_000],
  ['P1Y', 365 * 86_400_000],
  ['P2M', 60 * 86_400_000],
  ['P1W', 7 * 86_400_000],
  ['PT4H', 4 * 3_600_000],
  ['P4DT12H30M5S', 390_605_000],
  ['90 days', 0],
])('the duration %s has %d milliseconds', (text, expected) => {
  expect(durationMs(text)).toBe(expected);
});

test('the parts of a duration add up', () =>
  fc.assert(
    fc.property(fc.nat(9999), fc.nat(99), fc.nat(99), (days, hours, minutes) => {
      const expected = days * 86_400_000 + hours * 3_600_000 + minutes * 60_000;
      expect(durationMs(`P${days}DT${hours}H${minutes}M`)).toBe(expected);
    }),
  ));
