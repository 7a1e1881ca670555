import { connectTimeout } from './agents.ts';
import type { TryOutcome } from './retry.ts';

const notSent = new Set([
  connectTimeout,
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
]);

type LostKind = 'untrusted certificate' | 'no connection' | 'no answer';

/** OpenSSL's verification results as Node spells them, nodejs.org/api/tls.html#x509-certificate-error-codes. */
const certificate =
  /^(CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|ERR_TLS_CERT_)/;

/** What an error of the transport says about the request: lost before it left, or perhaps after. */
export function outcomeOfError(
  error: unknown,
  code = errorCode(error),
): Extract<TryOutcome, { kind: LostKind }> {
  if (certificate.test(code)) return { kind: 'untrusted certificate' };
  if (notSent.has(code) || code === 'EPROTO' || code.startsWith('ERR_SSL_')) return { kind: 'no connection' };
  return { kind: lostWhileConnecting(code, error) ? 'no connection' : 'no answer' };
}

/** Node's code; an error without one goes by its name, such as `AbortError`. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

/** Some codes are used for both phases; only the message tells them apart (Node's net and tls, https-proxy-agent). */
function lostWhileConnecting(code: string, error: unknown): boolean {
  const message = error instanceof Error ? error.message : '';
  if (code === 'ETIMEDOUT') return message === '' || message.startsWith('connect ');
  return /before secure TLS connection was established|before receiving CONNECT response/.test(message);
}
