import { entraAdvice } from './entra.ts';
import type { Advice } from './failure.ts';
import { row } from './row.ts';

/** Errors of the device code flow, clear by themselves. learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code */
export const deviceCodeAdvice = {
  authorization_declined: row(
    'The sign-in was declined on the code page.',
    "the customer's admin",
    'Start the sign-in again. On the code page choose Continue, after checking that application and tenant are the ones expected.',
  ),
  expired_token: row(
    'The code was not entered in time.',
    "the customer's admin",
    'Start again with a new code. A code is good for 15 minutes.',
  ),
  bad_verification_code: row(
    'Entra does not know the device code.',
    'you',
    'Start the sign-in again with a new code.',
  ),
} as const satisfies Readonly<Record<string, Advice>>;

/** By OAuth `error` alone, where the number is unknown. RFC 6749 section 5.2 and RFC 8628 section 3.5. */
export const oauthAdvice = {
  authorization_pending: entraAdvice.AADSTS70016,
  slow_down: row('Entra asks to poll less often.', 'you', 'Wait for the next poll.', 'ours'),
  access_denied: row(
    'The sign-in was refused, by the person or by a policy of the tenant.',
    "the customer's admin",
    'Sign in by browser (--browser). If that is refused too, the sign-in log in Entra names the reason.',
  ),
  interaction_required: row(
    'Entra wants the person to sign in again.',
    "the customer's admin",
    'Sign in again, by browser if a device code is refused.',
  ),
  invalid_grant: row(
    'The sign-in has ended or was withdrawn.',
    'you',
    'Sign in again and run the same command again.',
  ),
  invalid_client: row(
    'The app could not prove who it is: secret or client id is wrong.',
    'you',
    'Compare Client ID and Client Secret with the app registration, or make a new secret.',
  ),
  unauthorized_client: entraAdvice.AADSTS700016,
  invalid_request: entraAdvice.AADSTS900144,
  invalid_scope: entraAdvice.AADSTS900144,
  unsupported_grant_type: entraAdvice.AADSTS900144,
  invalid_resource: entraAdvice.AADSTS500011,
  invalid_tenant: entraAdvice.AADSTS90002,
  invalid_instance: entraAdvice.AADSTS50049,
  server_error: row(
    'Entra has a problem of its own.',
    'Microsoft',
    'Wait some minutes and sign in again.',
    'ours',
  ),
  temporarily_unavailable: row(
    'Entra is too busy.',
    'Microsoft',
    'Wait some minutes and sign in again.',
    'ours',
  ),
} as const satisfies Readonly<Record<string, Advice>>;
