import { fieldWords, repeat } from './faces.ts';
import { type Advice, row } from './failure.ts';
import { inTerminal, say } from './say.ts';

const newApp = row(
  say`Microsoft does not find the app in this tenant. A new app takes a few minutes to reach all of Microsoft's servers.`,
  'you',
  say`Wait five minutes and ${repeat}. If it fails again, compare Tenant ID and Client ID with App registrations at https://entra.microsoft.com.`,
  'ours',
);
export const ourRequest = row(
  say`Entra does not accept the form of the sign-in request.`,
  'you',
  say`Update this tool. If it fails again, report the code and the request id.`,
);

const defaultScope = say`Set Default Scope in T&A to https://graph.microsoft.com/.default, or to the one of your cloud.`;

/** What T&A's app meets when it asks for its own token, where no one signs in. Numbers as in `entraAdvice`. */
export const appAdvice = {
  AADSTS7000215: row(
    say`Entra did not accept the client secret. A new secret takes a few minutes to reach all of Entra's servers. An older one was deleted, was not copied in full, or is the secret ID instead of the value.`,
    'you',
    say`If the secret is new, wait two minutes and try again. Otherwise run the set-up again: it creates a new secret if Entra refuses the one in the preferences file. Then enter the new value in T&A.`,
    'ours',
  ),
  AADSTS7000222: row(
    say`The client secret has expired. Entra can also say so by mistake in the first minutes of a new secret.`,
    'you',
    say`If the secret is new, wait two minutes and try again. Otherwise renew the secret, and enter the new value in T&A.`,
    'ours',
  ),
  AADSTS7000229: row(
    say`The app has no service principal (enterprise application) in this tenant, or a new one is not known everywhere yet.`,
    'you',
    say`Wait five minutes and run the set-up again. It creates what is missing.`,
    'ours',
  ),
  AADSTS7000112: row(
    say`Sign-in to the app of T&A is disabled in this tenant.`,
    'an Application Administrator',
    say`At https://entra.microsoft.com open Enterprise applications, the app of T&A, Properties, and set "Enabled for users to sign-in?" to Yes.`,
  ),
  AADSTS500014: row(
    say`Microsoft Graph is disabled in this tenant. An administrator disabled it, or a subscription has ended.`,
    'an Application Administrator',
    say`At https://entra.microsoft.com open Enterprise applications, Microsoft Graph, Properties, and set "Enabled for users to sign-in?" to Yes. If the list does not show it, set the filter "Application type" to Microsoft Applications.`,
  ),
  AADSTS700016: newApp,
  AADSTS700038: row(
    say`The Client ID is not a valid application id.`,
    'you',
    say`Correct the Client ID in the preferences.`,
  ),
  AADSTS90002: row(
    say`Entra does not find this tenant in this cloud.`,
    'you',
    say`Check the domain or Tenant ID. For US Government or China, set ${fieldWords.cloud} ${fieldWords.place}.`,
  ),
  AADSTS900144: ourRequest,
  AADSTS90013: row(
    say`Entra does not accept a value in the sign-in request.`,
    'you',
    say`Compare the Tenant ID, the Client ID and the API Endpoints with those in Entra and in the T&A article. If they are right, report the code and the request id.`,
  ),
  AADSTS7000216: row(
    say`The app asked for a token without its client secret.`,
    'you',
    say`Enter the client secret in the preferences, and in T&A.`,
  ),
  AADSTS70003: ourRequest,
  AADSTS70011: ourRequest,
  AADSTS1002012: row(say`The scope of an app must end in /.default.`, 'you', defaultScope),
  'AADSTS70011/mail': row(say`Entra does not accept the Default Scope.`, 'you', defaultScope),
  AADSTS50194: row(
    say`The app belongs to one tenant, and the sign-in does not name it.`,
    'you',
    say`Enter the Tenant ID in place of the domain ${fieldWords.place}, and in the Token Endpoint in T&A.`,
  ),
  AADSTS50049: row(
    say`Entra does not know this sign-in host.`,
    'you',
    say`Check ${fieldWords.cloud} ${fieldWords.place}.`,
  ),
  AADSTS50196: row(
    say`Entra received the same request too often and stopped answering it.`,
    'you',
    say`Wait 15 minutes and start again.`,
    'ours',
  ),
  AADSTS90055: row(
    say`The tenant has more sign-ins than Entra allows.`,
    'you',
    say`Wait 15 minutes and start again.`,
    'ours',
  ),
  'AADSTS500011/mail': row(
    say`The tenant does not have Microsoft Graph, or the Default Scope names another service.`,
    "the customer's admin",
    say`Check that the tenant has Microsoft 365 with Exchange Online, and set Default Scope in T&A back to its original value.`,
  ),
  'AADSTS53003/mail': row(
    say`A Conditional Access policy for workload identities blocked the app.`,
    "the customer's admin",
    say`Find the policy at https://entra.microsoft.com, Sign-in logs, Service principal sign-ins, and let it allow the app of T&A from the place where T&A runs.`,
  ),
} as const satisfies Readonly<Record<string, Advice>>;

const blocked = row(
  say`A Conditional Access policy of the tenant blocked the sign-in. Many tenants block sign-in by device code.`,
  "the customer's admin",
  say`Sign in by browser${inTerminal`: choose the browser sign-in, or add --browser`}. If that is blocked too, find the policy in the sign-in log in Entra. Do not turn it off.`,
);
const device = row(
  say`A Conditional Access policy requires a managed or joined device. A sign-in by device code cannot prove one.`,
  "the customer's admin",
  say`Sign in by browser on a managed device${inTerminal`: choose the browser sign-in, or add --browser on the command line`}.`,
);
const platform = row(
  say`A Conditional Access policy does not allow a sign-in from the platform of this device.`,
  "the customer's admin",
  say`Sign in by browser${inTerminal` (--browser)`} on a device whose platform the policy allows.`,
);
const securityDefaults = row(
  say`The tenant's security defaults blocked the sign-in.`,
  "the customer's admin",
  say`Sign in by browser${inTerminal` (--browser)`} and complete the second factor.`,
);
const secondFactor = row(
  say`This account needs a second factor, or has to set one up.`,
  "the customer's admin",
  say`Sign in by browser${inTerminal` (--browser)`}, or register at https://aka.ms/mfasetup first, then sign in again.`,
);
const confirmation = row(
  say`Entra requires you to confirm the sign-in on its own page. A sign-in by device code cannot do that.`,
  "the customer's admin",
  say`Sign in by browser${inTerminal`: choose the browser sign-in, or add --browser`}.`,
);

/** Refusals by a policy of the tenant, most of which a device code can never satisfy and a browser may. */
export const policyAdvice = {
  AADSTS53003: blocked,
  AADSTS53002: blocked,
  AADSTS53009: blocked,
  AADSTS530021: blocked,
  AADSTS530032: blocked,
  AADSTS50131: blocked,
  AADSTS53000: device,
  AADSTS53001: device,
  AADSTS50097: device,
  AADSTS50005: platform,
  AADSTS50129: device,
  AADSTS530035: securityDefaults,
  AADSTS50072: secondFactor,
  AADSTS50074: secondFactor,
  AADSTS50076: secondFactor,
  AADSTS50078: secondFactor,
  AADSTS50079: secondFactor,
  AADSTS50158: secondFactor,
  AADSTS50199: confirmation,
} as const satisfies Readonly<Record<string, Advice>>;

/** Whether a sign-in by browser may pass where this refused a device code. */
export const browserMayWork = (code: string): boolean => Object.hasOwn(policyAdvice, code);
