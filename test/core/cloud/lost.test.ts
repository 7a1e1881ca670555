import { expect, test } from 'vitest';
import { errorCode, outcomeOfError } from '../../../src/core/cloud/one-try.ts';

const failed = (code: string, message = 'x') => Object.assign(new Error(message), { code });

test.each([
  ['ECONNREFUSED', 'no connection'],
  ['ENOTFOUND', 'no connection'],
  ['EAI_AGAIN', 'no connection'],
  ['ENETUNREACH', 'no connection'],
  ['EPROTO', 'no connection'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'no connection'],
  ['CERT_HAS_EXPIRED', 'untrusted certificate'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'untrusted certificate'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'untrusted certificate'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'untrusted certificate'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'untrusted certificate'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'untrusted certificate'],
  ['ECONNRESET', 'no answer'],
  ['EPIPE', 'no answer'],
  ['HPE_INVALID_CONSTANT', 'no answer'],
  ['Z_DATA_ERROR', 'no answer'],
  ['whatever', 'no answer'],
])('%s means %s', (code, kind) => {
  expect(outcomeOfError(failed(code))).toEqual({ kind });
});

test.each([
  ['connect ETIMEDOUT 203.0.113.1:443', 'no connection'],
  ['', 'no connection'],
  ['read ETIMEDOUT', 'no answer'],
])('ETIMEDOUT with %j means %s', (message, kind) => {
  expect(outcomeOfError(failed('ETIMEDOUT', message))).toEqual({ kind });
});

test('a reset within the TLS handshake came before the request', () => {
  const message = 'Client network socket disconnected before secure TLS connection was established';
  expect(outcomeOfError(failed('ECONNRESET', message))).toEqual({ kind: 'no connection' });
});

test('what is no error of Node may have happened after the request left', () => {
  for (const thrown of [undefined, 'text', new Error('x'), { code: 'ECONNREFUSED' }, failed(7 as never)]) {
    expect(outcomeOfError(thrown)).toEqual({ kind: 'no answer' });
  }
});

test('names an error by its code, else by its name', () => {
  expect(errorCode(failed('EPIPE'))).toBe('EPIPE');
  expect(errorCode(failed(7 as never))).toBe('Error');
  expect(errorCode(new DOMException('x', 'AbortError'))).toBe('AbortError');
  expect(errorCode('text')).toBe('unknown error');
});
