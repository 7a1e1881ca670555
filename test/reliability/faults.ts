import { Failure } from '../../src/core/words/failure.ts';
import type { Delay, FaultAnswer } from '../../src/practice/faults.ts';
import type { State } from '../../src/practice/state.ts';

/** What a network or a service does to one request. */
export interface Fault {
  /** Its number in the matrix of faults. */
  readonly id: string;
  readonly what: string;
  /** `now`: the service's time. */
  answer(now: number): FaultAnswer;
  /** What it asks to wait, which is waited. */
  readonly toldMs?: number;
  /** It is over after one answer, and the run goes on without a person. */
  readonly passes: boolean;
  /** Paths that it is not tried at; `elsewhere` says why. */
  readonly spares?: RegExp;
}

const status = (code: number, headers: Record<string, string> = {}, error = 'ForTheTest'): FaultAnswer => ({
  kind: 'status',
  status: code,
  headers,
  // Graph's shape and that of the token endpoint in one.
  body: { error: { code: error, message: `${error} for the test.` } },
});

const once = (id: string, what: string, answer: FaultAnswer, toldMs?: number): Fault => ({
  id,
  what,
  answer: () => answer,
  passes: true,
  ...(toldMs !== undefined && { toldMs }),
});
const refusal = (id: string, what: string, answer: FaultAnswer): Fault => ({
  ...once(id, what, answer),
  passes: false,
});

/** Where a draft is created. */
const drafts = /\/messages$/;
const late = (id: string, what: string, after: Delay): Fault => ({
  ...once(id, what, { kind: 'reset-late', after }),
  spares: drafts,
});

const page = (code: number): FaultAnswer => ({
  kind: 'status',
  status: code,
  headers: { 'Content-Type': 'text/html' },
  body: '<html><body>A page of the network</body></html>',
});
const json = (body: unknown): FaultAnswer => ({ kind: 'status', status: 200, body });

export const faults: readonly Fault[] = [
  once('N01', '429 that names seconds', status(429, { 'Retry-After': '7' }, 'TooManyRequests'), 7000),
  {
    id: 'N02',
    what: '429 that names a date',
    passes: true,
    toldMs: 19_000,
    answer: (now) => status(429, { 'Retry-After': new Date(now + 20_000).toUTCString() }, 'TooManyRequests'),
  },
  once('N03', '429 that names nothing', status(429, {}, 'TooManyRequests')),
  once('N04a', '429 that names a time in the past', status(429, { 'Retry-After': '-5' })),
  once('N04b', '429 that names a word', status(429, { 'Retry-After': 'soon' })),
  refusal('N04c', '429 that names 115 days', status(429, { 'Retry-After': '9999999' })),
  refusal('N04d', '429 that names more than a number holds', status(429, { 'Retry-After': '1e400' })),
  once('N06', '500', status(500, {}, 'InternalServerError')),
  once('N07', '502 with a page', page(502)),
  once('N08a', '503 that names seconds', status(503, { 'Retry-After': '20' }, 'ServiceUnavailable'), 20_000),
  once('N08b', '503 that names nothing', status(503, {}, 'ServiceUnavailable')),
  once('N09', '504', status(504, {}, 'GatewayTimeout')),
  once('N10', 'the connection breaks, nothing was done', { kind: 'reset-before' }),
  once('N11', 'the connection breaks, all was done', { kind: 'reset-after' }),
  late('N13a', 'the connection breaks, all is done right after a look', { requests: 2 }),
  late('N13b', 'the connection breaks, all is done five minutes later', { ms: 5 * 60_000 }),
  once('N14', 'half an answer, all was done', { kind: 'truncate' }),
  refusal('N15a', 'an answer without a body', { kind: 'status', status: 200 }),
  refusal('N15b', 'an answer of null', json(null)),
  refusal(
    'N15c',
    'an answer of another shape',
    json({ value: 'x', id: '..', '@odata.nextLink': 'https://evil.example' }),
  ),
  refusal('N16a', "a page of the network, as Microsoft's answer", { kind: 'html' }),
  refusal('N16b', 'a page of the network that refuses', page(403)),
  refusal('N16c', 'a proxy that asks for a password', page(407)),
  refusal('N16d', 'a guest network that asks to sign in', page(511)),
  refusal('N17', '401', status(401, {}, 'InvalidAuthenticationToken')),
  refusal(
    'N18',
    '401 with a claims challenge',
    status(
      401,
      { 'WWW-Authenticate': 'Bearer claims="eyJhIjoxfQ==", error="insufficient_claims"' },
      'InvalidAuthenticationToken',
    ),
  ),
  refusal('N19', '403', status(403, {}, 'Authorization_RequestDenied')),
  refusal('N21a', '409', status(409, {}, 'Conflict')),
  refusal('N21b', '400', status(400, {}, 'Request_BadRequest')),
  refusal('N23', 'a policy that refuses', status(403, {}, 'AuthorizationFailed')),
];

/** Rows of the matrix that have no cell here, and where they are tested instead. */
export const elsewhere: readonly (readonly [id: string, why: string])[] = [
  ['N05', 'success with Retry-After is success: test/core/cloud/pipeline.test.ts'],
  ['N12', 'a time-out is the same outcome as N10 and N11: test/core/cloud/limits-policy.test.ts'],
  [
    'N13 where the draft of a test email is created',
    'does not hold: it is looked for once and created again, and where the first one comes after all it stays among the drafts, told by nothing. The email itself goes once. An attachment that comes so late is in it twice. What is nearest: test/core/mail/create-once.test.ts',
  ],
  [
    'uploads: 416, 404, 410, 401, a server that makes no progress, or goes back',
    'test/core/mail/upload.test.ts',
  ],
  ['N20, N22', 'replication: each death is tried in tenants with three lags'],
  ['N24', 'no connection is N10 that stays'],
  ['N25, N26', 'before any request: test/core/cloud/proxy-policy.test.ts'],
];

export interface Struck {
  readonly at: number;
  readonly route: string;
}

type Counts = (request: Parameters<State['faults']['next']>[0]) => boolean;

/** From now on requests meet what `plan` says for the nth of them that counts, those within a `$batch` counted too. */
export function strike(
  { faults: script, clock }: State,
  plan: (nth: number) => Fault | undefined,
  counts: Counts = () => true,
): { readonly struck: readonly Struck[]; end(): void } {
  const { next } = script;
  let seen = 0;
  const struck: Struck[] = [];
  script.next = (request) => {
    if (!counts(request)) return undefined;
    const { method, url } = request;
    seen += 1;
    const fault = plan(seen);
    if (!fault) return undefined;
    const at = clock.now();
    struck.push({ at, route: routeOf(method, url) });
    return fault.answer(at);
  };
  return {
    struck,
    end() {
      script.next = next;
    },
  };
}

const routeOf = (method: string, url: string): string => `${method} ${new URL(url).pathname}`;

/** When the request that was struck first was asked again: no sooner than was told, nor within a second (INV13). */
export function askedAgainAfter({ requests }: State, [first]: readonly Struck[]): number | undefined {
  if (!first) return undefined;
  const since = requests.slice(requests.findLastIndex(({ at }) => at <= first.at) + 1);
  const again = since.find(
    ({ method, host, path }) => routeOf(method, `https://${host}${path}`) === first.route,
  );
  return again && again.at - first.at;
}

/** A failure that a person can do something with: INV11. */
export function isUsable(failure: unknown): boolean {
  return failure instanceof Failure && failure.code !== 'TA-UNEXPECTED' && String(failure.advice.next) !== '';
}
