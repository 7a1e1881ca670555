import type { Graph } from '../cloud/graph.ts';
import {
  applicationsNamed,
  deletedApplicationsNamed,
  type NamedApplication,
  type OurApplication,
  ourApplication,
} from './applications.ts';
import { type DirectoryRole, directoryRoles } from './directory-roles.ts';
import { type Grant, grantsOf } from './grants.ts';
import { type Sender, senderByName, sendersByMail } from './mailboxes.ts';
import { type Organization, organization } from './organization.ts';
import { registrationOpen, type SecretPolicy, secretPolicy } from './policies.ts';
import { askAll } from './question.ts';
import {
  type GraphServicePrincipal,
  graphServicePrincipal,
  type OurServicePrincipal,
  ourServicePrincipal,
} from './service-principals.ts';

/** What exists in the tenant now, read by GETs only. */
export interface TenantSnapshot {
  readonly organization: Organization | undefined;
  readonly adminRoles: readonly DirectoryRole[] | undefined;
  readonly graph: GraphServicePrincipal;
  readonly secretPolicy: SecretPolicy | undefined;
  readonly registrationOpen: boolean | undefined;
  readonly application: OurApplication | undefined;
  readonly servicePrincipal: OurServicePrincipal | undefined;
  readonly grants: readonly Grant[];
  /** Applications of the same display name that are not ours. */
  readonly twins: readonly NamedApplication[];
  /** Our application in the recycle bin. */
  readonly deleted: NamedApplication | undefined;
  readonly sender: Sender | undefined;
  readonly sendersByMail: readonly Sender[];
  /** The mailbox that shall be closed to the app; `undefined` too where none is named. */
  readonly otherMailbox: Sender | undefined;
}

export interface Whereabouts {
  readonly uniqueName: string;
  readonly displayName: string;
  readonly fromAddress: string;
  readonly otherMailbox: string | undefined;
  /** Known from the record; without it finding our service principal takes a second trip. */
  readonly clientId: string | undefined;
}

/** One `$batch`; a second one only where our application exists but no record names it. */
export async function look(
  graph: Graph,
  where: Whereabouts,
  signal: AbortSignal | undefined,
): Promise<TenantSnapshot> {
  const known = where.clientId ? ownQuestions(where.clientId) : {};
  const other = where.otherMailbox ? otherQuestion(where.otherMailbox) : {};
  const { named, deletedNamed, ...tenant } = await askAll(
    graph,
    { ...tenantQuestions(where), ...other, ...known },
    signal,
  );
  const { application } = tenant;
  const stranger = application && application.clientId !== where.clientId;
  const own = stranger ? await askAll(graph, ownQuestions(application.clientId), signal) : {};
  return {
    servicePrincipal: undefined,
    grants: [],
    otherMailbox: undefined,
    ...tenant,
    ...own,
    // What is left of a deleted application is not the new one's.
    ...(application ? {} : { servicePrincipal: undefined, grants: [] }),
    twins: named.filter(({ uniqueName }) => uniqueName !== where.uniqueName),
    deleted: deletedNamed.find(({ uniqueName }) => uniqueName === where.uniqueName),
  };
}

const tenantQuestions = ({ uniqueName, displayName, fromAddress }: Whereabouts) => ({
  organization,
  adminRoles: directoryRoles,
  graph: graphServicePrincipal,
  secretPolicy,
  registrationOpen,
  application: ourApplication(uniqueName),
  named: applicationsNamed(displayName),
  deletedNamed: deletedApplicationsNamed(displayName),
  sender: senderByName(fromAddress),
  sendersByMail: sendersByMail(fromAddress),
});

const otherQuestion = (address: string) => ({ otherMailbox: senderByName(address) });

const ownQuestions = (clientId: string) => ({
  servicePrincipal: ourServicePrincipal(clientId),
  grants: grantsOf(clientId),
});
