import * as z from 'zod/mini';
import { Failure } from '../advice/failure.ts';
import type { Http } from '../cloud/http.ts';
import { payloadOf } from '../cloud/jwt.ts';
import type { Customer } from '../customer/customer.ts';
import { entraPermissions, opensMailboxes } from '../customer/scope.ts';
import { scopeFailures } from '../mail/scope-failures.ts';
import { askToken } from '../mail/token.ts';
import { mailUrls } from '../preferences/mail-urls.ts';
import { readPreferences } from '../preferences/preferences-file.ts';
import { backoffMs } from './backoff.ts';
import { failures } from './failures.ts';
import type { Progress } from './progress.ts';
import { pause, type Run } from './run.ts';

/** How long a fresh secret and fresh grants may be unknown to the token service; minutes have been seen. */
const patienceMs = 10 * 60_000;

/**
 * Codes that a token service which has not heard of a new secret or service principal answers; "expired" too
 * (github.com/Azure-Samples/active-directory-dotnetcore-daemon-v2/issues/87).
 */
const notYet = new Set(['AADSTS7000215', 'AADSTS7000222', 'AADSTS700016', 'AADSTS7000229']);

const Claims = z.object({ roles: z._default(z.array(z.string()), []) });

/**
 * Proves what lies in the preferences file: a token of the app itself whose `roles` hold every permission that Entra has
 * to grant, and with the scope `mailbox` none that opens every mailbox. Returns the roles. Waits while Entra catches up; a
 * Failure after that, or at once for what waiting cannot mend.
 */
export async function* prove(
  file: string,
  wish: Pick<Customer, 'scope' | 'app'>,
  http: Http,
  run: Pick<Run, 'clock' | 'random' | 'signal'>,
): AsyncGenerator<Progress, string[]> {
  const preferences = await readPreferences(file);
  const until = run.clock.now() + patienceMs;
  for (let attempt = 0; ; attempt += 1) {
    const { roles, reason } = await tryOnce();
    const { missing, tooMuch } = differences(roles, wish);
    if (!reason && missing.length === 0 && tooMuch.length === 0) return roles;
    if (run.clock.now() > until && tooMuch.length > 0) throw scopeFailures.tenantWide(tooMuch);
    const last = reason ?? differenceText(missing, tooMuch);
    if (run.clock.now() > until) throw failures.notProved(patienceMs / 60_000, last);
    const ms = backoffMs(attempt, run.random);
    yield {
      kind: 'waiting',
      reason: `Microsoft Entra is still spreading the secret and the permissions (${last})`,
      ms,
    };
    await pause(run, ms);
  }

  async function tryOnce(): Promise<{ roles: string[]; reason?: string }> {
    try {
      const { value } = await askToken(http, mailUrls(preferences), preferences);
      const claims = Claims.safeParse(payloadOf(value.reveal()));
      return { roles: claims.success ? claims.data.roles : [] };
    } catch (cause) {
      if (cause instanceof Failure && notYet.has(cause.code)) return { roles: [], reason: cause.code };
      throw cause;
    }
  }
}

interface Differences {
  readonly missing: readonly string[];
  /** Opens every mailbox where the app is meant for one. */
  readonly tooMuch: readonly string[];
}

/** Between a token's roles and what Entra has to grant. */
export function differences(roles: readonly string[], wish: Pick<Customer, 'scope' | 'app'>): Differences {
  const missing = entraPermissions(wish).filter((permission) => !roles.includes(permission));
  return { missing, tooMuch: wish.scope === 'mailbox' ? roles.filter(opensMailboxes) : [] };
}

function differenceText(missing: readonly string[], tooMuch: readonly string[]): string {
  return missing.length > 0
    ? `not in the token yet: ${missing.join(', ')}`
    : `still in the token: ${tooMuch.join(', ')}`;
}
