import type { Advice } from './failure.ts';
import { row } from './row.ts';

const lag = row(
  'Microsoft has not yet spread an object that was just made to all its data centres.',
  'you',
  'Wait five minutes and run the same command again. It continues where it stopped.',
  'ours',
);
const slowDown = row(
  'Microsoft asks to slow down: too many requests in a short time.',
  'you',
  'Wait 15 minutes and run the same command again.',
  'ours',
);
const notUnderstood = row(
  'Microsoft Graph did not understand the request.',
  'you',
  'Use the latest version of this tool, or report the code with the request id.',
);
const alreadyThere = row(
  'What was to be made exists already.',
  'you',
  'Run the same command again. It looks at what exists and uses it.',
);

/** By code, or `code/situation`. learn.microsoft.com/graph/errors and learn.microsoft.com/graph/resolve-auth-errors */
export const graphAdvice = {
  'Authorization_RequestDenied/look': row(
    'The signed-in account may not read the settings of the tenant.',
    "the customer's admin",
    'Sign in with an account that holds at least the role Global Reader, or with the Global Administrator.',
  ),
  'Authorization_RequestDenied/register': row(
    'The signed-in account may not register apps in this tenant.',
    'an Application Administrator',
    'Sign in with an account that holds the role Application Administrator. If the role is only eligible, activate it first at https://entra.microsoft.com, Identity Governance, Privileged Identity Management.',
  ),
  'Authorization_RequestDenied/grant': row(
    'The signed-in account may not grant Microsoft Graph application permissions. An Application Administrator may register the app but not grant these.',
    'a Global or Privileged Role Administrator',
    'Sign in with an account that holds the role Privileged Role Administrator or Global Administrator, and run the same command again. What was registered stays.',
  ),
  'Authorization_RequestDenied/mail': row(
    'The app may not read the sender from the directory: User.Read.All or Directory.Read.All is not granted, or not known everywhere yet.',
    'a Global or Privileged Role Administrator',
    'At https://entra.microsoft.com open App registrations, the app, API permissions, and grant admin consent. After a new grant wait some minutes.',
  ),
  Authorization_RequestDenied: row(
    'The signed-in account, or the app, does not have the right for this step.',
    'a Global or Privileged Role Administrator',
    'Sign in with an account that holds the role Privileged Role Administrator or Global Administrator, activated if it is only eligible.',
  ),
  InvalidAuthenticationToken: row(
    'The sign-in has expired or is not accepted.',
    'you',
    'Sign in again and run the same command again.',
  ),
  Authorization_IdentityNotFound: lag,
  AuthenticationError: row(
    'The sign-in is not accepted.',
    'you',
    'Sign in again and run the same command again.',
  ),
  Request_ResourceNotFound: row(
    'Microsoft does not find the object. It may be deleted, or so new that not every data centre knows it.',
    'you',
    'Wait five minutes and run the same command again. It makes anew what is gone.',
    'ours',
  ),
  ResourceNotFound: row(
    'Microsoft does not find the object: the address, id or domain is wrong, or it was deleted.',
    'you',
    'Check the address at https://admin.microsoft.com, Users, Active users. T&A needs the user name (UPN), not an alias.',
  ),
  Directory_ObjectNotFound: lag,
  Request_MultipleObjectsWithSameKeyValue: alreadyThere,
  ObjectConflict: alreadyThere,
  Request_BadRequest: notUnderstood,
  BadRequest: notUnderstood,
  RequestBodyRead: notUnderstood,
  Request_UnsupportedQuery: notUnderstood,
  Request_InvalidDataContractVersion: notUnderstood,
  Directory_ConcurrencyViolation: lag,
  Directory_BindingRedirection: lag,
  Directory_ReplicaUnavailable: lag,
  Directory_ResultSizeLimitExceeded: notUnderstood,
  Directory_QuotaExceeded: row(
    'The account or the tenant has made as many directory objects as it may. Deleted apps count for 30 days.',
    "the customer's admin",
    'At https://entra.microsoft.com, App registrations, Deleted applications, remove old ones for good, or sign in with an Application Administrator.',
  ),
  Request_ThrottledTemporarily: slowDown,
  TooManyRequests: slowDown,
  Service_ServiceUnavailable: row(
    'Microsoft Graph has a problem of its own.',
    'Microsoft',
    'See https://status.cloud.microsoft, wait some minutes and run the same command again.',
    'ours',
  ),
  Service_InternalServerError: row(
    'Microsoft Graph has a problem of its own.',
    'Microsoft',
    'See https://status.cloud.microsoft, wait some minutes and run the same command again.',
    'ours',
  ),
  CredentialTypeNotAllowedAsPerAppPolicy: row(
    'A policy of the tenant forbids client secrets for apps.',
    "the customer's admin",
    'At https://entra.microsoft.com open Enterprise applications, Application policies, "Block password addition", and exempt this app, or allow secrets. This needs the role Security Administrator or Global Administrator.',
  ),
  CredentialInvalidLifetimeAsPerAppPolicy: row(
    'A policy of the tenant allows only secrets with a shorter life.',
    'you',
    'Lower app.secret.lifetimeDays in the customer file to what the policy allows (the plan names it) and run the same command again.',
  ),
  SignInAudienceNotAllowedAsPerAppPolicy: row(
    'A policy of the tenant forbids this kind of app.',
    "the customer's admin",
    'Allow single-tenant apps under Enterprise applications, Application policies at https://entra.microsoft.com.',
  ),
} as const satisfies Readonly<Record<string, Advice>>;

export interface Signature {
  readonly code: string;
  readonly message: RegExp;
  readonly advice: Advice;
}

/** Codes whose message decides. Graph's messages are English whatever the tenant's language. */
export const graphSignatures: readonly Signature[] = [
  { code: 'Request_BadRequest', message: /does not reference a valid application object/i, advice: lag },
  { code: 'Request_BadRequest', message: /not a valid reference update/i, advice: lag },
  // The one 403 that is no missing right: the app is so new that its home tenant is not known yet.
  {
    code: 'Authorization_RequestDenied',
    message: /backing application of the service principal/i,
    advice: lag,
  },
  { code: 'Request_BadRequest', message: /cannot be deleted or updated unless disabled/i, advice: lag },
  { code: 'Request_BadRequest', message: /permission being assigned already exists/i, advice: alreadyThere },
  {
    code: 'Request_BadRequest',
    message: /permission being assigned was not found/i,
    advice: row(
      'Microsoft Graph of this tenant does not offer one of the permissions.',
      'you',
      'Correct app.permissions in the customer file. The names are at https://learn.microsoft.com/graph/permissions-reference.',
    ),
  },
  {
    code: 'ErrorAccessDenied',
    message: /AppOnly AccessPolicy/i,
    advice: row(
      'An application access policy of Exchange keeps the app out of this mailbox.',
      'an Exchange administrator',
      'Run Get-ApplicationAccessPolicy in Exchange Online PowerShell and add the sender to the group it names. It takes 30 minutes or more to work.',
    ),
  },
];
