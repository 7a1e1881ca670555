import { errors, jwtVerify } from 'jose';
import * as z from 'zod/mini';
import type { Caller } from '../caller.ts';
import { GraphFault } from '../graph/answer.ts';
import { graphClientId } from '../graph-permissions.ts';
import { createIds } from '../ids.ts';
import type { Person, State } from '../state.ts';

const userClaims = z.object({
  idtyp: z.literal('user'),
  appid: z.string(),
  oid: z.string(),
  scp: z.string(),
  sid: z.string(),
});
const appClaims = z.object({
  idtyp: z.literal('app'),
  appid: z.string(),
  oid: z.string(),
  roles: z._default(z.array(z.string()), []),
});
const claimsSchema = z.discriminatedUnion('idtyp', [userClaims, appClaims]);

/** Who holds the bearer token. Throws a GraphFault (401 InvalidAuthenticationToken) for every token that Graph refuses. */
export async function readCaller(state: State, authorizationHeader: string | undefined): Promise<Caller> {
  const token = /^Bearer +(.+)$/i.exec(authorizationHeader?.trim() ?? '')?.[1];
  if (!token) throw refused('Access token is empty.');
  const claims = await verified(state, token);
  if (claims.idtyp === 'app') {
    const servicePrincipal = state.servicePrincipals.find(({ id }) => id === claims.oid);
    if (!servicePrincipal) throw refused('Access token validation failure.');
    return { kind: 'app', clientId: claims.appid, servicePrincipal, roles: new Set(claims.roles) };
  }
  const person = state.people.find(({ id }) => id === claims.oid);
  if (!person) throw refused('Access token validation failure.');
  if (isRevoked(state, person, claims.sid)) throw revoked(state);
  return { kind: 'user', clientId: claims.appid, person, scopes: new Set(claims.scp.split(' ')) };
}

function isRevoked(state: State, person: Person, sid: string): boolean {
  if (state.revokesNextSession) {
    state.revokesNextSession = false;
    state.revocations.push(state.clock.now());
  }
  return sid !== sessionId(state, person);
}

/** The `sid` of a token: another one after each revocation. */
export function sessionId({ revocations }: State, person: Person): string {
  return createIds(`${person.id}:${revocations.length}`).guid();
}

/** learn.microsoft.com/entra/identity-platform/app-resilience-continuous-access-evaluation: what a client hands on to the sign-in. */
function revoked({ revocations }: State): GraphFault {
  const value = String(Math.ceil((revocations.at(-1) ?? 0) / 1000));
  const challenge = { access_token: { nbf: { essential: true, value } } };
  const claims = Buffer.from(JSON.stringify(challenge)).toString('base64');
  return refused(
    'Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp',
    `, error="insufficient_claims", claims="${claims}"`,
  );
}

async function verified(state: State, token: string): Promise<z.infer<typeof claimsSchema>> {
  const { publicKey } = await state.signing();
  try {
    const { payload } = await jwtVerify(token, publicKey, {
      algorithms: ['RS256'],
      audience: [`https://${state.cloud.graph}`, `https://${state.cloud.graph}/`, graphClientId],
      currentDate: new Date(state.clock.now()),
    });
    return claimsSchema.parse(payload);
  } catch (cause) {
    throw refused(reasonOf(cause));
  }
}

function reasonOf(cause: unknown): string {
  if (cause instanceof errors.JWTExpired) return 'Access token has expired or is not yet valid.';
  if (cause instanceof errors.JWTClaimValidationFailed) {
    if (cause.claim === 'nbf') return 'Access token has expired or is not yet valid.';
    if (cause.claim === 'aud') return 'Access token validation failure. Invalid audience.';
  }
  if (cause instanceof errors.JWSSignatureVerificationFailed) return 'Access token validation failure.';
  return 'CompactToken parsing failed with error code: 80049217';
}

function refused(message: string, challenge = ''): GraphFault {
  return new GraphFault(401, 'InvalidAuthenticationToken', message, {
    headers: {
      'WWW-Authenticate': `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="${graphClientId}"${challenge}`,
    },
  });
}
