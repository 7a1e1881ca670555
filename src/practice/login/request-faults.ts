import { HTTPException } from 'hono/http-exception';
import { OAuthFault } from './oauth-fault.ts';

/** Entra would answer; a refusal of Entra's in its place would be wrong. */
export const notPlayedAtSignIn = (what: string): HTTPException =>
  new HTTPException(501, { message: `The practice tenant does not play ${what}.\n` });

const withUri = { uri: true } as const;

/** What may be wrong with a request: its tenant, client, secret, scope, redirect. Texts as Entra sends them. */
export const requestFaults = {
  unknownTenant: (tenant: string, error = 'invalid_request') =>
    new OAuthFault(
      400,
      error,
      90002,
      `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
    ),
  consumersOnly: (appId: string, name: string) =>
    new OAuthFault(
      400,
      'invalid_request',
      9002346,
      `Application '${appId}'(${name}) is configured for use by Azure Active Directory users only. Please do not use the /consumers endpoint to serve this request.`,
    ),
  unknownInstance: () => new OAuthFault(400, 'invalid_instance', 50049, 'Unknown or invalid instance.'),
  missingParameter: (name: string) =>
    new OAuthFault(
      400,
      'invalid_request',
      900144,
      `The request body must contain the following parameter: '${name}'.`,
    ),
  unsupportedGrant: (grant: string) =>
    new OAuthFault(
      400,
      'unsupported_grant_type',
      70003,
      `The app requested an unsupported grant type '${grant}'.`,
    ),
  unknownApplication: (appId: string, tenantName: string) =>
    new OAuthFault(
      400,
      'unauthorized_client',
      700016,
      `Application with identifier '${appId}' was not found in the directory '${tenantName}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
      withUri,
    ),
  invalidApplicationId: (appId: string) =>
    new OAuthFault(400, 'unauthorized_client', 700038, `${appId} is not a valid application identifier.`),
  singleTenantOnly: (appId: string, name: string) =>
    new OAuthFault(
      400,
      'unauthorized_client',
      50194,
      `Application '${appId}'(${name}) is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such apps created after '10/15/2018'. Use a tenant-specific endpoint or configure the application to be multi-tenant.`,
    ),
  missingServicePrincipal: (appId: string, tenantId: string) =>
    new OAuthFault(
      401,
      'invalid_client',
      7000229,
      `The client application ${appId} is missing service principal in the tenant ${tenantId}. See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119`,
    ),
  disabledApplication: (appId: string, name: string) =>
    new OAuthFault(400, 'unauthorized_client', 7000112, `Application '${appId}'(${name}) is disabled.`),
  wrongSecret: (appId: string) =>
    new OAuthFault(
      401,
      'invalid_client',
      7000215,
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${appId}'.`,
      withUri,
    ),
  expiredSecret: (appId: string) =>
    new OAuthFault(
      401,
      'invalid_client',
      7000222,
      `The provided client secret keys for app '${appId}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.`,
      withUri,
    ),
  missingSecret: () =>
    new OAuthFault(
      401,
      'invalid_client',
      7000216,
      "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
      withUri,
    ),
  notPublic: () =>
    new OAuthFault(
      401,
      'invalid_client',
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
      withUri,
    ),
  publicWithSecret: () =>
    new OAuthFault(
      401,
      'invalid_client',
      700025,
      "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
    ),
  invalidScope: (scope: string) =>
    new OAuthFault(
      400,
      'invalid_scope',
      70011,
      `The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid.`,
    ),
  twoResources: (scope: string) =>
    new OAuthFault(
      400,
      'invalid_request',
      28000,
      `Provided value for the input parameter scope is not valid because it contains more than one resource. Scope ${scope} is not valid.`,
    ),
  notDefaultScope: (scope: string) =>
    new OAuthFault(
      400,
      'invalid_scope',
      1002012,
      `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
    ),
  unknownResource: (resource: string, tenantId: string) =>
    new OAuthFault(
      400,
      'invalid_resource',
      500011,
      `The resource principal named ${resource} was not found in the tenant named ${tenantId}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`,
      withUri,
    ),
  unregisteredRedirect: (redirect: string, appId: string) =>
    new OAuthFault(
      400,
      'invalid_request',
      50011,
      `The redirect URI '${redirect}' specified in the request does not match the redirect URIs configured for the application '${appId}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal. Navigate to https://aka.ms/redirectUriMismatchError to learn more about how to fix this.`,
    ),
  noReplyAddress: () =>
    new OAuthFault(400, 'invalid_request', 500113, 'No reply address is registered for the application.'),
  unsupportedResponseType: (asked: string) =>
    new OAuthFault(
      400,
      'unsupported_response_type',
      70005,
      `The app requested an unsupported response type '${asked}' when requesting a token.`,
    ),
  /** learn.microsoft.com/entra/identity-platform/reference-error-codes: it is of the endpoints before v2.0. */
  resourceParameter: () =>
    new OAuthFault(400, 'invalid_request', 901002, "The 'resource' request parameter is not supported."),
  weakChallenge: () =>
    new OAuthFault(
      400,
      'invalid_request',
      501491,
      'Invalid size of Code_Challenge parameter: only the S256 method is supported here.',
    ),
} satisfies Record<string, (...args: string[]) => OAuthFault>;
