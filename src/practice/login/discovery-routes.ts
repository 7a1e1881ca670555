import { Hono } from 'hono';
import type { Json, State } from '../state.ts';
import { requestFaults } from './request-faults.ts';
import { readTenantName } from './tenant-name.ts';

const origin = 'https://login.microsoftonline.com';
const aliases = ['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com', 'sts.windows.net'];

/** Instance discovery, OpenID configuration of both endpoint versions, signing keys. */
export function discoveryRoutes(state: State): Hono {
  const app = new Hono();
  app.get('/common/discovery/instance', (c) => {
    const asked = c.req.query('authorization_endpoint') ?? '';
    if (!URL.canParse(asked) || !isKnownInstance(state, new URL(asked).hostname))
      throw requestFaults.unknownInstance();
    return c.json(instances());
  });
  app.get('/:tenant/v2.0/.well-known/openid-configuration', (c) =>
    c.json({ ...configuration(tenantOf(state, c.req.param('tenant')), 'v2.0'), ...subScopeOf(state) }),
  );
  app.get('/:tenant/.well-known/openid-configuration', (c) =>
    c.json({ ...configuration(tenantOf(state, c.req.param('tenant')), 'v1.0'), ...subScopeOf(state) }),
  );
  for (const path of ['/:tenant/discovery/v2.0/keys', '/:tenant/discovery/keys'] as const) {
    app.get(path, async (c) => {
      const tenant = tenantOf(state, c.req.param('tenant'));
      const { jwk } = await state.signing();
      return c.json({ keys: [{ ...jwk, issuer: `${origin}/${tenant}/v2.0` }] });
    });
  }
  return app;
}

const isKnownInstance = ({ cloud }: State, host: string): boolean =>
  [...aliases, cloud.login, ...cloud.loginAliases].includes(host);

const subScopeOf = ({ cloud }: State): Json =>
  cloud.subScope === undefined
    ? {}
    : { tenant_region_scope: 'USGov', tenant_region_sub_scope: cloud.subScope };

/** What stands for the tenant in the answers: its id, or the name that stands for any. */
function tenantOf(state: State, segment: string): string {
  try {
    return readTenantName(state, segment) === 'this' ? state.organization.id : segment;
  } catch {
    throw requestFaults.unknownTenant(segment, 'invalid_tenant');
  }
}

function instances(): Json {
  return {
    tenant_discovery_endpoint: `${origin}/common/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [
      { preferred_network: 'login.microsoftonline.com', preferred_cache: 'login.windows.net', aliases },
    ],
  };
}

function configuration(tenant: string, version: 'v1.0' | 'v2.0'): Json {
  const oauth = version === 'v2.0' ? `${origin}/${tenant}/oauth2/v2.0` : `${origin}/${tenant}/oauth2`;
  // learn.microsoft.com/entra/identity-platform/v2-protocols-oidc: for "any tenant" the issuer is a template.
  const issuer = /^[0-9a-f-]{36}$/.test(tenant) ? tenant : '{tenantid}';
  return {
    token_endpoint: `${oauth}/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: `${origin}/${tenant}/discovery/${version === 'v2.0' ? 'v2.0/' : ''}keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: version === 'v2.0' ? `${origin}/${issuer}/v2.0` : `https://sts.windows.net/${issuer}/`,
    request_uri_parameter_supported: false,
    userinfo_endpoint: 'https://graph.microsoft.com/oidc/userinfo',
    authorization_endpoint: `${oauth}/authorize`,
    device_authorization_endpoint: `${oauth}/devicecode`,
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    end_session_endpoint: `${oauth}/logout`,
    claims_supported: [
      'sub',
      'iss',
      'aud',
      'exp',
      'iat',
      'name',
      'oid',
      'tid',
      'preferred_username',
      'nonce',
    ],
    tenant_region_scope: issuer === tenant ? 'EU' : null,
    cloud_instance_name: 'microsoftonline.com',
    cloud_graph_host_name: 'graph.windows.net',
    msgraph_host: 'graph.microsoft.com',
    rbac_url: 'https://pas.windows.net',
  };
}
