import { OAuthFault } from './oauth-fault.ts';

/** What may become of a person's sign-in: device code, consent, authorization code. Texts as Entra sends them. */
export const signInFaults = {
  pending: () =>
    new OAuthFault(
      400,
      'authorization_pending',
      70016,
      'OAuth 2.0 device flow error. Authorization is pending. Continue polling.',
      { uri: true },
    ),
  // RFC 8628, 3.5. Entra does not document it; clients have to stand it all the same.
  slowDown: () =>
    new OAuthFault(400, 'slow_down', 70016, 'OAuth 2.0 device flow error. The client polls too often.'),
  requestLoop: () =>
    new OAuthFault(
      400,
      'invalid_request',
      50196,
      'The server terminated an operation because it encountered a client request loop. Please contact your app vendor.',
    ),
  declined: () =>
    new OAuthFault(
      400,
      'authorization_declined',
      70018,
      'OAuth 2.0 device flow error. The end user has denied the authorization request.',
    ),
  badDeviceCode: () =>
    new OAuthFault(
      400,
      'bad_verification_code',
      70018,
      'Invalid verification code due to user typing in wrong user code for device code flow. Authorization is not approved.',
    ),
  expiredDeviceCode: () =>
    new OAuthFault(
      400,
      'expired_token',
      70020,
      "The provided value for the input parameter 'device_code' is not valid. This device code has expired.",
    ),
  blockedByPolicy: (policyId: string) =>
    new OAuthFault(
      400,
      'invalid_grant',
      53003,
      'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
      {
        suberror: 'message_only',
        claims: JSON.stringify({ access_token: { capolids: { essential: true, values: [policyId] } } }),
      },
    ),
  notConsented: (appId: string, name: string) =>
    new OAuthFault(
      400,
      'invalid_grant',
      65001,
      `The user or administrator has not consented to use the application with ID '${appId}' named '${name}'. Send an interactive authorization request for this user and resource.`,
      { suberror: 'consent_required' },
    ),
  notPreauthorized: (appId: string, name: string, resourceId: string) =>
    new OAuthFault(
      400,
      'invalid_request',
      65002,
      `Consent between first party application '${appId}' (${name}) and first party resource '${resourceId}' must be configured via preauthorization - applications owned and operated by Microsoft must get approval from the API owner before requesting tokens for that API.`,
    ),
  consentDeclined: () =>
    new OAuthFault(400, 'access_denied', 65004, 'User declined to consent to access the app.'),
  adminConsentNeeded: (name: string, tenantName: string) =>
    new OAuthFault(
      400,
      'access_denied',
      90094,
      `An administrator of ${tenantName} has set a policy that prevents you from granting ${name} the permissions it is requesting. Contact an administrator of ${tenantName}, who can grant permissions to this application on your behalf.`,
    ),
  accountDisabled: () => new OAuthFault(400, 'invalid_grant', 50057, 'The user account is disabled.'),
  revokedGrant: (issued: string, validFrom: string) =>
    new OAuthFault(
      400,
      'invalid_grant',
      50173,
      `The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password. The grant was issued on '${issued}' and the TokensValidFrom date (before which tokens are not valid) for this user is '${validFrom}'.`,
      { suberror: 'bad_token' },
    ),
  malformedGrant: () =>
    new OAuthFault(400, 'invalid_grant', 9002313, 'Invalid request. Request is malformed or invalid.'),
  expiredCode: () =>
    new OAuthFault(
      400,
      'invalid_grant',
      70008,
      'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
    ),
  usedCode: () =>
    new OAuthFault(
      400,
      'invalid_grant',
      54005,
      'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
    ),
  wrongVerifier: () =>
    new OAuthFault(
      400,
      'invalid_grant',
      501481,
      'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
    ),
  otherRedirect: (redirect: string, asked: string) =>
    new OAuthFault(
      400,
      'invalid_request',
      500112,
      `The reply address '${redirect}' does not match the reply address '${asked}' provided when requesting Authorization code.`,
    ),
} satisfies Record<string, (...args: string[]) => OAuthFault>;
