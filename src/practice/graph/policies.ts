import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { CallerEnv } from '../caller.ts';
import type { State } from '../state.ts';
import { graphEmpty, graphJson, odataContext } from './answer.ts';
import { requireAct } from './authorization.ts';
import { readBody } from './body.ts';
import { durationMs } from './secret-policy.ts';

/** Request body of the policy: learn.microsoft.com/graph/api/tenantappmanagementpolicy-update. */
const restriction = (types: readonly [string, ...string[]]) =>
  z
    .array(
      z
        .strictObject({
          restrictionType: z.enum(types),
          state: z.optional(z.enum(['enabled', 'disabled'])),
          maxLifetime: z.nullish(z.string().check(z.refine((text) => durationMs(text) > 0))),
          restrictForAppsCreatedAfterDateTime: z.nullish(z.iso.datetime({ offset: true })),
        })
        .check(z.refine((rule) => !rule.restrictionType.endsWith('Lifetime') || Boolean(rule.maxLifetime))),
    )
    .check(z.refine((rules) => new Set(rules.map((rule) => rule.restrictionType)).size === rules.length));

const restrictions = z.strictObject({
  passwordCredentials: z.optional(
    restriction([
      'passwordAddition',
      'passwordLifetime',
      'customPasswordAddition',
      'symmetricKeyAddition',
      'symmetricKeyLifetime',
    ]),
  ),
  keyCredentials: z.optional(restriction(['asymmetricKeyLifetime', 'trustedCertificateAuthority'])),
});

const policyChange = z.strictObject({
  displayName: z.optional(z.string().check(z.minLength(1), z.maxLength(256))),
  description: z.optional(z.string()),
  isEnabled: z.optional(z.boolean()),
  applicationRestrictions: z.optional(restrictions),
  servicePrincipalRestrictions: z.optional(restrictions),
});

const ofPolicy = { resource: 'TenantAppManagementPolicy', readOnly: ['id', 'deletedDateTime'] };

export function createPolicyRoutes(state: State): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();
  routes.get('/policies/defaultAppManagementPolicy', (c) => {
    requireAct(state, c.get('caller'), 'read policy on secrets');
    return graphJson(c, state, {
      '@odata.context': odataContext('policies/defaultAppManagementPolicy/$entity'),
      ...state.appManagementPolicy,
    });
  });
  routes.patch('/policies/defaultAppManagementPolicy', async (c) => {
    requireAct(state, c.get('caller'), 'change policies');
    const change = await readBody(c, policyChange, ofPolicy);
    state.appManagementPolicy = { ...state.appManagementPolicy, ...change };
    return graphEmpty(c, state, 204);
  });
  routes.get('/policies/authorizationPolicy', (c) => {
    requireAct(state, c.get('caller'), 'read policies');
    return graphJson(c, state, authorizationPolicy(state));
  });
  return routes;
}

function authorizationPolicy(state: State) {
  return {
    '@odata.context': odataContext('policies/authorizationPolicy/$entity'),
    id: 'authorizationPolicy',
    displayName: 'Authorization Policy',
    description: 'Used to manage authorization related settings across the company.',
    allowedToSignUpEmailBasedSubscriptions: true,
    allowedToUseSSPR: true,
    allowEmailVerifiedUsersToJoinOrganization: false,
    allowInvitesFrom: 'everyone',
    allowUserConsentForRiskyApps: null,
    blockMsolPowerShell: false,
    guestUserRoleId: '10dae51f-b6af-4016-8d66-8c2a99b929b3',
    defaultUserRolePermissions: {
      allowedToCreateApps: state.usersMayRegisterApplications,
      allowedToCreateSecurityGroups: true,
      allowedToCreateTenants: true,
      allowedToReadBitlockerKeysForOwnedDevice: true,
      allowedToReadOtherUsers: true,
      permissionGrantPoliciesAssigned: ['ManagePermissionGrantsForSelf.microsoft-user-default-legacy'],
    },
  };
}
