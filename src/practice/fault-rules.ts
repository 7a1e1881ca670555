import { graphTime } from './clock.ts';
import type { FaultAnswer, FaultRule } from './faults.ts';
import type { State } from './state.ts';

const graphHost = 'graph.microsoft.com';
const loginHost = 'login.microsoftonline.com';
const uploadHost = 'outlook.office.com';
const tokenPath = /\/oauth2\/v2\.0\/token$/;

/** The first request of each route and every seventh after it. Graph's Retry-After may be fractional. */
export function throttledRules(state: State): FaultRule[] {
  const headers = { 'Retry-After': '0.628' };
  const often = { perRoute: true, nth: { first: 1, each: 7 } } as const;
  const tooMany = (body: unknown): FaultAnswer => ({ kind: 'status', status: 429, headers, body });
  const mailbox = tooMany({
    error: { code: 'ApplicationThrottled', message: 'Application is over its MailboxConcurrency limit.' },
  });
  return [
    { ...often, host: graphHost, path: /^\/v1\.0\/users\/[^/]+\/(messages|mailFolders)/, answer: mailbox },
    { ...often, host: graphHost, path: '/v1.0/', answer: tooMany(tooManyRequests(state)) },
    { ...often, host: loginHost, path: tokenPath, answer: tooMany(temporarilyUnavailable) },
    { ...often, host: uploadHost, answer: mailbox },
  ];
}

/** Server errors, and connections that break before or after the request was carried out; also while something is made. */
export function flakyRules(): FaultRule[] {
  const before: FaultAnswer = { kind: 'reset-before' };
  const after: FaultAnswer = { kind: 'reset-after' };
  return [
    { method: 'PATCH', host: graphHost, path: /\/applications\(/, nth: 1, answer: after },
    { method: 'PATCH', host: graphHost, path: /\/servicePrincipals\(/, nth: 1, answer: before },
    { method: 'POST', host: graphHost, path: '/v1.0/$batch', nth: 1, answer: unavailable },
    { method: 'POST', host: graphHost, path: '/v1.0/$batch', nth: 3, answer: after },
    { method: 'POST', host: graphHost, path: /\/addPassword$/, nth: 1, answer: after },
    { method: 'POST', host: graphHost, path: /\/messages$/, nth: 1, answer: after },
    { method: 'POST', host: graphHost, path: /\/attachments$/, nth: 1, answer: after },
    { method: 'POST', host: graphHost, path: /\/createUploadSession$/i, nth: 1, answer: internalError },
    { method: 'POST', host: graphHost, path: /\/send$/, nth: 1, answer: after },
    { method: 'PUT', host: uploadHost, nth: 2, answer: after },
    { method: 'PUT', host: uploadHost, nth: 4, answer: unavailable },
    { method: 'POST', host: loginHost, path: tokenPath, nth: [1, 4], answer: before },
    { method: 'POST', host: loginHost, path: tokenPath, nth: 2, answer: loginUnavailable },
    { method: 'GET', host: graphHost, nth: { first: 1, each: 5 }, answer: internalError },
    { host: graphHost, nth: { each: 11 }, answer: unavailable },
  ];
}

function tooManyRequests(state: State) {
  return {
    error: {
      code: 'TooManyRequests',
      innerError: {
        code: '429',
        date: graphTime(state.clock.now()).slice(0, -1),
        message: 'Please retry after',
        'request-id': state.ids.guid(),
        status: '429',
      },
      message: 'Please retry again later.',
    },
  };
}

const unavailable: FaultAnswer = {
  kind: 'status',
  status: 503,
  headers: { 'Retry-After': '1' },
  body: {
    error: { code: 'Request_ThrottledTemporarily', message: 'Your request is throttled temporarily.' },
  },
};

const internalError: FaultAnswer = {
  kind: 'status',
  status: 500,
  body: { error: { code: 'InternalServerError', message: 'An internal server error occurred.' } },
};

const temporarilyUnavailable = {
  error: 'temporarily_unavailable',
  error_description:
    'AADSTS90055: There are too many incoming requests for the tenant. The request was throttled.',
  error_codes: [90055],
};

const loginUnavailable: FaultAnswer = {
  kind: 'status',
  status: 503,
  body: {
    error: 'temporarily_unavailable',
    error_description: 'AADSTS90033: A transient error has occurred. Please try again.',
    error_codes: [90033],
  },
};
