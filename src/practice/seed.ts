import { azureOfContoso } from './arm/azure.ts';
import { graphTime, type PracticeClock, wallClock } from './clock.ts';
import { type PracticeCloudName, practiceClouds } from './clouds.ts';
import { emptyRbac } from './exchange/rbac-state.ts';
import { createFaultScript, type FaultRule } from './faults.ts';
import { createIds } from './ids.ts';
import { answersFollowUps, createLag } from './lag.ts';
import { createSigning, type Signing } from './login/signing.ts';
import { exchangeOnline, microsoftGraph } from './microsoft-graph.ts';
import { addPerson, findPerson, peopleOfContoso } from './people.ts';
import type { Json, OrganizationState, State } from './state.ts';

export interface SeedOptions {
  readonly seed?: string;
  readonly clock?: PracticeClock;
  readonly approveAs?: string;
  readonly devicePollSeconds?: number;
  /** With it every window is open, follow-ups included. */
  readonly lagFactor?: number;
  readonly faults?: readonly FaultRule[];
  readonly cloud?: PracticeCloudName;
  /** What signs its tokens; without it a key of its own, which takes a moment to make. */
  readonly signing?: Signing;
}

const yearMs = 365 * 24 * 3_600_000;

/** The tenant Contoso as an onboarding finds it: people, mailboxes, Microsoft Graph, no application yet. */
export function seedState(options: SeedOptions = {}): State {
  const clock = options.clock ?? wallClock;
  const { seed = 'contoso', lagFactor } = options;
  const ids = createIds(seed);
  const longAgo = clock.now() - yearMs;
  const organization = contoso(ids.guid(), longAgo);
  const state: State = {
    clock,
    ids,
    lag: createLag(clock, lagFactor, lagFactor === undefined && answersFollowUps(seed)),
    faults: createFaultScript(options.faults),
    signing: options.signing ?? createSigning(),
    organization,
    cloud: practiceClouds[options.cloud ?? 'global'],
    people: [],
    applications: [],
    servicePrincipals: [microsoftGraph(ids.guid(), longAgo), exchangeOnline({ organization }, longAgo)],
    grants: [],
    consents: new Map(),
    appManagementPolicy: untouchedPolicy(),
    usersMayRegisterApplications: true,
    deviceCodeBlockedBy: undefined,
    revokesNextSession: false,
    revocations: [],
    restoresApplicationsAlone: false,
    approveAs: options.approveAs,
    devicePollMs: (options.devicePollSeconds ?? 5) * 1000,
    colleagueConsentsAfterMs: undefined,
    colleagueScopesAfterMs: undefined,
    deviceCodes: [],
    authorizationCodes: [],
    refreshTokens: new Map(),
    mailboxes: [],
    uploads: [],
    outbox: [],
    hasPremiumLicence: true,
    timeAttendanceKeepsSecret: false,
    rbac: emptyRbac(),
    azure: azureOfContoso(createIds(`${seed}:azure`), longAgo),
    scenarios: [],
    requests: [],
  };
  for (const person of peopleOfContoso) addPerson(state, person);
  const owner = findPerson(state, 'grace@contoso.com');
  if (owner) state.azure.roles.set(owner.id, 'Owner');
  if (options.approveAs !== undefined && !findPerson(state, options.approveAs)) {
    throw new Error(`No one in the practice tenant signs in as ${options.approveAs}.`);
  }
  return state;
}

/** What a tenant answers whose admins never touched it: learn.microsoft.com/graph/api/tenantappmanagementpolicy-get */
function untouchedPolicy(): Json {
  return {
    id: '00000000-0000-0000-0000-000000000000',
    displayName: 'Default app management tenant policy',
    description:
      'Default tenant policy that enforces app management restrictions on applications and service principals. To apply policy to targeted resources, create a new policy under appManagementPolicies collection.',
    isEnabled: false,
    applicationRestrictions: { passwordCredentials: [], keyCredentials: [] },
    servicePrincipalRestrictions: { passwordCredentials: [], keyCredentials: [] },
  };
}

function contoso(id: string, madeAt: number): OrganizationState {
  const displayName = 'Contoso';
  const initialDomain = 'contoso.onmicrosoft.com';
  const defaultDomain = 'contoso.com';
  return {
    id,
    displayName,
    initialDomain,
    defaultDomain,
    graph: {
      id,
      deletedDateTime: null,
      displayName,
      tenantType: 'AAD',
      createdDateTime: graphTime(madeAt),
      country: null,
      countryLetterCode: 'DE',
      city: 'Aachen',
      state: null,
      street: null,
      postalCode: null,
      preferredLanguage: 'de',
      businessPhones: [],
      technicalNotificationMails: [`grace@${defaultDomain}`],
      assignedPlans: [],
      provisionedPlans: [],
      onPremisesSyncEnabled: null,
      verifiedDomains: [
        domain(defaultDomain, { isDefault: true }),
        domain(initialDomain, { isInitial: true }),
      ],
    },
  };
}

function domain(name: string, is: { isDefault?: boolean; isInitial?: boolean }): Json {
  return {
    capabilities: 'Email, OfficeCommunicationsOnline',
    isDefault: is.isDefault ?? false,
    isInitial: is.isInitial ?? false,
    name,
    type: 'Managed',
  };
}
