import * as z from 'zod/mini';
import type { Http } from '../cloud/http.ts';
import type { Customer } from '../customer/customer.ts';
import { roleGap } from '../customer/scope.ts';
import { payloadOf } from '../json.ts';
import { askToken } from '../mail/application.ts';
import { scopeFailures } from '../mailbox-scope/failures.ts';
import { mailUrls } from '../preferences/mail-urls.ts';
import type { Preferences } from '../preferences/preferences.ts';
import type { Secret } from '../secret.ts';
import { growing, type Look, type NotYet, waitUntil } from '../waiting.ts';
import { Failure } from '../words/failure.ts';
import { say, type Words } from '../words/say.ts';
import { secretPatienceMs, type Trial } from './existing.ts';
import { setUpFailures } from './failures.ts';
import type { Run, SetUpProgress } from './run.ts';

/** The secret is wrong, or expired. */
const ofTheSecret: readonly string[] = ['AADSTS7000215', 'AADSTS7000222'];

/**
 * Codes that a token service which has not heard of a new secret or service principal answers; "expired" too
 * (github.com/Azure-Samples/active-directory-dotnetcore-daemon-v2/issues/87).
 */
const notYet = new Set([...ofTheSecret, 'AADSTS700016', 'AADSTS7000229']);

const Claims = z.object({ roles: z._default(z.array(z.string()), []) });

/** Asks once. Never rejects for what a service or the network does. */
export async function trySecret(
  preferences: Preferences,
  http: Http,
  signal: AbortSignal | undefined,
): Promise<Trial> {
  try {
    return { kind: 'given', roles: await askRoles(preferences, http, signal) };
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    const { code, words, detail } = cause;
    if (ofTheSecret.includes(code)) return { kind: 'refused', code, said: detail ?? words };
    return { kind: 'unknown', reason: say`${words} (${code})` };
  }
}

async function askRoles(
  preferences: Preferences,
  http: Http,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const { value } = await askToken(http, mailUrls(preferences), preferences, signal);
  return rolesIn(value);
}

/** The application permissions that a token of the app itself carries. */
export function rolesIn(token: Secret): string[] {
  const claims = Claims.safeParse(payloadOf(token.reveal()));
  return claims.success ? claims.data.roles : [];
}

/**
 * Proves a secret, from the preferences file or on its way there: a token of the app itself whose `roles` hold every permission that
 * Entra has to grant, and with the scope `mailbox` none that opens every mailbox. Returns the roles. Waits while Entra catches up; a
 * Failure after that, or at once for what waiting cannot mend.
 */
export async function* prove(
  preferences: Preferences,
  wish: Pick<Customer, 'scope' | 'app'>,
  http: Http,
  run: Pick<Run, 'clock' | 'random' | 'signal'>,
  isInFile = true,
): AsyncGenerator<SetUpProgress, string[]> {
  const { clock, random, signal } = run;
  const look = async (): Promise<Look<string[], Unproved>> => {
    try {
      const roles = await askRoles(preferences, http, signal);
      const { missing, tooMuch } = roleGap(roles, wish);
      if (missing.length === 0 && tooMuch.length === 0) return { settled: roles };
      return { because: 'lag', reason: differenceText(missing, tooMuch), toldMs: undefined, tooMuch };
    } catch (cause) {
      if (!(cause instanceof Failure && notYet.has(cause.code))) throw cause;
      return { because: 'lag', reason: say`${cause.code}`, toldMs: cause.retryAfterMs, tooMuch: [] };
    }
  };
  return yield* waitUntil<string[], Unproved, SetUpProgress>(look, {
    doing: say`prove the secret`,
    clock,
    random,
    signal,
    patienceMs: secretPatienceMs,
    pauses: growing({ firstMs: 100, capMs: 15_000 }),
    tell: ({ ms }, { reason }) => ({
      kind: 'waiting',
      reason: say`Waiting until Microsoft Entra knows the secret and the permissions everywhere (${reason})`,
      ms,
    }),
    overdue: ({ reason, tooMuch }) => {
      throw tooMuch.length > 0
        ? scopeFailures.tenantWide(tooMuch)
        : setUpFailures.notProved(secretPatienceMs / 60_000, reason, isInFile);
    },
  });
}

interface Unproved extends NotYet {
  readonly tooMuch: readonly string[];
}

function differenceText(missing: readonly string[], tooMuch: readonly string[]): Words {
  return missing.length > 0 ? say`not in the token yet: ${missing}` : say`still in the token: ${tooMuch}`;
}
