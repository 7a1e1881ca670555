import * as z from 'zod/mini';
import { type PracticeCloud, practiceCloudNames, practiceClouds } from './clouds.ts';
import { graphClientId } from './graph-permissions.ts';
import { createSigning } from './login/signing.ts';
import { exchangeOnline, isOfMicrosoft, microsoftGraph } from './microsoft-graph.ts';
import type { State } from './state.ts';

const json = z.record(z.string(), z.unknown());
const setOfTexts = z.codec(z.array(z.string()), z.set(z.string()), {
  decode: (list) => new Set(list),
  encode: (set) => [...set],
});
/** A map is written as an object. */
function savedMap<T>(values: z.ZodMiniType<T, T>) {
  return z.codec(z.record(z.string(), values), z.map(z.string(), values), {
    decode: (record) => new Map(Object.entries(record)),
    encode: (map) => Object.fromEntries(map),
  });
}

const role = z.enum(['Owner', 'Contributor', 'Reader']);

const vaultSecret = z.object({
  ...{ name: z.string(), version: z.string(), sha256: z.string(), enabled: z.boolean() },
  ...{ contentType: z.optional(z.string()), exp: z.optional(z.number()) },
  ...{ created: z.number(), updated: z.number() },
  tags: json,
});
const deletedSecret = z.extend(vaultSecret, { deletedAt: z.number() });
const vault = z.object({
  ...{ subscriptionId: z.string(), group: z.string(), name: z.string(), location: z.string() },
  ...{ tags: json, properties: json },
  madeAt: z.number(),
  secrets: z.array(vaultSecret),
  deletedSecrets: z._default(z.array(deletedSecret), []),
});

/** The tenant's Azure in the file of a saved state. */
const savedAzure = z.object({
  subscriptions: z.array(
    z.object({ id: z.string(), displayName: z.string(), state: z.enum(['Enabled', 'Disabled']) }),
  ),
  subscriptionsPerPage: z.number(),
  groups: z.array(z.object({ subscriptionId: z.string(), name: z.string(), location: z.string() })),
  vaults: z.array(vault),
  operations: z.array(z.object({ id: z.string(), startedAt: z.number() })),
  roles: savedMap(role),
  officersOfSecrets: z._default(z.boolean(), true),
  keyVaultRegisteredAt: z.optional(z.number()),
  takenVaultNames: setOfTexts,
  deletedVaultNames: setOfTexts,
  vaultsDeniedBy: z.optional(z.string()),
  vaultsAnswer: z.enum(['operation', 'provisioning state']),
  operationsFailWith: z.optional(z.object({ code: z.string(), message: z.string() })),
});

/** Of the file's form: another one is not read. */
const version = 2;

const texts = z.array(z.string());
const bytes = z.codec(z.string(), z.instanceof(Uint8Array<ArrayBufferLike>), {
  decode: (base64) => new Uint8Array(Buffer.from(base64, 'base64')),
  encode: (content) => Buffer.from(content).toString('base64'),
});

const cloud = z.codec(z.enum(practiceCloudNames), z.custom<PracticeCloud>(), {
  decode: (name) => practiceClouds[name],
  encode: ({ name }) => name,
});
const organization = z.object({
  ...{ id: z.string(), displayName: z.string(), initialDomain: z.string(), defaultDomain: z.string() },
  graph: json,
});
const person = z.object({
  id: z.string(),
  userPrincipalName: z.string(),
  displayName: z.string(),
  mail: z.nullable(z.string()),
  kind: z.enum(['member', 'guest', 'shared mailbox', 'distribution list']),
  roles: texts,
  graph: json,
});
const servicePrincipal = z.object({
  id: z.string(),
  appId: z.string(),
  madeAt: z.number(),
  owners: texts,
  memberOf: z.optional(z.array(json)),
  deletedAt: z.optional(z.number()),
  graph: json,
});
const secret = z.object({
  ...{ keyId: z.string(), sha256: z.string(), hint: z.string(), displayName: z.nullable(z.string()) },
  ...{ madeAt: z.number(), startsAt: z.number(), endsAt: z.number() },
  signIns: z._default(z.array(z.number()), []),
});
const application = z.extend(servicePrincipal, {
  madeBy: z.optional(z.string()),
  federatedCredentials: z.array(json),
  secrets: z.array(secret),
});
const grant = z.object({
  ...{ id: z.string(), principalId: z.string(), resourceId: z.string(), appRoleId: z.string() },
  madeAt: z.number(),
  graph: json,
});
const session = z.object({
  ...{ personId: z.string(), clientId: z.string(), scopes: texts },
  ...{ signedInAt: z.number(), generation: z.number() },
});
const mail = z.object({
  id: z.string(),
  firstId: z.optional(z.string()),
  folder: z.enum(['archive', 'deleteditems', 'drafts', 'inbox', 'junkemail', 'outbox', 'sentitems']),
  visibleAt: z.number(),
  graph: json,
  attachments: z.array(z.object({ id: z.string(), graph: json, bytes })),
});
const mailbox = z.object({
  ownerId: z.string(),
  addresses: texts,
  displayName: z.string(),
  language: z.enum(['en', 'de', 'fr', 'it', 'es']),
  sendLimit: z.number(),
  mails: z.array(mail),
});
const right = z.object({
  objectId: z.string(),
  permission: z.string(),
  mailbox: z.optional(z.string()),
});
const remembered = z.object({
  rights: z.readonly(z.array(right)),
  ...{ firstAskedAt: z.number(), learntAt: z.number(), askedAt: z.number() },
});

/** What a tenant is, without what belongs to the process that plays it: clock, faults, requests, uploads and sign-ins half done. */
const kept = z.object({
  organization,
  cloud: z._default(cloud, () => practiceClouds.global),
  people: z.array(person),
  applications: z.array(application),
  servicePrincipals: z.array(servicePrincipal),
  grants: z.array(grant),
  consents: z.codec(z.record(z.string(), texts), z.map(z.string(), z.set(z.string())), {
    decode: (lists) => new Map(Object.entries(lists).map(([key, list]) => [key, new Set(list)])),
    encode: (map) => Object.fromEntries([...map].map(([key, set]) => [key, [...set]])),
  }),
  appManagementPolicy: json,
  usersMayRegisterApplications: z.boolean(),
  deviceCodeBlockedBy: z.optional(z.string()),
  colleagueConsentsAfterMs: z.optional(z.number()),
  colleagueScopesAfterMs: z.optional(z.number()),
  revokesNextSession: z.boolean(),
  revocations: z.array(z.number()),
  restoresApplicationsAlone: z.boolean(),
  refreshTokens: savedMap(session),
  mailboxes: z.array(mailbox),
  outbox: z.array(mail),
  hasPremiumLicence: z._default(z.boolean(), true),
  timeAttendanceKeepsSecret: z._default(z.boolean(), false),
  rbac: z.object({ rights: z.array(right), remembered: savedMap(remembered) }),
  azure: savedAzure,
  scenarios: texts,
});
const saved = z.object({
  practice: z.literal(version),
  seed: z.string(),
  drawn: z.number(),
  lag: z.object({ factor: z.number(), answersFollowUps: z.boolean() }),
  signingKey: z.string(),
  state: kept,
});

/** The text is no saved state, or one of another version of this program. */
export class UnreadableState extends Error {}

export async function writeState(state: State): Promise<string> {
  const { privateKey } = await state.signing();
  const servicePrincipals = state.servicePrincipals.map((one) =>
    // The same in every tenant, and larger than all the rest.
    isOfMicrosoft(one) ? { ...one, graph: {} } : one,
  );
  const text = z.encode(saved, {
    practice: version,
    seed: state.ids.seed,
    drawn: state.ids.drawn,
    lag: { factor: state.lag.factor, answersFollowUps: state.lag.answersFollowUps },
    signingKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    state: { ...state, servicePrincipals },
  });
  return `${JSON.stringify(text)}\n`;
}

/** `fresh` is a new tenant of the same clock; it becomes the one that was saved. Throws UnreadableState. */
export function readState(text: string, fresh: State): State {
  const read = parse(text);
  Object.assign(fresh.ids, { seed: read.seed, drawn: read.drawn });
  Object.assign(fresh.lag, read.lag);
  const servicePrincipals = read.state.servicePrincipals.map((one) => {
    if (!isOfMicrosoft(one)) return one;
    if (one.appId === graphClientId) return { ...one, graph: microsoftGraph(one.id, one.madeAt).graph };
    return exchangeOnline(read.state, one.madeAt);
  });
  const signing = createSigning(read.signingKey);
  return { ...fresh, ...read.state, servicePrincipals, signing };
}

function parse(text: string): z.output<typeof saved> {
  try {
    return z.decode(saved, JSON.parse(text));
  } catch (cause) {
    throw new UnreadableState('The state is of another version, or damaged.', { cause });
  }
}
