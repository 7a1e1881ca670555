import { fieldWords, Repeat, repeat } from './faces.ts';
import { type Advice, row } from './failure.ts';
import { inTerminal, say } from './say.ts';

const lag = row(
  say`A new object is not known in all of Microsoft's data centres yet.`,
  'you',
  say`Wait five minutes and ${repeat}. It continues where it stopped.`,
  'ours',
);
const slowDown = row(
  say`Microsoft received too many requests in a short time and asks this tool to slow down.`,
  'you',
  say`Wait 15 minutes and ${repeat}.`,
  'ours',
);
const notUnderstood = row(
  say`Microsoft Graph did not understand the request.`,
  'you',
  say`Update this tool. If it fails again, report the code and the request id.`,
);
/** Of the directory's general code: what it refuses stands in its message alone. */
const refusedValue = row(
  say`Microsoft Graph refused a value in the request, or its form. Its code does not say which.`,
  'you',
  say`Read Microsoft's words: they name what was refused. If they do not explain it, report the code, the request id and the version of this tool.`,
);
const outage = row(
  say`Microsoft Graph has a problem.`,
  'Microsoft',
  say`Check https://status.cloud.microsoft, wait five minutes and ${repeat}.`,
  'ours',
);
const alreadyThere = row(say`It already exists.`, 'you', say`${Repeat}. It finds what exists and uses it.`);

const nameTaken = row(
  say`The unique name belongs to another application. A deleted application keeps its name for 30 days.`,
  'you',
  say`${Repeat}. It registers the application under another name. To keep the old client id, restore the old application first: https://entra.microsoft.com, App registrations, Deleted applications.`,
);

const appToken = row(
  say`Microsoft Graph does not accept the token of the app, although Entra has just issued it.`,
  "the customer's admin",
  say`Check the clock of this computer. Then look at https://entra.microsoft.com, Sign-in logs, Service principal sign-ins: a policy may revoke the app's tokens (continuous access evaluation).`,
);
const noSuchSender = row(
  say`Microsoft has no account with the From email address as its user name. It was renamed or deleted, or it is so new that it is not known everywhere yet.`,
  'you',
  say`Look at https://admin.microsoft.com, Users, Active users. If the account was renamed, enter its new user name as From email address in T&A and as ${fieldWords.fromAddress} ${fieldWords.place}. If it is new, wait five minutes and send again.`,
);

/** What any request to Graph may meet, whatever it is about. */
export const sharedAdvice = {
  BadRequest: refusedValue,
  Request_BadRequest: refusedValue,
  RequestBodyRead: notUnderstood,
  Request_UnsupportedQuery: notUnderstood,
  Request_InvalidDataContractVersion: notUnderstood,
  Request_ThrottledTemporarily: slowDown,
  TooManyRequests: slowDown,
  Service_ServiceUnavailable: outage,
  Service_InternalServerError: outage,
} as const satisfies Readonly<Record<string, Advice>>;

/** By code, or `code/situation`. learn.microsoft.com/graph/errors and learn.microsoft.com/graph/resolve-auth-errors */
export const graphAdvice = {
  ...sharedAdvice,
  'Authorization_RequestDenied/look': row(
    say`The account you signed in with cannot read the settings of the tenant.`,
    "the customer's admin",
    say`Sign in with an account that has at least the role Global Reader.`,
  ),
  'Authorization_RequestDenied/register': row(
    say`The account you signed in with cannot register apps or add their service principals in this tenant.`,
    'an Application Administrator',
    say`Sign in with an account that has the role Application Administrator. If the role is only eligible, activate it first at https://entra.microsoft.com, Identity Governance, Privileged Identity Management. After you activate a role, sign in again.`,
  ),
  'Authorization_RequestDenied/grant': row(
    say`The account you signed in with cannot grant Microsoft Graph application permissions. An Application Administrator can register the app but not grant these, and a role that was activated after the sign-in does not count yet.`,
    'a Global or Privileged Role Administrator',
    say`Sign in with an account that has the role Privileged Role Administrator or Global Administrator, and ${repeat}. If you activated the role just now, sign in again too. The registration stays.`,
  ),
  'Authorization_RequestDenied/mail': row(
    say`The app cannot read the sender from the directory. User.Read.All or Directory.Read.All is not granted, or the grant is not known everywhere yet.`,
    'a Global or Privileged Role Administrator',
    say`At https://entra.microsoft.com open App registrations, the app, API permissions, and grant admin consent. After a new grant, wait five minutes.`,
  ),
  Authorization_RequestDenied: row(
    say`The account you signed in with, or the app, is not allowed to do this step.`,
    'a Global or Privileged Role Administrator',
    say`Sign in with an account that has the role Privileged Role Administrator or Global Administrator. If the role is only eligible, activate it first, then sign in again.`,
  ),
  'InvalidAuthenticationToken/mail': appToken,
  'AuthenticationError/mail': appToken,
  'Authorization_IdentityNotFound/mail': row(
    say`The app is so new that not all of Microsoft's data centres know it yet.`,
    'you',
    say`Wait five minutes and send again.`,
    'ours',
  ),
  'Request_ResourceNotFound/mail': noSuchSender,
  'ResourceNotFound/mail': noSuchSender,
  InvalidAuthenticationToken: row(
    say`Your sign-in has expired, or Microsoft does not accept it.`,
    'you',
    say`Sign in again and ${repeat}.`,
  ),
  Authorization_IdentityNotFound: lag,
  AuthenticationError: row(
    say`Microsoft does not accept your sign-in.`,
    'you',
    say`Sign in again and ${repeat}.`,
  ),
  Request_ResourceNotFound: row(
    say`Microsoft does not find the object. It was deleted, or a new one is not known everywhere yet.`,
    'you',
    say`Wait five minutes and ${repeat}. It creates what is missing.`,
    'ours',
  ),
  ResourceNotFound: row(
    say`Microsoft does not find the object. The address, id or domain is wrong, or the object was deleted.`,
    'you',
    say`Check the address at https://admin.microsoft.com, Users, Active users. T&A needs the user name (UPN), not an alias.`,
  ),
  Directory_ObjectNotFound: lag,
  Request_MultipleObjectsWithSameKeyValue: alreadyThere,
  ObjectConflict: alreadyThere,
  Directory_ConcurrencyViolation: lag,
  Directory_BindingRedirection: lag,
  Directory_ReplicaUnavailable: lag,
  Directory_ResultSizeLimitExceeded: notUnderstood,
  Directory_QuotaExceeded: row(
    say`The account or the tenant has reached its limit of directory objects. Deleted apps count for 30 days.`,
    "the customer's admin",
    say`At https://entra.microsoft.com, App registrations, Deleted applications, delete old ones permanently, or sign in as an Application Administrator.`,
  ),
  ServiceTreeValueMissing: row(
    say`A rule of the tenant requires a service management reference for each application. This tool does not set one.`,
    "the customer's admin",
    say`Register an application with that reference at https://entra.microsoft.com, App registrations. Then ${inTerminal`run the set-up with --adopt and its client id`.or(say`use the command "Adopt a Registration…"`)}.`,
  ),
  CredentialTypeNotAllowedAsPerAppPolicy: row(
    say`A policy of the tenant forbids client secrets for apps.`,
    "the customer's admin",
    say`At https://entra.microsoft.com open Enterprise applications, Application policies, "Block password addition", and exempt this app, or allow secrets. You need the role Security Administrator or Global Administrator.`,
  ),
  CredentialInvalidLifetimeAsPerAppPolicy: row(
    say`A policy of the tenant allows only secrets with a shorter lifetime.`,
    'you',
    say`Set ${fieldWords.lifetimeDays} ${fieldWords.place} to what the policy allows (the plan shows it) and ${repeat}.`,
  ),
  SignInAudienceNotAllowedAsPerAppPolicy: row(
    say`A policy of the tenant forbids this kind of app.`,
    "the customer's admin",
    say`Allow single-tenant apps under Enterprise applications, Application policies at https://entra.microsoft.com.`,
  ),
} as const satisfies Readonly<Record<string, Advice>>;

export interface Signature {
  readonly code: string;
  readonly status?: number;
  readonly message: RegExp;
  readonly advice: Advice;
  /** Whether it may be met where an email is sent, too. */
  readonly inMail?: true;
}

/** What Graph says of a name that a live application has, or a deleted one (github.com/microsoftgraph/msgraph-bicep-types/issues/137). */
export const uniqueNameTaken = /same value for property uniqueName already exists/i;

/** Codes whose message decides. Graph's messages are English whatever the tenant's language. */
export const graphSignatures: readonly Signature[] = [
  ...['Request_BadRequest', 'ObjectConflict', 'Request_MultipleObjectsWithSameKeyValue'].map((code) => ({
    code,
    message: uniqueNameTaken,
    advice: nameTaken,
  })),
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
  // Of grants that are gone, and of some that stood: github.com/microsoftgraph/msgraph-sdk-dotnet/issues/968, Apr 2021. So it is looked at again.
  {
    code: 'Request_BadRequest',
    message: /EntitlementGrant being updated or deleted is not found/i,
    advice: {
      ...lag,
      cause: say`Microsoft Graph does not find a permission that was to be removed. It may be gone already.`,
    },
  },
  {
    code: 'Request_BadRequest',
    message: /permission being assigned was not found/i,
    advice: row(
      say`Microsoft Graph in this tenant does not have one of the permissions.`,
      'you',
      say`Correct ${fieldWords.permissions} ${fieldWords.place}. Find the names at https://learn.microsoft.com/graph/permissions-reference.`,
    ),
  },
  {
    code: 'ErrorAccessDenied',
    message: /\[RAOP\]|AppOnly AccessPolicy/i,
    inMail: true,
    advice: row(
      say`An application access policy in Exchange blocks the app from this mailbox.`,
      'an Exchange administrator',
      say`Run Get-ApplicationAccessPolicy in Exchange Online PowerShell and add the sender to the group it names. The change can take more than a day.`,
    ),
  },
  // All of Graph uses this code. A 401 of it without a word is Exchange's.
  {
    code: 'UnknownError',
    status: 401,
    message: /^$/,
    inMail: true,
    advice: row(
      say`Exchange Online refused the token and gave no reason. The mailbox may have no licence, or may not be ready yet.`,
      'an Exchange administrator',
      say`Check the sender's licence at https://admin.microsoft.com. Wait five minutes and send again.`,
    ),
  },
  // github.com/microsoftgraph/microsoft-graph-docs/issues/19788; the list governs Graph too, says the page of Set-OrganizationConfig.
  {
    code: 'ErrorAccessDenied',
    message: /Access to OData is disabled/i,
    inMail: true,
    advice: row(
      say`A setting of the organisation in Exchange blocks this tool, usually EwsApplicationAccessPolicy with a list of user agents. It governs Graph too. T&A has another user agent, so one of the two can be blocked and the other not.`,
      'an Exchange administrator',
      say`Run Get-OrganizationConfig | Format-List Ews* in Exchange Online PowerShell. Allow the user agents of T&A and of this tool (ta-exchange-setup), or remove the restriction with Set-OrganizationConfig. Then send again.`,
    ),
  },
];
