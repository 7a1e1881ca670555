import * as z from 'zod/mini';
import type { Http, HttpRequest, HttpResponse } from '../cloud/http.ts';
import { jsonOrUndefined } from '../json.ts';
import type { Secret } from '../secret.ts';
import { escrowFailures } from './failures.ts';

/**
 * Sends, and where Azure refuses a token because it wants more of the sign-in, mostly a second factor, has that proved and
 * sends once more (learn.microsoft.com/entra/identity-platform/claims-challenge). Azure wants one for each change since
 * October 2025. A refused token did nothing, so asking again is safe.
 */
export function answeringChallenges(http: Http, prove: (claims: string) => Promise<Secret>): Http {
  return {
    async send(request) {
      const answer = await http.send(request);
      const claims = claimsIn(answer);
      if (claims === undefined) return answer;
      const again = await http.send(withToken(request, await prove(claims)));
      if (claimsIn(again) !== undefined) throw escrowFailures.moreThanSignIn(request.doing, again);
      return again;
    },
  };
}

/** The claims as JSON; `undefined` where the answer is no challenge. */
function claimsIn({ status, header }: HttpResponse): string | undefined {
  const [, encoded] = /\bclaims\s*=\s*"([\w+/=-]+)"/i.exec(header('www-authenticate') ?? '') ?? [];
  if (status !== 401 || encoded === undefined) return undefined;
  const claims = Buffer.from(encoded, 'base64').toString('utf8');
  return z.safeParse(z.record(z.string(), z.unknown()), jsonOrUndefined(claims)).success ? claims : undefined;
}

function withToken(request: HttpRequest, token: Secret): HttpRequest {
  const others = Object.entries(request.headers ?? {}).filter(([name]) => !/^authorization$/i.test(name));
  return {
    ...request,
    headers: { ...Object.fromEntries(others), Authorization: `Bearer ${token.reveal()}` },
  };
}
