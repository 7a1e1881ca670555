import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entraAdvice } from '../../../src/core/words/entra.ts';
import type { Advice } from '../../../src/core/words/failure.ts';
import { lookUp } from '../../../src/core/words/look-up.ts';
import { oauthAdvice } from '../../../src/core/words/oauth.ts';

const isUnknown = ({ cause }: Advice): boolean => String(cause).startsWith('The cause is not known.');

test.each([
  70016, 70018, 70019, 70020, 90119, 90120, 50196, 7000215, 7000222, 7000218, 7000229, 7000112, 700016,
  700038, 90002, 900144, 70003, 70011, 1002012, 500011, 53003, 53000, 50097, 53001, 530035, 50076, 50079,
  65001, 65004, 65002, 90094, 90095, 50020, 50105, 50126, 50034, 50053, 50057, 50055, 50194, 50049, 90055,
  50058, 500113, 900971, 500014, 50199, 90072, 51004, 53002, 50158, 650051, 650052, 650056, 700025, 9001023,
])('AADSTS%i has advice of its own', (number) => {
  const { code, advice } = lookUp({
    service: 'entra',
    status: 400,
    error: 'invalid_grant',
    errorCodes: [number],
  });
  expect(code).toBe(`AADSTS${number}`);
  expect(advice).not.toBe(oauthAdvice.invalid_grant);
});

test.each([
  [400, 'CredentialTypeNotAllowedAsPerAppPolicy'],
  [400, 'CredentialInvalidLifetimeAsPerAppPolicy'],
  [409, 'Request_MultipleObjectsWithSameKeyValue'],
  [400, 'Request_BadRequest'],
  [404, 'Request_ResourceNotFound'],
  [403, 'Authorization_RequestDenied'],
  [401, 'InvalidAuthenticationToken'],
  [401, 'UnknownError'],
  [429, 'TooManyRequests'],
  [429, 'ApplicationThrottled'],
  [503, 'Request_ThrottledTemporarily'],
  [403, 'ErrorAccessDenied'],
  [403, 'ErrorSendAsDenied'],
  [404, 'ErrorInvalidUser'],
  [404, 'MailboxNotEnabledForRESTAPI'],
  [404, 'ErrorItemNotFound'],
  [400, 'ErrorInvalidIdMalformed'],
  [400, 'RequestBroker--ParseUri'],
  [400, 'ErrorInvalidRecipients'],
  [400, 'ErrorMessageSizeExceeded'],
  [413, 'RequestEntityTooLarge'],
  [400, 'ErrorAttachmentSizeShouldNotBeLessThanMinimumSize'],
  [403, 'ErrorExceededMessageLimit'],
  [507, 'ErrorQuotaExceeded'],
  [412, 'ErrorIrresolvableConflict'],
  [400, 'ServiceTreeValueMissing'],
])('%i %s has advice of its own', (status, error) => {
  const found = lookUp({ service: 'graph', status, error });
  expect(found.code).toBe(error);
  expect(isUnknown(found.advice)).toBe(false);
});

test('a code that all of Graph uses is Exchange’s own only as a 401 without a word', () => {
  const causeOf = (status: number, situation: 'mail' | 'register', message = '') =>
    lookUp({ service: 'graph', status, error: 'UnknownError', message, situation }).advice;
  expect(isUnknown(causeOf(401, 'mail'))).toBe(false);
  for (const status of [400, 403, 404, 500, 503]) {
    expect(isUnknown(causeOf(status, 'mail'))).toBe(true);
    expect(isUnknown(causeOf(status, 'register'))).toBe(true);
  }
  expect(isUnknown(causeOf(401, 'mail', 'Something else'))).toBe(true);
});

test('the error of the device code flow counts more than a number with two meanings', () => {
  const symptom = { service: 'entra', status: 400, errorCodes: [70018] } as const;
  expect(String(lookUp({ ...symptom, error: 'authorization_declined' }).advice.cause)).toContain('declined');
  expect(String(lookUp({ ...symptom, error: 'bad_verification_code' }).advice.cause)).toContain(
    'does not know',
  );
});

test.each(['invalid_grant', 'access_denied', 'interaction_required', 'new_in_2027'])(
  'a blocked sign-in is told by its number, whatever the error is called: %s',
  (error) => {
    const { code, advice } = lookUp({
      service: 'entra',
      status: 400,
      error,
      errorCodes: [53003],
      suberror: 'message_only',
    });
    expect(code).toBe('AADSTS53003');
    expect(String(advice.next)).toContain('--browser');
  },
);

test('an unknown number is quoted, and an OAuth word that it shares with others says nothing of it', () => {
  const unknown = { service: 'entra', status: 400, errorCodes: [4242] } as const;
  expect(lookUp({ ...unknown, suberror: 'consent_required' })).toEqual({
    code: 'AADSTS4242',
    advice: entraAdvice.AADSTS65001,
  });
  for (const error of ['invalid_client', 'invalid_grant', 'interaction_required', 'odd']) {
    const { code, advice } = lookUp({ ...unknown, error });
    expect(code).toBe('AADSTS4242');
    expect(isUnknown(advice), error).toBe(true);
  }
  expect(lookUp({ service: 'entra', status: 401, error: 'invalid_client' }).advice).toBe(
    oauthAdvice.invalid_client,
  );
});

test('the first number with advice counts, the first number is quoted where none has any', () => {
  const symptom = { service: 'entra', status: 400, error: 'invalid_grant' } as const;
  expect(lookUp({ ...symptom, errorCodes: [1, 50126] }).code).toBe('AADSTS50126');
  expect(lookUp({ ...symptom, errorCodes: [1, 2] }).code).toBe('AADSTS1');
});

test('no consent is told to be recorded without a look', () => {
  for (const code of ['AADSTS500113', 'AADSTS900971'] as const) {
    expect(String(entraAdvice[code].cause)).not.toContain('was recorded');
    expect(String(entraAdvice[code].next)).toContain('checks whether the consent is recorded');
  }
});

test('a role that was activated just now needs a new sign-in, and the advice says so', () => {
  const symptom = { service: 'graph', status: 403, error: 'Authorization_RequestDenied' } as const;
  for (const situation of ['register', 'grant', undefined] as const)
    expect(String(lookUp({ ...symptom, situation }).advice.next)).toMatch(/activate.*sign in again/);
});

test('what was being done decides who can fix a refusal', () => {
  const who = (situation?: 'look' | 'register' | 'grant' | 'mail') =>
    lookUp({ service: 'graph', status: 403, error: 'Authorization_RequestDenied', situation }).advice.who;
  expect(who('register')).toBe('an Application Administrator');
  expect(who('grant')).toBe('a Global or Privileged Role Administrator');
  expect(who('look')).toBe("the customer's admin");
  expect(who()).toBe('a Global or Privileged Role Administrator');
});

test.each([
  [
    400,
    'Request_BadRequest',
    "The appId '1' of the service principal does not reference a valid application object.",
    'data centres',
  ],
  [400, 'Request_BadRequest', 'Not a valid reference update', 'data centres'],
  [
    403,
    'Authorization_RequestDenied',
    'When using this permission, the backing application of the service principal being created must in the local tenant',
    'data centres',
  ],
  [400, 'Request_BadRequest', 'Permission being assigned already exists on the object', 'already exists'],
  [
    400,
    'Request_BadRequest',
    'EntitlementGrant being updated or deleted is not found.',
    'may be gone already',
  ],
  [
    400,
    'Request_BadRequest',
    "Permission being assigned was not found on application '1'.",
    'does not have one',
  ],
  [
    400,
    'Request_BadRequest',
    'Another object with the same value for property uniqueName already exists.',
    'keeps its name for 30 days',
  ],
  [
    403,
    'ErrorAccessDenied',
    'Access to OData is disabled: [RAOP] : Blocked by tenant configured AppOnly AccessPolicy settings.',
    'access policy',
  ],
])('%i %s is told apart by its message: %s', (status, error, message, cause) => {
  const { advice } = lookUp({ service: 'graph', status, error, message, situation: 'grant' });
  expect(String(advice.cause)).toContain(cause);
});

test('there is advice for every answer that can be thought of', () => {
  const name = fc.oneof(
    fc.string(),
    fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty'),
  );
  const symptom = fc.record(
    {
      service: fc.constantFrom('entra' as const, 'graph' as const, 'exchange' as const),
      status: fc.integer({ min: -1, max: 1_000 }),
      error: name,
      errorCodes: fc.array(fc.integer()),
      suberror: name,
      message: fc.string(),
      situation: fc.constantFrom('look' as const, 'register' as const, 'grant' as const, 'mail' as const),
    },
    { requiredKeys: ['service', 'status'] },
  );
  fc.assert(
    fc.property(symptom, (it) => {
      const { code, advice } = lookUp(it);
      return (
        code !== '' &&
        String(advice.cause) !== '' &&
        String(advice.next) !== '' &&
        ['ours', 'no'].includes(advice.retry)
      );
    }),
  );
});
