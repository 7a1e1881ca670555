import { appAdvice, ourRequest, policyAdvice } from './entra-app.ts';
import { fieldWords, repeat } from './faces.ts';
import { type Advice, row } from './failure.ts';
import { inTerminal, say } from './say.ts';

const consent = row(
  say`This tenant has not approved the application that you sign in with.`,
  'an Application Administrator',
  say`Sign in again as a Global or Application Administrator and accept the page "Permissions requested". Leave "Consent on behalf of your organization" unticked.`,
);
const otherTenant = row(
  say`The account belongs to another tenant and is not a guest in this one.`,
  "the customer's admin",
  say`Sign in with an account of the customer's own tenant.`,
);
const noReplyAddress = row(
  say`The app has no reply address and needs none. The page shows this after you accept, when the consent is usually recorded already.`,
  'you',
  say`Close the page and ${repeat}. It checks whether the consent is recorded. If it is not, use the button "Grant admin consent" at https://entra.microsoft.com, Enterprise applications, the app, Permissions.`,
);
const password = row(
  say`Entra did not accept the user name or password.`,
  "the customer's admin",
  say`Sign in again. Reset a forgotten password at https://aka.ms/sspr.`,
);
const noAccount = row(
  say`Entra finds no account with this user name in the tenant.`,
  "the customer's admin",
  say`Sign in again with the user name of an account of the customer's own tenant.`,
);
/** This and the codes around it: learn.microsoft.com/entra/identity-platform/reference-error-codes, read Nov 2026. */
const riskAtHome = row(
  say`The account belongs to another organization, where Entra has blocked it because of a risk.`,
  "the customer's admin",
  say`Sign in with an account of the customer's own tenant. To use this one, its own organization has to clear the risk.`,
);
const entraProblem = row(
  say`Microsoft Entra has a problem.`,
  'Microsoft',
  say`Wait five minutes and sign in again.`,
  'ours',
);
const disabledResource = row(
  say`The tenant does not have the service that you sign in for, or Microsoft is still setting it up.`,
  "the customer's admin",
  say`Check that the tenant has Microsoft 365 with Exchange Online. Wait five minutes and sign in again.`,
);
const signInEnded = row(
  say`Your sign-in has ended: it expired, was used already or was revoked, for example by a new password.`,
  'you',
  say`Sign in again and ${repeat}.`,
);
const replyAddress = row(
  say`The application that you sign in with has another reply address.`,
  'an Application Administrator',
  say`At https://entra.microsoft.com open App registrations, that application, Authentication, and add the platform "Mobile and desktop applications" with http://localhost. Then sign in again.`,
);

/**
 * By `AADSTS` number, learn.microsoft.com/entra/identity-platform/reference-error-codes, and by suberror. With `/sign-in`: what it
 * means where a person signs in, for numbers that mean another application there than where T&A does. With `/mail`: where
 * T&A's app asks for its token.
 */
export const entraAdvice = {
  ...policyAdvice,
  ...appAdvice,
  consent_required: consent,
  AADSTS7000218: row(
    say`Entra asks for a secret because the app does not allow public client flows.`,
    'you',
    say`Sign in with the default client id, or allow public client flows: App registrations, the app, Authentication.`,
  ),
  'AADSTS7000112/sign-in': row(
    say`Sign-in to the application that you sign in with is disabled in this tenant.`,
    'an Application Administrator',
    say`At https://entra.microsoft.com open Enterprise applications, that application, Properties, and set "Enabled for users to sign-in?" to Yes. If the list does not show it, set the filter "Application type" to Microsoft Applications.`,
  ),
  'AADSTS500014/sign-in': row(
    say`The service that you sign in to is disabled in this tenant. An administrator disabled it, or a subscription has ended.`,
    'an Application Administrator',
    say`At https://entra.microsoft.com open Enterprise applications, that service, Properties, and set "Enabled for users to sign-in?" to Yes. If the list does not show it, set the filter "Application type" to Microsoft Applications.`,
  ),
  'AADSTS700016/sign-in': row(
    say`This tenant, or its cloud, does not have the application that you sign in with.`,
    'you',
    say`Check the tenant and ${fieldWords.cloud} ${fieldWords.place}. If both are right, register an application of your own for the sign-in and give its client id: ${inTerminal`--sign-in-client-id on the command line, `}taExchange.signIn.clientId in VS Code.`,
  ),
  AADSTS500011: disabledResource,
  AADSTS65001: consent,
  AADSTS65004: row(
    say`The consent page was cancelled.`,
    "the customer's admin",
    say`Sign in again and choose Accept on the page "Permissions requested".`,
  ),
  AADSTS65002: row(
    say`The client id that you sign in with cannot ask for Microsoft Graph permissions.`,
    'you',
    say`Sign in with the default client id, Microsoft Graph Command Line Tools.`,
  ),
  AADSTS90094: consent,
  AADSTS90095: row(
    say`An administrator of the tenant has to review this consent request.`,
    'a Global or Privileged Role Administrator',
    say`Approve it at https://entra.microsoft.com, Enterprise applications, Admin consent requests, then sign in again.`,
  ),
  AADSTS16000: otherTenant,
  AADSTS16003: otherTenant,
  AADSTS50014: otherTenant,
  AADSTS50020: otherTenant,
  AADSTS51004: otherTenant,
  AADSTS90072: otherTenant,
  AADSTS50105: row(
    say`Only assigned users can sign in with this application.`,
    "the customer's admin",
    say`At https://entra.microsoft.com open Enterprise applications, the application that you sign in with, Users and groups, and add the account.`,
  ),
  AADSTS50126: password,
  AADSTS50034: noAccount,
  AADSTS50053: row(
    say`The account is locked after too many attempts, or its IP address is blocked.`,
    "the customer's admin",
    say`Wait 15 minutes, or sign in with another administrator account.`,
  ),
  AADSTS50057: row(
    say`The account is disabled.`,
    "the customer's admin",
    say`Sign in with another administrator account.`,
  ),
  AADSTS53004: row(
    say`The account has to register for multi-factor authentication, and Entra does not let it do so in a sign-in that looks risky.`,
    "the customer's admin",
    say`Register at https://aka.ms/mfasetup from a place and a device that the organization knows. Then sign in again.`,
  ),
  AADSTS53010: row(
    say`The organization lets accounts set up multi-factor authentication from certain places or devices only.`,
    "the customer's admin",
    say`Register at https://aka.ms/mfasetup from such a place or device. Then sign in again.`,
  ),
  AADSTS53011: riskAtHome,
  AADSTS530034: riskAtHome,
  AADSTS50055: row(
    say`The password has expired.`,
    "the customer's admin",
    say`Set a new password at https://myaccount.microsoft.com, then sign in again.`,
  ),
  AADSTS50058: row(
    say`You are not signed in in this browser.`,
    "the customer's admin",
    say`Start the sign-in again.`,
  ),
  AADSTS500113: noReplyAddress,
  AADSTS900971: noReplyAddress,
  AADSTS650051: row(
    say`Entra is still adding the application that you sign in with to this tenant, or has added only a part of it.`,
    'an Application Administrator',
    say`Wait five minutes and sign in again. If that fails too, look for the application at https://entra.microsoft.com, Enterprise applications: delete it if it is listed there, then sign in again.`,
  ),
  AADSTS650052: disabledResource,
  AADSTS650056: row(
    say`The app asks for no permission that anyone can consent to.`,
    'you',
    say`Run the set-up again. It sets the permissions of the app.`,
  ),
  AADSTS700025: row(
    say`The client id that you sign in with must not send a secret.`,
    'you',
    say`Sign in with the default client id.`,
  ),
  AADSTS9001023: row(
    say`The sign-in address does not name the tenant.`,
    'you',
    say`Enter the Tenant ID in place of the domain ${fieldWords.place} and sign in again.`,
  ),
  AADSTS50173: signInEnded,
  AADSTS70008: signInEnded,
  AADSTS54005: signInEnded,
  AADSTS50089: signInEnded,
  AADSTS50132: signInEnded,
  AADSTS50133: signInEnded,
  AADSTS70043: signInEnded,
  AADSTS700082: signInEnded,
  AADSTS50033: entraProblem,
  AADSTS90006: entraProblem,
  AADSTS90024: entraProblem,
  AADSTS90033: entraProblem,
  AADSTS50011: replyAddress,
  AADSTS500112: replyAddress,
  AADSTS9002313: ourRequest,
  AADSTS28000: ourRequest,
  AADSTS501491: ourRequest,
  AADSTS501481: ourRequest,
  AADSTS9002346: row(
    say`The application that you sign in with is for personal Microsoft accounts only.`,
    'you',
    say`Sign in with the default client id.`,
  ),
  AADSTS70018: row(say`The device code is not valid.`, 'you', say`Start the sign-in again with a new code.`),
  AADSTS70019: row(
    say`The device code has expired.`,
    "the customer's admin",
    say`Start again with a new code.`,
  ),
  AADSTS70020: row(
    say`The device code has expired.`,
    "the customer's admin",
    say`Start again with a new code.`,
  ),
  AADSTS90119: row(
    say`No code was entered.`,
    "the customer's admin",
    say`Start again and enter the code as shown.`,
  ),
  AADSTS90120: row(
    say`The code has already been used.`,
    'you',
    say`Start the sign-in again with a new code.`,
  ),
  AADSTS70016: row(
    say`The code has not been entered yet.`,
    "the customer's admin",
    say`Enter the code on the page shown.`,
    'ours',
  ),
} as const satisfies Readonly<Record<string, Advice>>;
