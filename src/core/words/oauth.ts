import { entraAdvice } from './entra.ts';
import { repeat } from './faces.ts';
import { type Advice, row } from './failure.ts';
import { inTerminal, say } from './say.ts';

/** Errors of the device code flow, clear by themselves. learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code */
export const deviceCodeAdvice = {
  authorization_declined: row(
    say`Someone declined the sign-in on the code page.`,
    "the customer's admin",
    say`Start the sign-in again. On the code page check the application and the tenant, then choose Continue.`,
  ),
  expired_token: row(
    say`The code was not entered in time.`,
    "the customer's admin",
    say`Start again with a new code. A code expires after 15 minutes.`,
  ),
  bad_verification_code: row(
    say`Entra does not know the device code.`,
    'you',
    say`Start the sign-in again with a new code.`,
  ),
  authorization_pending: entraAdvice.AADSTS70016,
  slow_down: row(say`Entra asks this tool to poll less often.`, 'you', say`Wait for the next poll.`, 'ours'),
} as const satisfies Readonly<Record<string, Advice>>;

/** By OAuth `error`, where there is no number. One that is unknown says more than its `error`, which it shares with many. RFC 6749 section 5.2 and RFC 8628 section 3.5. */
export const oauthAdvice = {
  access_denied: row(
    say`You or a policy of the tenant refused the sign-in.`,
    "the customer's admin",
    say`Sign in by browser${inTerminal` (--browser)`}. If that is refused too, find the reason in the sign-in log in Entra.`,
  ),
  interaction_required: row(
    say`Entra requires you to sign in again.`,
    "the customer's admin",
    say`Sign in again. If a device code is refused, sign in by browser.`,
  ),
  invalid_grant: row(say`Your sign-in has ended or was revoked.`, 'you', say`Sign in again and ${repeat}.`),
  invalid_client: row(
    say`The client id or the client secret is wrong.`,
    'you',
    say`Compare Client ID and Client Secret with the app registration, or create a new secret.`,
  ),
  unauthorized_client: entraAdvice.AADSTS700016,
  invalid_request: entraAdvice.AADSTS900144,
  invalid_scope: entraAdvice.AADSTS900144,
  unsupported_grant_type: entraAdvice.AADSTS900144,
  invalid_resource: entraAdvice.AADSTS500011,
  invalid_tenant: entraAdvice.AADSTS90002,
  invalid_instance: entraAdvice.AADSTS50049,
  server_error: entraAdvice.AADSTS90033,
  temporarily_unavailable: row(
    say`Entra is too busy.`,
    'Microsoft',
    say`Wait five minutes and sign in again.`,
    'ours',
  ),
} as const satisfies Readonly<Record<string, Advice>>;
