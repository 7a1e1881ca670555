import type { Graph } from '../cloud/graph.ts';
import {
  type DelegatedGrant,
  delegatedGrantsOf,
  type FederatedCredential,
  federatedCredentialsOf,
  type Owner,
  ownersOf,
} from './access.ts';
import {
  applicationsNamed,
  deletedApplications,
  type NamedApplication,
  type OurApplication,
  ourApplication,
} from './applications.ts';
import { type DirectoryRole, directoryRoles } from './directory-roles.ts';
import { type Grant, grantsOf } from './grants.ts';
import { type Sender, senderByName, sendersByMail } from './mailboxes.ts';
import { type Organization, organization } from './organization.ts';
import { registrationOpen, type SecretPolicy, secretPolicy } from './policies.ts';
import { type Answers, askAll } from './question.ts';
import {
  type GraphServicePrincipal,
  graphServicePrincipal,
  type OurServicePrincipal,
  ourServicePrincipal,
} from './service-principals.ts';
import { type Ties, tieQuestions } from './ties.ts';

/** What exists in the tenant now, read by GETs only. */
export interface TenantSnapshot extends ApplicationState {
  readonly organization: Organization | undefined;
  readonly adminRoles: readonly DirectoryRole[] | undefined;
  readonly graph: GraphServicePrincipal;
  readonly secretPolicy: SecretPolicy | undefined;
  readonly registrationOpen: boolean | undefined;
  /** Applications of the same display name that are not this one. */
  readonly twins: readonly NamedApplication[];
  /** Our application among the deleted ones. */
  readonly deleted: NamedApplication | undefined;
  /** Deleted applications of the same display name that are not ours, as far as the record tells. */
  readonly deletedTwins: readonly NamedApplication[];
  readonly sender: Sender | undefined;
  readonly sendersByMail: readonly Sender[];
  /** The mailbox that must be closed to the app; `undefined` too where none is named. */
  readonly otherMailbox: Sender | undefined;
}

/** The application, and who and what may act as it. */
export interface ApplicationState {
  readonly application: OurApplication | undefined;
  readonly servicePrincipal: OurServicePrincipal | undefined;
  readonly grants: readonly Grant[];
  /** `undefined` where they may not be read. */
  readonly delegatedGrants: readonly DelegatedGrant[] | undefined;
  readonly federatedCredentials: readonly FederatedCredential[];
  /** Of the application and of its service principal. */
  readonly owners: readonly Owner[];
  /** Looked at before a removal alone: nothing of it makes anyone act as the application. */
  readonly ties?: Ties;
}

/** What a tenant without the application has of it. */
export const noApplication: ApplicationState = {
  application: undefined,
  servicePrincipal: undefined,
  grants: [],
  delegatedGrants: [],
  federatedCredentials: [],
  owners: [],
};

/** A tenant that was not asked anything: nothing of ours is known in it. */
export const unseenTenant: Omit<TenantSnapshot, 'graph'> = {
  organization: undefined,
  adminRoles: undefined,
  secretPolicy: undefined,
  registrationOpen: undefined,
  ...noApplication,
  twins: [],
  deleted: undefined,
  deletedTwins: [],
  sender: undefined,
  sendersByMail: [],
  otherMailbox: undefined,
};

export interface LookupKeys {
  /** The name under which a run of ours registered the application, or asked for it. */
  readonly uniqueName: string | undefined;
  /** The application of this client id, and no other. */
  readonly adopt: string | undefined;
  /** Where the application is not found by its name: the one of this client id. */
  readonly clientId: string | undefined;
  /** The client id that the record has. */
  readonly recorded: string | undefined;
  readonly displayName: string;
  readonly fromAddress: string;
  readonly otherMailbox: string | undefined;
}

/** One `$batch`; a second one only where our application exists but its client id was not known. */
export async function look(
  graph: Graph,
  where: LookupKeys,
  signal: AbortSignal | undefined,
): Promise<TenantSnapshot> {
  const { adopt, clientId } = where;
  const { byName, byId, named, applicationOwners, principalOwners, ...rest } = await askAtOnce(
    graph,
    where,
    signal,
  );
  const { deletedNamed, deletedByName = [], deletedById = [], ...answers } = rest;
  const application = adopt === undefined ? (byName ?? byId) : byId;
  const owners = uniqueOwners(applicationOwners, principalOwners);
  const isOther = application && application.clientId !== (adopt ?? clientId);
  return {
    otherMailbox: undefined,
    ...noApplication,
    ...answers,
    owners,
    application,
    ...(isOther && (await lookAtApplication(graph, application.clientId, signal))),
    // What is left of a deleted application is not the new one's.
    ...(!application && noApplication),
    twins: named.filter((one) => one.clientId !== application?.clientId),
    ...deletedOf([...deletedByName, ...deletedById, ...deletedNamed], where),
  };
}

function deletedOf(
  found: readonly NamedApplication[],
  { uniqueName, recorded, displayName }: LookupKeys,
): Pick<TenantSnapshot, 'deleted' | 'deletedTwins'> {
  const deleted =
    found.find((one) => uniqueName !== undefined && one.uniqueName === uniqueName) ??
    found.find(({ clientId }) => clientId === recorded);
  const isTwin = (one: NamedApplication): boolean =>
    one.displayName === displayName && one.clientId !== deleted?.clientId;
  return { deleted, deletedTwins: found.filter(isTwin) };
}

function askAtOnce(graph: Graph, where: LookupKeys, signal: AbortSignal | undefined) {
  const { uniqueName, adopt, recorded, displayName, fromAddress, otherMailbox } = where;
  const clientId = adopt ?? where.clientId;
  return askAll(
    graph,
    {
      organization,
      adminRoles: directoryRoles,
      graph: graphServicePrincipal,
      secretPolicy,
      registrationOpen,
      named: applicationsNamed(displayName),
      deletedNamed: deletedApplications('displayName', displayName),
      sender: senderByName(fromAddress),
      sendersByMail: sendersByMail(fromAddress),
      ...(otherMailbox === undefined ? {} : { otherMailbox: senderByName(otherMailbox) }),
      ...(uniqueName === undefined
        ? {}
        : {
            byName: ourApplication('uniqueName', uniqueName),
            deletedByName: deletedApplications('uniqueName', uniqueName),
          }),
      ...(recorded === undefined ? {} : { deletedById: deletedApplications('appId', recorded) }),
      ...(clientId === undefined ? {} : stateQuestions(clientId)),
    },
    signal,
  );
}

export const stateQuestions = (clientId: string) => ({
  byId: ourApplication('appId', clientId),
  servicePrincipal: ourServicePrincipal(clientId),
  grants: grantsOf(clientId),
  delegatedGrants: delegatedGrantsOf(clientId),
  federatedCredentials: federatedCredentialsOf(clientId),
  applicationOwners: ownersOf('applications', clientId),
  principalOwners: ownersOf('servicePrincipals', clientId),
});

/** The application of this client id as it is now. */
export async function lookAtApplication(
  graph: Graph,
  clientId: string,
  signal: AbortSignal | undefined,
): Promise<ApplicationState> {
  return stateIn(await askAll(graph, stateQuestions(clientId), signal));
}

/** The same, with what others have tied to it: a removal would take that along. */
export async function lookWithTies(
  graph: Graph,
  clientId: string,
  signal: AbortSignal | undefined,
): Promise<ApplicationState> {
  const questions = { ...stateQuestions(clientId), ...tieQuestions(clientId) };
  const { memberships, assigned, offered, ...answers } = await askAll(graph, questions, signal);
  return { ...stateIn(answers), ties: { memberships, assigned, offered } };
}

function stateIn(answers: Answers<ReturnType<typeof stateQuestions>>): ApplicationState {
  const { byId, applicationOwners, principalOwners, ...state } = answers;
  return { ...state, application: byId, owners: uniqueOwners(applicationOwners, principalOwners) };
}

export function uniqueOwners(...lists: readonly (readonly Owner[] | undefined)[]): Owner[] {
  const all = lists.flatMap((list) => list ?? []);
  return all.filter(({ objectId }, at) => all.findIndex((one) => one.objectId === objectId) === at);
}
