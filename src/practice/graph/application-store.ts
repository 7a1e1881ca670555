import * as z from 'zod/mini';
import { graphTime } from '../clock.ts';
import type { Application, Json, State } from '../state.ts';
import type { Key } from './address.ts';
import { faults, GraphFault } from './answer.ts';
import type { ApplicationChange } from './application-body.ts';
import { isRestorable } from './deletion.ts';
import type { Noun } from './noun.ts';
import { refuseRedirectUris } from './redirect-uris.ts';
import { listedSecrets } from './secrets.ts';

/** What a new application has unless told otherwise. */
const applicationDefaults: Json = {
  deletedDateTime: null,
  isFallbackPublicClient: null,
  applicationTemplateId: null,
  identifierUris: [],
  description: null,
  isDeviceOnlyAuthSupported: null,
  groupMembershipClaims: null,
  optionalClaims: null,
  addIns: [],
  samlMetadataUrl: null,
  signInAudience: 'AzureADMyOrg',
  tags: [],
  tokenEncryptionKeyId: null,
  uniqueName: null,
  notes: null,
  serviceManagementReference: null,
  api: {
    requestedAccessTokenVersion: null,
    acceptMappedClaims: null,
    knownClientApplications: [],
    oauth2PermissionScopes: [],
    preAuthorizedApplications: [],
  },
  appRoles: [],
  publicClient: { redirectUris: [] },
  info: {
    termsOfServiceUrl: null,
    supportUrl: null,
    privacyStatementUrl: null,
    marketingUrl: null,
    logoUrl: null,
  },
  keyCredentials: [],
  parentalControlSettings: { countriesBlockedForMinors: [], legalAgeGroupRule: 'Allow' },
  requiredResourceAccess: [],
  web: {
    redirectUris: [],
    homePageUrl: null,
    logoutUrl: null,
    implicitGrantSettings: { enableIdTokenIssuance: false, enableAccessTokenIssuance: false },
  },
  spa: { redirectUris: [] },
};

export const applicationNoun: Noun = {
  resource: 'Application',
  type: 'microsoft.graph.application',
  set: 'applications',
  properties: [
    'id',
    'appId',
    'displayName',
    'createdDateTime',
    'publisherDomain',
    'passwordCredentials',
    ...Object.keys(applicationDefaults),
  ],
  filterable: ['id', 'appId', 'displayName', 'uniqueName', 'tags', 'identifierUris', 'signInAudience'],
  searchable: ['displayName', 'description'],
  sortable: ['displayName'],
};

/** Makes an application with no secret. `madeBy`: id of the person or service principal that owns it from then on. */
export function createApplication(
  state: State,
  properties: ApplicationChange & { displayName: string },
  madeBy: string | undefined,
  owners = madeBy === undefined ? [] : [madeBy],
): Application {
  refuseTakenUniqueName(state, properties.uniqueName);
  refuseRedirectUris(properties);
  const [id, appId, now] = [state.ids.guid(), state.ids.guid(), state.clock.now()];
  refuseForeignUris(state, appId, properties.identifierUris);
  const fixed = {
    id,
    appId,
    createdDateTime: graphTime(now),
    publisherDomain: state.organization.defaultDomain,
  };
  const graph = { ...fixed, ...structuredClone(applicationDefaults) };
  merge(graph, properties);
  const application: Application = {
    id,
    appId,
    madeAt: now,
    madeBy,
    owners,
    federatedCredentials: [],
    deletedAt: undefined,
    graph,
    secrets: [],
  };
  state.applications.push(application);
  return application;
}

export function changeApplication(state: State, application: Application, change: ApplicationChange): void {
  const held = application.graph.uniqueName;
  if (change.uniqueName !== undefined && change.uniqueName !== held) {
    if (held !== null) throw faults.badRequest("Property 'uniqueName' is immutable and cannot be changed.");
    refuseTakenUniqueName(state, change.uniqueName);
  }
  refuseForeignUris(state, application.appId, change.identifierUris);
  refuseRedirectUris(change);
  refuseLossOfEnabled(application.graph.appRoles, change.appRoles);
  const { oauth2PermissionScopes } = offered.parse(application.graph.api);
  refuseLossOfEnabled(oauth2PermissionScopes, change.api?.oauth2PermissionScopes);
  merge(application.graph, change);
}

const offered = z.object({ oauth2PermissionScopes: z.unknown() });
const entitlements = z.array(z.object({ id: z.string(), isEnabled: z.optional(z.boolean()) }));

/**
 * What the application offers to others is disabled by one request and removed by a later one: learn.microsoft.com/graph/api/resources/approle;
 * Graph's words as in github.com/hashicorp/go-azure-sdk, sdk/odata/errors.go, its code as in OfficeDev/TeamsFx, both read Nov 2026.
 */
function refuseLossOfEnabled(held: unknown, change: unknown): void {
  if (change === undefined) return;
  const kept = new Set(entitlements.parse(change).map(({ id }) => id));
  if (entitlements.parse(held).every(({ id, isEnabled = true }) => !isEnabled || kept.has(id))) return;
  const message = 'Permission (scope or role) cannot be deleted or updated unless disabled first.';
  throw new GraphFault(400, 'CannotDeleteOrUpdateEnabledEntitlement', message);
}

/**
 * An identifier URI names a domain of the tenant, its id, or the application's own: learn.microsoft.com/entra/identity-platform/
 * identifier-uri-restrictions, in force by default since Aug 2025.
 */
function refuseForeignUris({ organization }: State, appId: string, uris: readonly string[] = []): void {
  const { id, defaultDomain, initialDomain } = organization;
  const isOurs = (uri: string): boolean => {
    const [, host = '', path = ''] = /^[a-z]+:\/\/([^/]*)(.*)$/.exec(uri.toLowerCase()) ?? [];
    const inDomain = [defaultDomain, initialDomain].some((one) => `.${host}`.endsWith(`.${one}`));
    return inDomain || [host, ...path.split('/')].some((part) => part === appId || part === id);
  };
  const foreign = uris.find((uri) => !isOurs(uri));
  if (foreign === undefined) return;
  const message = `Values of identifierUris property must use a verified domain of the organization or its subdomain: '${foreign}'`;
  throw faults.badRequest(message, [
    { code: 'HostNameNotOnVerifiedDomain', message, target: 'identifierUris' },
  ]);
}

/** As Graph answers it. */
export function applicationJson(state: State, application: Application): Json {
  return { ...application.graph, passwordCredentials: listedSecrets(state, application) };
}

/** The live application with this key, whether or not every replica knows it yet. */
export function findApplication(state: State, key: Key): Application | undefined {
  return state.applications.find(
    (application) => application.deletedAt === undefined && application.graph[key.by] === key.value,
  );
}

/** Throws 404 for an application that is not there, or not there yet. */
export function readApplication(state: State, key: Key): Application {
  const application = findApplication(state, key);
  if (application && state.lag.arrived('applicationRead', application.madeAt)) return application;
  throw faults.notFound(key.value);
}

export function listedApplications(state: State): Application[] {
  return state.applications.filter(
    ({ deletedAt, madeAt }) => deletedAt === undefined && state.lag.arrived('applicationRead', madeAt),
  );
}

function refuseTakenUniqueName(state: State, uniqueName: string | null | undefined): void {
  if (typeof uniqueName !== 'string') return;
  // A deleted application keeps its name while it can be restored (github.com/microsoftgraph/msgraph-bicep-types/issues/137).
  const holds = (one: Application): boolean =>
    one.graph.uniqueName === uniqueName && (one.deletedAt === undefined || isRestorable(state, one));
  if (!state.applications.some(holds)) return;
  const message = 'Another object with the same value for property uniqueName already exists.';
  throw faults.badRequest(message, [{ code: 'ObjectConflict', message, target: 'uniqueName' }]);
}

/** A PATCH replaces values and collections; of a complex property it replaces only what it names. */
function merge(held: Json, change: Json): void {
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) continue;
    const inner = Object.hasOwn(held, name) ? held[name] : undefined;
    if (isComplex(inner) && isComplex(value)) merge(inner, value);
    else held[name] = value;
  }
}

function isComplex(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
