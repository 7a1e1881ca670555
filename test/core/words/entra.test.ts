import { expect, test } from 'vitest';
import { entraAdvice } from '../../../src/core/words/entra.ts';
import { lookUp } from '../../../src/core/words/look-up.ts';

test('an account of another tenant is told alike, however Entra puts it', () => {
  const symptoms = [
    { error: 'invalid_grant', errorCodes: [50020] },
    { error: 'interaction_required', errorCodes: [90072] },
    { error: 'invalid_request', errorCodes: [90072] },
    { error: 'interaction_required', errorCodes: [16000] },
    { error: 'invalid_grant', errorCodes: [50014] },
  ];
  const advice = symptoms.map((it) => lookUp({ service: 'entra', status: 400, ...it }).advice);
  expect(new Set(advice)).toEqual(new Set([entraAdvice.AADSTS50020]));
});

test.each([
  [650051, 'adding the application', 'Exchange Online'],
  [50034, 'no account', 'password'],
  [50078, 'second factor', ''],
  [700082, 'sign-in has ended', ''],
  [70043, 'sign-in has ended', ''],
  [90033, 'Entra has a problem', ''],
])('AADSTS%i is told with its own cause, not with that of a neighbour', (number, cause, not) => {
  const { advice } = lookUp({ service: 'entra', status: 400, error: 'invalid_grant', errorCodes: [number] });
  expect(String(advice.cause)).toMatch(new RegExp(cause));
  if (not) expect(`${advice.cause} ${advice.next}`).not.toContain(not);
});

test('a scope that is not valid is told to the one who wrote it', () => {
  const symptom = { service: 'entra', status: 400, error: 'invalid_scope', errorCodes: [70011] } as const;
  expect(String(lookUp({ ...symptom, situation: 'mail' }).advice.next)).toContain('Set Default Scope in T&A');
  expect(String(lookUp(symptom).advice.next)).toContain('Update this tool');
});

test('a number means another application where a person signs in than where T&A does', () => {
  const symptom = {
    service: 'entra',
    status: 400,
    error: 'unauthorized_client',
    errorCodes: [7000112],
  } as const;
  expect(String(lookUp(symptom).advice.cause)).toContain('the app of T&A');
  expect(String(lookUp({ ...symptom, situation: 'sign-in' }).advice.cause)).toContain(
    'that you sign in with',
  );
});
