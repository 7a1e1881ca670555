import { createHash } from 'node:crypto';
import { urlSafe } from '../ids.ts';
import type { AuthorizationCode, DelegatedSession, State } from '../state.ts';
import type { Client } from './clients.ts';
import type { PostedForm } from './form.ts';
import { requestFaults } from './request-faults.ts';
import { signInFaults } from './sign-in-faults.ts';

const lifeMs = 600_000;

export function issueAuthorizationCode(
  state: State,
  session: DelegatedSession,
  asked: { redirectUri: string; codeChallenge: string | undefined; nonce: string | undefined },
): string {
  const code = `1.${state.ids.text(100, urlSafe)}`;
  state.authorizationCodes.push({
    ...asked,
    code,
    session,
    expiresAt: state.clock.now() + lifeMs,
    used: false,
  });
  return code;
}

/** Throws for a code that is unknown, used, expired, or another request's. */
export function redeemAuthorizationCode(state: State, form: PostedForm, client: Client): AuthorizationCode {
  if (!form.code) throw requestFaults.missingParameter('code');
  const known = state.authorizationCodes.find(({ code }) => code === form.code);
  if (!known || known.session.clientId !== client.appId) throw signInFaults.malformedGrant();
  if (known.used) throw signInFaults.usedCode();
  if (known.expiresAt <= state.clock.now()) throw signInFaults.expiredCode();
  const redirectUri = form.redirect_uri ?? '';
  if (redirectUri !== known.redirectUri) throw signInFaults.otherRedirect(redirectUri, known.redirectUri);
  if (known.codeChallenge !== undefined) checkVerifier(form.code_verifier, known.codeChallenge);
  known.used = true;
  return known;
}

function checkVerifier(verifier: string | undefined, challenge: string): void {
  if (!verifier) throw requestFaults.missingParameter('code_verifier');
  if (createHash('sha256').update(verifier).digest('base64url') !== challenge)
    throw signInFaults.wrongVerifier();
}
