import type { Advice } from './failure.ts';
import { row } from './row.ts';

const consent = row(
  'The application that signs in here has not been approved in this tenant.',
  'a Global or Privileged Role Administrator',
  'Sign in again with a Global Administrator and accept the page "Permissions requested" for Microsoft Graph Command Line Tools.',
);
const device = row(
  'A Conditional Access policy wants a managed or joined device. A device code sign-in can never show one.',
  "the customer's admin",
  'Sign in by browser on a managed device: choose the browser sign-in, or add --browser on the command line.',
);
const secondFactor = row(
  'A second factor is needed or must be set up for this account.',
  "the customer's admin",
  'Sign in by browser (--browser), or register at https://aka.ms/mfasetup first, then sign in again.',
);
const password = row(
  'User name or password was not accepted.',
  "the customer's admin",
  'Sign in again with the right account. A forgotten password is reset at https://aka.ms/sspr.',
);
const newApp = row(
  'Microsoft does not find the app in this tenant. A new app is not known everywhere at once.',
  'you',
  'Wait some minutes and run the same command again. If it stays so, compare Tenant ID and Client ID with https://entra.microsoft.com, App registrations.',
  'ours',
);
const disabledResource = row(
  'The tenant does not have the service that the sign-in is for, or it is just being set up.',
  "the customer's admin",
  'Check that the tenant has Microsoft 365 with Exchange Online, wait some minutes and sign in again.',
);
const ourRequest = row(
  'The sign-in request was not formed as Entra wants it.',
  'you',
  'Use the latest version of this tool, or report the code with the request id.',
);

/** By `AADSTS` number, learn.microsoft.com/entra/identity-platform/reference-error-codes, and by suberror. */
export const entraAdvice = {
  consent_required: consent,
  AADSTS7000215: row(
    'The client secret was not accepted. A secret that was created minutes ago may not be known everywhere yet; otherwise it was deleted, or its text is not the whole value, or it is the secret ID.',
    'you',
    'If the secret is new, wait two minutes and try again. Otherwise run the set-up again: it tries the secret in the preferences file, and where Entra refuses it creates a new one. Then enter the new value in T&A.',
    'ours',
  ),
  AADSTS7000222: row(
    'The client secret has expired. In the first minutes of a new secret Entra may say so by mistake.',
    'you',
    'If the secret is new, wait two minutes and try again. Otherwise run the set-up again: it creates a new secret. Then enter the new value in T&A.',
    'ours',
  ),
  AADSTS7000218: row(
    'Entra wants a secret, as the app is not allowed to sign in people.',
    'you',
    'Use the default client id for the sign-in, or allow public client flows under App registrations, Authentication.',
  ),
  AADSTS7000229: row(
    'The app has no service principal (enterprise application) in this tenant, or it is too new to be known everywhere.',
    'you',
    'Wait some minutes and run the onboarding again. It creates what is missing.',
    'ours',
  ),
  AADSTS7000112: row(
    'The app is switched off in this tenant.',
    'an Application Administrator',
    'At https://entra.microsoft.com open Enterprise applications, the app, Properties, and set "Enabled for users to sign in" to Yes.',
  ),
  AADSTS700016: newApp,
  AADSTS700038: row(
    'The Client ID is not a valid application id.',
    'you',
    'Correct the Client ID in the preferences.',
  ),
  AADSTS90002: row(
    'Entra knows no such tenant in this cloud.',
    'you',
    'Check the domain or Tenant ID. A US Government or China tenant needs its own cloud in the customer file.',
  ),
  AADSTS900144: ourRequest,
  AADSTS70003: ourRequest,
  AADSTS70011: ourRequest,
  AADSTS1002012: row(
    'The scope is not one for an app: it must end in /.default.',
    'you',
    'Set Default Scope in T&A to https://graph.microsoft.com/.default, or that of your cloud.',
  ),
  AADSTS500011: disabledResource,
  AADSTS53003: row(
    'A Conditional Access policy of the tenant blocked the sign-in. Many tenants block device codes.',
    "the customer's admin",
    'Sign in by browser: choose the browser sign-in, or add --browser. If that is blocked too, the sign-in log in Entra names the policy. Do not switch it off.',
  ),
  AADSTS53000: device,
  AADSTS53001: device,
  AADSTS50097: device,
  AADSTS530035: row(
    'Security defaults of the tenant blocked the sign-in.',
    "the customer's admin",
    'Sign in by browser (--browser) and complete the second factor.',
  ),
  AADSTS50076: secondFactor,
  AADSTS50079: secondFactor,
  AADSTS65001: consent,
  AADSTS65004: row(
    'The consent page was cancelled.',
    "the customer's admin",
    'Sign in again and choose Accept on the page "Permissions requested".',
  ),
  AADSTS65002: row(
    'The client id used for the sign-in may not ask for Microsoft Graph permissions.',
    'you',
    'Use the default client id, Microsoft Graph Command Line Tools.',
  ),
  AADSTS90094: consent,
  AADSTS90095: row(
    'The tenant has a review for consent requests, and this one was handed in.',
    'a Global or Privileged Role Administrator',
    'Approve it at https://entra.microsoft.com, Enterprise applications, Admin consent requests, then sign in again.',
  ),
  AADSTS50020: row(
    'The account belongs to another tenant and is no guest in this one.',
    "the customer's admin",
    "Sign in with an account of the customer's own tenant.",
  ),
  AADSTS50105: row(
    'The tenant lets only chosen people use the application that signs in here.',
    "the customer's admin",
    'At https://entra.microsoft.com open Enterprise applications, Microsoft Graph Command Line Tools, Users and groups, and add the account.',
  ),
  AADSTS50126: password,
  AADSTS50034: password,
  AADSTS50053: row(
    'The account is locked after too many attempts, or its address is blocked.',
    "the customer's admin",
    'Wait 15 minutes or use another admin account.',
  ),
  AADSTS50057: row('The account is disabled.', "the customer's admin", 'Sign in with another admin account.'),
  AADSTS50055: row(
    'The password has expired.',
    "the customer's admin",
    'Set a new password at https://myaccount.microsoft.com, then sign in again.',
  ),
  AADSTS50058: row('The browser holds no sign-in.', "the customer's admin", 'Start the sign-in again.'),
  AADSTS50194: row(
    'The app is for one tenant only, and the sign-in did not name it.',
    'you',
    'Put the Tenant ID in the customer file, and in T&A use it in the Token Endpoint.',
  ),
  AADSTS50049: row('Entra does not know this sign-in host.', 'you', 'Check the cloud in the customer file.'),
  AADSTS50196: row(
    'Entra saw the same request too often and stopped answering it.',
    'you',
    'Wait 15 minutes and start again.',
    'ours',
  ),
  AADSTS90055: row(
    'The tenant gets more sign-ins than Entra allows.',
    'you',
    'Wait 15 minutes and start again.',
    'ours',
  ),
  AADSTS500113: row(
    'The app has no reply address, which it does not need. The consent itself was recorded.',
    'you',
    'Close the page and run the same command again.',
  ),
  AADSTS650051: disabledResource,
  AADSTS650052: disabledResource,
  AADSTS650056: row(
    'The app asks for no permission that can be consented to.',
    'you',
    'Run the onboarding again. It sets the permissions of the app.',
  ),
  AADSTS700025: row(
    'The client id used for the sign-in must not send a secret.',
    'you',
    'Use the default client id for the sign-in.',
  ),
  AADSTS9001023: row(
    'The address of the sign-in does not name the tenant.',
    'you',
    'Put the Tenant ID in the customer file and sign in again.',
  ),
  AADSTS70018: row('The device code is not valid.', 'you', 'Start the sign-in again with a new code.'),
  AADSTS70019: row('The device code has expired.', "the customer's admin", 'Start again with a new code.'),
  AADSTS70020: row('The device code has expired.', "the customer's admin", 'Start again with a new code.'),
  AADSTS90119: row(
    'No code was entered.',
    "the customer's admin",
    'Start again and enter the code as shown.',
  ),
  AADSTS90120: row('The code was used already.', 'you', 'Start the sign-in again with a new code.'),
  AADSTS70016: row(
    'The code has not been entered yet.',
    "the customer's admin",
    'Enter the code on the page shown.',
    'ours',
  ),
} as const satisfies Readonly<Record<string, Advice>>;
