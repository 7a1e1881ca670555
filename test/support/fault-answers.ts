import type { FaultAnswer } from '../../src/practice/faults.ts';

/** The connection breaks after all was done, or before anything was. */
export const after: FaultAnswer = { kind: 'reset-after' };
export const before: FaultAnswer = { kind: 'reset-before' };
export const truncated: FaultAnswer = { kind: 'truncate' };
/** A page of the network, in place of Microsoft's answer. */
export const html: FaultAnswer = { kind: 'html' };
const refusal = (status: number, code: string, headers = {}): FaultAnswer => ({
  kind: 'status',
  status,
  headers,
  body: { error: { code, message: `${code} for the test.` } },
});
export const serverError = refusal(500, 'InternalServerError');
export const slowDown = refusal(429, 'TooManyRequests', { 'Retry-After': '7' });
export const denied = refusal(403, 'Authorization_RequestDenied');
