import fc from 'fast-check';
import { expect, test } from 'vitest';
import { registrationOpen, secretPolicy, secretRules, wholeDays } from '../../../src/core/tenant/policies.ts';
import { denied, graphAnswer, serverError } from '../../support/graph-answer.ts';

test.each([
  ['P90D', 90],
  ['P4DT12H', 4],
  ['P4DT24H', 5],
  ['PT36H', 1],
  ['PT12H', 0],
  ['P2W', 14],
  ['P6M', 168],
  ['P1Y', 365],
  ['P1Y2M3D', 424],
  ['PT90M', 0],
  ['P30DT0H0M0S', 30],
  ['P30DT0.5S', 30],
  ['P', undefined],
  ['PT', undefined],
  ['P1DT', undefined],
  ['', undefined],
  ['90', undefined],
  ['-P90D', undefined],
  ['P90D ', undefined],
  ['P1.5D', undefined],
])('%s is %s whole days', (duration, days) => {
  expect(wholeDays(duration)).toBe(days);
});

test('never counts more days than there are', () => {
  fc.assert(
    fc.property(fc.nat(2000), fc.nat(200), (days, hours) => {
      expect(wholeDays(`P${days}DT${hours}H`)).toBe(days + Math.floor(hours / 24));
    }),
  );
});

const rule = (restrictionType: string, more: object = {}) => ({ restrictionType, state: 'enabled', ...more });
const at = Date.parse('2026-11-23T22:00:00Z');
const rulesOf = (...rules: ReturnType<typeof rule>[]) => secretRules({ name: 'x', rules }, at);

test('binds applications made on or after the date of the rule', () => {
  const since = (instant: string | null) =>
    rule('passwordAddition', { restrictForAppsCreatedAfterDateTime: instant });
  expect(rulesOf(since('2026-11-23T22:00:00Z')).forbidden).toBe(true);
  expect(rulesOf(since('2026-11-23T22:00:01Z')).forbidden).toBe(false);
  expect(rulesOf(since(null)).forbidden).toBe(true);
});

test('takes a rule without state for enabled and leaves disabled ones out', () => {
  expect(rulesOf(rule('passwordAddition', { state: null })).forbidden).toBe(true);
  expect(rulesOf(rule('passwordAddition', { state: 'disabled' })).forbidden).toBe(false);
});

test('reads the limit, and knows none where there is none', () => {
  expect(rulesOf(rule('passwordLifetime', { maxLifetime: 'P90D' }))).toEqual({
    forbidden: false,
    maxLifetimeDays: 90,
  });
  expect(rulesOf(rule('symmetricKeyLifetime', { maxLifetime: 'P1D' }))).toEqual({
    forbidden: false,
    maxLifetimeDays: undefined,
  });
  expect(rulesOf()).toEqual({ forbidden: false, maxLifetimeDays: undefined });
});

test('keeps to the strictest of several limits', () => {
  const limit = (maxLifetime: string) => rule('passwordLifetime', { maxLifetime });
  expect(rulesOf(limit('P180D'), limit('P30D'), limit('?')).maxLifetimeDays).toBe(30);
});

test('reads a policy that is switched off as one without rules', () => {
  const restrictions = { passwordCredentials: [rule('passwordAddition')] };
  const read = (isEnabled: boolean, applicationRestrictions: unknown) =>
    secretPolicy.read(graphAnswer(200, { displayName: 'P', isEnabled, applicationRestrictions }));
  expect(read(true, restrictions)?.rules).toHaveLength(1);
  expect(read(false, restrictions)?.rules).toEqual([]);
  expect(read(true, null)).toEqual({ name: 'P', rules: [] });
});

test('a policy that may not be read is unknown, not absent; a server error is a failure', () => {
  expect(secretPolicy.read(denied)).toBeUndefined();
  expect(registrationOpen.read(denied)).toBeUndefined();
  expect(() => secretPolicy.read(serverError)).toThrow('look at the tenant');
});

test('reads whether users may register applications', () => {
  const read = (allowedToCreateApps: unknown) =>
    registrationOpen.read(graphAnswer(200, { defaultUserRolePermissions: { allowedToCreateApps } }));
  expect([read(true), read(false), read(null)]).toEqual([true, false, undefined]);
});
