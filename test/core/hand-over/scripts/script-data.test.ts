import { expect, test } from 'vitest';
import { clouds } from '../../../../src/core/cloud/clouds.ts';
import { scriptData } from '../../../../src/core/hand-over/scripts/script-data.ts';
import { makePlan } from '../../../../src/core/setup/plan.ts';
import { type ScriptWish, scriptDataFor, scriptFor } from '../../../support/admin-script.ts';
import { blankRecord } from '../../../support/blank-record.ts';
import { contoso, now, snapshot } from '../../../support/snapshot.ts';

const operationFor = (wish: ScriptWish) => scriptDataFor(wish).secret.operation;
const usual = operationFor({});
const secret = {
  keyId: '2b6f5c1e-6d0f-4c7e-8b57-0d5a4f3f9a11',
  hint: 'abc',
  displayName: 'Secret (ta-abcdefgh)',
  expiresAt: '2027-05-22T22:00:00Z',
};
const preferences = {
  file: 'contoso.ta-email.json',
  keyId: secret.keyId,
  writtenAt: '2026-11-24T10:00:00Z',
};

test.each<[string, ScriptWish]>([
  ['on another day', { now: Date.parse('2027-01-01T00:00:00Z') }],
  ['for another age key', { recipient: 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p' }],
  ['with another name or lifetime', { app: { secret: { description: 'Other', lifetimeDays: 30 } } }],
  ['with other permissions', { app: { permissions: ['Mail.Send'] } }],
  ['after the record knows of a secret that the admin has, or nobody', { record: blankRecord({ secret }) }],
  [
    'after the record knows the tenant better',
    { record: blankRecord({ tenant: { ...blankRecord().tenant, displayName: 'Contoso AG' } }) },
  ],
])('a script made %s looks for the same secret', (_how, wish) => {
  expect(operationFor(wish)).toBe(usual);
});

test.each<[string, ScriptWish]>([
  [
    'of another tenant',
    {
      record: blankRecord({
        tenant: { ...blankRecord().tenant, id: '99999999-9999-4999-8999-999999999999' },
      }),
    },
  ],
  ['for another application', { uniqueName: 'ta-exchange-setup-other' }],
  [
    'after a secret lies in the preferences file, to renew it',
    { record: blankRecord({ secret, preferences }) },
  ],
])('a script %s looks for another secret', (_how, wish) => {
  expect(operationFor(wish)).not.toBe(usual);
});

test.each(['powershell', 'az'] as const)('a %s script says when it renews', (form) => {
  const words = 'client secret for 180 days, in addition to the one that T&A has now.';
  expect(scriptFor(form)).not.toContain(words);
  expect(scriptFor(form, { record: blankRecord({ secret, preferences }) })).toContain(words);
});

test('the name of a secret tells its operation', () => {
  const { secret: made } = scriptDataFor({ cloud: clouds.china });
  expect(made.displayName).toContain(`(${made.operation})`);
  expect(made.operation).toMatch(/^ta-[a-z2-9]{8}$/);
});

test('a change that no script makes is not left out in silence', () => {
  const plan = makePlan(contoso, snapshot().existing, now);
  const left = { kind: 'remove-client-secret', keyId: 'key', displayName: 'T&A (ta-abcdefgh)' } as const;
  const changes = [...plan.changes, left];
  const around = {
    record: blankRecord(),
    cloud: clouds.global,
    recipient: undefined,
    adopt: undefined,
    tooWide: [],
  };
  expect(scriptData(plan, around).uniqueName).toMatch(/^ta-exchange-setup-/);
  expect(() => scriptData({ ...plan, changes }, around)).toThrow('remove-client-secret');
});
