import * as z from 'zod/mini';
import { Failure, type FailureFacts, type Who } from '../advice/failure.ts';
import { row } from '../advice/row.ts';
import { serviceFailure } from '../advice/service-failure.ts';
import type { Cloud } from '../cloud/clouds.ts';
import { jsonOrUndefined } from '../json.ts';
import { plain } from '../words/say.ts';

interface OAuthRefusal {
  readonly error: string;
  readonly error_description: string;
  readonly error_codes: readonly number[];
  readonly suberror?: string;
}

/** Failures that only sign-in can meet. */
export const failures = {
  codeExpired(): Failure {
    return fail('TA-CODE-EXPIRED', {
      message: 'The device code expired before anyone signed in with it.',
      because: 'A device code is good for about 15 minutes.',
      next: 'Start again for a new code, and have the admin at hand who signs in with it.',
    });
  },

  missingScopes(scopes: readonly string[], userPrincipalName: string): Failure {
    return fail('TA-MISSING-SCOPES', {
      message: `The sign-in of ${plain(userPrincipalName)} lacks ${scopes.join(', ')}.`,
      because: 'The tenant has not consented to everything the sign-in asked for.',
      who: 'a Global or Privileged Role Administrator',
      next: 'Sign in again with an admin who may consent, and accept all permissions on the consent page.',
    });
  },

  notAPerson(): Failure {
    return fail('TA-ODD-TOKEN', {
      message: 'The token that came back is not one of a signed-in person.',
      because: 'The login service answered with a token of another kind.',
      next: 'Sign in again. If it happens again, sign in the other way (device code or browser).',
    });
  },

  wrongCloud(tenant: string, asked: Cloud, found: Cloud): Failure {
    return fail('TA-WRONG-CLOUD', {
      message: `${plain(tenant)} is not in the cloud "${asked.label}" but in "${found.label}".`,
      because: 'Every Microsoft cloud has sign-in and Graph addresses of its own.',
      next: `Set "cloud": "${found.name}" in the customer file.`,
    });
  },

  signedOut(): Failure {
    return fail('TA-SIGNED-OUT', {
      message: 'Nobody is signed in any more.',
      because: 'The sign-in was ended.',
      next: 'Sign in again.',
    });
  },

  browserNotOpened(cause: unknown): Failure {
    return fail('TA-NO-BROWSER', {
      message: 'The browser could not be opened.',
      because: 'This machine has no browser that can be started from here.',
      next: 'Sign in by device code, which works with a browser on any machine.',
      cause,
    });
  },

  browserSilent(minutes: number): Failure {
    return fail('TA-BROWSER-SILENT', {
      message: `Nobody finished the sign-in in the browser within ${minutes} minutes.`,
      because: 'The page was closed, or the browser could not come back to this machine.',
      next: 'Sign in again. If the browser runs on another machine, sign in by device code.',
    });
  },

  /** MSAL gave up for a reason of its own; its texts may quote what the service sent, so only its code is kept. */
  signInFailed(code: string): Failure {
    return fail('TA-SIGN-IN-FAILED', {
      message: `The sign-in did not work (${plain(code).slice(0, 80)}).`,
      because: 'The sign-in library gave up.',
      next: 'Sign in again. If it happens again, sign in the other way (device code or browser).',
    });
  },

  /** A refusal of the login service, the ids of the Conditional Access policies behind it named where it tells them. */
  refused(found: { status: number; body: unknown; requestId?: string | undefined; doing: string }): Failure {
    const failure = serviceFailure({ service: 'entra', ...found });
    const ids = policyIds(found.body);
    if (ids.length === 0) return failure;
    const cause = `${failure.advice.cause} Conditional Access policy: ${ids.join(', ')}.`;
    return altered(failure, { advice: { ...failure.advice, cause } });
  },

  /** A refusal that the browser brought back. It has no HTTP status; the token endpoint would answer 400. */
  refusedInBrowser(body: OAuthRefusal): Failure {
    const failure = serviceFailure({ service: 'entra', status: 400, body, doing: 'sign in' });
    return altered(failure, {
      message: 'Microsoft Entra refused the sign-in in the browser.',
      status: undefined,
    });
  },
};

interface Situation {
  readonly message: string;
  readonly because: string;
  /** The person in front of the screen unless named. */
  readonly who?: Who;
  readonly next: string;
  readonly cause?: unknown;
}

function fail(code: string, { message, because, who = 'you', next, cause }: Situation): Failure {
  return new Failure({ code, message, advice: row(because, who, next), doing: 'sign in', cause });
}

function altered(failure: Failure, changes: Partial<FailureFacts>): Failure {
  const { message, code, advice, doing, status, requestId, detail } = failure;
  return new Failure({ message, code, advice, doing, status, requestId, detail, ...changes });
}

const Refusal = z.object({ claims: z.string() });
const PolicyClaims = z.object({
  access_token: z.object({ capolids: z.object({ values: z.array(z.guid()) }) }),
});

/** `claims` is a JSON text within the JSON; `capolids` lists the policies that refused. */
function policyIds(body: unknown): string[] {
  const refusal = z.safeParse(Refusal, body);
  if (!refusal.success) return [];
  const claims = z.safeParse(PolicyClaims, jsonOrUndefined(refusal.data.claims));
  return claims.success ? claims.data.access_token.capolids.values : [];
}
