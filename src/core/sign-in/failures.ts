import * as z from 'zod/mini';
import type { Cloud } from '../cloud/clouds.ts';
import { jsonOrUndefined } from '../json.ts';
import { fieldWords } from '../words/faces.ts';
import { Failure, row, type Who } from '../words/failure.ts';
import { inTerminal, say, type Words } from '../words/say.ts';
import { serviceFailure } from '../words/service-failure.ts';

interface OAuthRefusal {
  readonly error: string;
  readonly error_description: string;
  readonly error_codes: readonly number[];
  readonly suberror?: string;
}

/** Failures that only sign-in can meet. */
export const signInFailures = {
  codeExpired(): Failure {
    return fail('TA-CODE-EXPIRED', {
      message: say`The device code expired before anyone signed in with it.`,
      because: say`A device code expires after about 15 minutes.`,
      next: say`Start again with a new code when the administrator who signs in is available.`,
    });
  },

  missingScopes(scopes: readonly string[], userPrincipalName: string): Failure {
    return fail('TA-MISSING-SCOPES', {
      message: say`The sign-in of ${userPrincipalName} does not include ${scopes}.`,
      because: say`The tenant has not consented to everything the sign-in asked for.`,
      who: 'a Global or Privileged Role Administrator',
      next: say`Sign in again as an administrator who can consent, and accept all permissions on the consent page.`,
    });
  },

  notAPerson(): Failure {
    return fail('TA-ODD-TOKEN', {
      message: say`Microsoft returned a token that does not belong to a user.`,
      because: say`The sign-in service answered with a token of another kind.`,
      next: say`Sign in again. If it happens again, sign in the other way (device code or browser).`,
    });
  },

  clientNeeded(cloud: Cloud): Failure {
    return fail('TA-CLIENT-NEEDED', {
      message: say`Signing in to ${cloud.label} needs an application of your own.`,
      because: say`Microsoft Graph Command Line Tools, with which this tool usually signs in, does not exist in that cloud.`,
      next: say`Register a public client application at ${cloud.portal} with the redirect URI http://localhost. Then give its client id: ${inTerminal`--sign-in-client-id on the command line, `}taExchange.signIn.clientId in VS Code.`,
    });
  },

  wrongCloud(tenant: string, asked: Cloud, found: Cloud): Failure {
    return fail('TA-WRONG-CLOUD', {
      message: say`${tenant} is in the cloud "${found.label}", not in "${asked.label}".`,
      because: say`Every Microsoft cloud has its own sign-in and Graph addresses.`,
      next: say`${inTerminal`Set "cloud": "${found.name}" in the customer file.`.or(say`Set ${fieldWords.cloud} of the customer to "${found.label}".`)}`,
    });
  },

  signedOut(): Failure {
    return fail('TA-SIGNED-OUT', {
      message: say`You have been signed out.`,
      because: say`The sign-in has ended.`,
      next: say`Sign in again.`,
    });
  },

  browserNotOpened(cause: unknown): Failure {
    return fail('TA-NO-BROWSER', {
      message: say`The browser could not be opened.`,
      because: say`This computer has no browser that this tool can start.`,
      next: say`Sign in by device code. You can use a browser on any computer.`,
      cause,
    });
  },

  browserSilent(minutes: number): Failure {
    return fail('TA-BROWSER-SILENT', {
      message: say`No one completed the sign-in in the browser within ${minutes} minutes.`,
      because: say`The page was closed, or the browser could not return to this computer.`,
      next: say`Sign in again. If the browser runs on another computer, sign in by device code.`,
    });
  },

  /** MSAL gave up for a reason of its own; its texts may quote what the service sent, so only its code is kept. */
  signInFailed(code: string): Failure {
    return fail('TA-SIGN-IN-FAILED', {
      message: say`The sign-in did not work (${code.slice(0, 80)}).`,
      because: say`The cause is not known. Microsoft's sign-in library reported an error.`,
      next: say`Sign in again. If it happens again, sign in the other way (device code or browser).`,
    });
  },

  /** A refusal of the login service, the ids of the Conditional Access policies behind it named where it tells them. */
  refused(found: { status: number; body: unknown; requestId?: string | undefined; doing: Words }): Failure {
    const failure = serviceFailure({ service: 'entra', situation: 'sign-in', ...found });
    const ids = policyIds(found.body);
    if (ids.length === 0) return failure;
    const cause = say`${failure.advice.cause} Conditional Access policy: ${ids}.`;
    return failure.retold({ advice: { ...failure.advice, cause } });
  },

  /** A refusal that the browser brought back. It has no HTTP status; the token endpoint would answer 400. */
  refusedInBrowser(body: OAuthRefusal): Failure {
    const failure = serviceFailure({
      service: 'entra',
      status: 400,
      body,
      doing: say`sign in`,
      situation: 'sign-in',
    });
    return failure.retold({
      message: say`Microsoft Entra refused the sign-in in the browser.`,
      status: undefined,
    });
  },
};

/** Who signs in as what: `Microsoft Graph Command Line Tools`, to `Microsoft Graph`. */
export interface Entrance {
  readonly client: string;
  readonly service: string;
}

const aboutEntrance = /^AADSTS(7000112|700016|500014|500011|650051|650052|50105|65001|65004|90094|90095)$/;

/** The same failure; where it is about the application or the service of the sign-in, both are named. */
export function naming(failure: Failure, { client, service }: Entrance): Failure {
  if (!aboutEntrance.test(failure.code)) return failure;
  const cause = say`${failure.advice.cause} You sign in to ${service} with ${client}.`;
  return failure.retold({ advice: { ...failure.advice, cause } });
}

interface Situation {
  readonly message: Words;
  readonly because: Words;
  /** The person in front of the screen unless named. */
  readonly who?: Who;
  readonly next: Words;
  readonly cause?: unknown;
}

function fail(code: string, { message, because, who = 'you', next, cause }: Situation): Failure {
  return new Failure({ code, message, advice: row(because, who, next), doing: say`sign in`, cause });
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
