import { createGraph } from '../cloud/graph-client.ts';
import type { Http } from '../cloud/http.ts';
import type { Customer } from '../customer/customer.ts';
import type { OwnSignIns } from '../customer/last-check.ts';
import { graphAppRoles } from '../customer/permissions.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { openRenewal } from '../customer/standing.ts';
import { askToken } from '../mail/application.ts';
import type { Clock } from '../ports.ts';
import { mailUrls } from '../preferences/mail-urls.ts';
import type { Preferences } from '../preferences/preferences.ts';
import { findOld } from '../preferences/preferences-file.ts';
import type { Existing } from '../setup/existing.ts';
import { rolesIn } from '../setup/proof.ts';
import { withFoundRenewal } from '../setup/renewal.ts';
import { askEvidence, type Evidence } from '../setup/secret-uses.ts';
import { mailboxRefusal, senderByName, sendersByMail } from '../tenant/mailboxes.ts';
import { askAll, ifAllowed, unread } from '../tenant/question.ts';
import { graphObjectId } from '../tenant/service-principals.ts';
import { stateQuestions, uniqueOwners, unseenTenant } from '../tenant/snapshot.ts';
import { Failure } from '../words/failure.ts';
import { graphAdvice } from '../words/graph.ts';

/** What is checked: the customer's files. */
export interface Files {
  readonly customer: Customer;
  readonly record: CustomerRecord;
  readonly preferences: Preferences;
  readonly preferencesFile: string;
  /** When this tool signed in since a renewal, this check up to now too: it uses a secret as T&A does. */
  readonly own?: OwnSignIns | undefined;
}

export interface LookPorts {
  readonly http: Http;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  /** For what is asked in vain: whoever checks many comes again tomorrow. */
  readonly patienceMs: number;
}

type Part =
  | 'application'
  | 'servicePrincipal'
  | 'grants'
  | 'delegatedGrants'
  | 'federatedCredentials'
  | 'owners'
  | 'sender';

/** The tenant as T&A's app sees it with its own rights. */
export interface AppLook extends Files {
  readonly existing: Existing;
  /** In the token that was issued now. */
  readonly roles: readonly string[];
  readonly unread: readonly Part[];
  /** Why Exchange does not open the sender's mailbox, or the one that has to stay closed; `undefined` where it does. */
  readonly senderRefused: Failure | undefined;
  readonly otherRefused: Failure | undefined;
  /** Which secret T&A uses, as Entra reports it; `undefined` where no renewal is open. */
  readonly evidence: Evidence | undefined;
  /** Epoch milliseconds, by Microsoft's clock. */
  readonly now: number;
}

/** Two requests: a token of the app, and one `$batch`; in a renewal the report of used secrets too. Throws a Failure. */
export async function lookAsApp(files: Files, ports: LookPorts): Promise<AppLook> {
  const { preferences, customer } = files;
  const { http, clock, signal, patienceMs } = ports;
  const { tenantId, clientId } = preferences.connection;
  const urls = mailUrls(preferences);
  const { value: token } = await askToken(http, urls, preferences, signal);
  const options = { http, clock, tenantId, patienceMs, cloud: urls.cloud, token: async () => token };
  const graph = createGraph(options);
  const answers = await askAll(graph, questionsFor(customer, clientId), signal).catch(asApp);
  const { graphId, senderRefused, otherRefused, ...read } = answers;
  const aheadMs = graph.aheadMs() ?? 0;
  const roles = rolesIn(token);
  const snapshot = {
    ...unseenTenant,
    graph: { objectId: known(graphId, ''), appRoles: await graphAppRoles() },
    application: known(read.application, undefined),
    servicePrincipal: known(read.servicePrincipal, undefined),
    grants: known(read.grants, []),
    delegatedGrants: known(read.delegatedGrants, undefined),
    federatedCredentials: known(read.federatedCredentials, []),
    owners: uniqueOwners(known(read.applicationOwners, []), known(read.principalOwners, [])),
    sender: known(read.sender, undefined),
    sendersByMail: known(read.sendersByMail, []),
  };
  const now = clock.now() - aheadMs;
  const trial = { kind: 'given', roles } as const;
  const seen = { ...files, ...nothingPlanned, snapshot, trial, aheadMs };
  const existing = withFoundRenewal(
    seen,
    files.record.application ? undefined : await findOld(files.preferencesFile),
    now,
  );
  const { record } = existing;
  return {
    ...files,
    record,
    evidence: await evidenceFor({ ...files, record }, ports, now),
    existing,
    roles,
    unread: unreadParts(read),
    senderRefused,
    otherRefused,
    now,
  };
}

/** No one has signed in: a token that Graph does not take is the app's own. */
function asApp(cause: unknown): never {
  const isToken =
    cause instanceof Failure && ['InvalidAuthenticationToken', 'AuthenticationError'].includes(cause.code);
  throw isToken ? cause.retold({ advice: graphAdvice['InvalidAuthenticationToken/mail'] }) : cause;
}

async function evidenceFor(
  files: Files,
  { http, signal }: LookPorts,
  now: number,
): Promise<Evidence | undefined> {
  if (!openRenewal(files.record)) return undefined;
  return await askEvidence(files, { http, signal, now, own: files.own });
}

function questionsFor({ mail, scope }: Customer, clientId: string) {
  const { byId, servicePrincipal, grants, delegatedGrants, federatedCredentials, ...owners } =
    stateQuestions(clientId);
  return {
    graphId: ifAllowed(graphObjectId),
    application: ifAllowed(byId),
    servicePrincipal: ifAllowed(servicePrincipal),
    grants: ifAllowed(grants),
    delegatedGrants: ifAllowed(delegatedGrants),
    federatedCredentials: ifAllowed(federatedCredentials),
    applicationOwners: ifAllowed(owners.applicationOwners),
    principalOwners: ifAllowed(owners.principalOwners),
    sender: ifAllowed(senderByName(mail.fromAddress)),
    sendersByMail: ifAllowed(sendersByMail(mail.fromAddress)),
    senderRefused: mailboxRefusal(mail.fromAddress),
    ...(scope === 'mailbox' && mail.otherMailbox !== undefined
      ? { otherRefused: mailboxRefusal(mail.otherMailbox) }
      : {}),
  };
}

const known = <T>(read: T | typeof unread, otherwise: T): T => (read === unread ? otherwise : read);

function unreadParts({
  applicationOwners,
  principalOwners,
  sendersByMail: _,
  ...read
}: Readonly<
  Record<Exclude<Part, 'owners'> | 'applicationOwners' | 'principalOwners' | 'sendersByMail', unknown>
>): Part[] {
  const owners = [applicationOwners, principalOwners].includes(unread) ? unread : undefined;
  const parts: Readonly<Record<Part, unknown>> = { ...read, owners };
  return partNames.filter((part) => parts[part] === unread);
}

const partNames = [
  'application',
  'servicePrincipal',
  'grants',
  'delegatedGrants',
  'federatedCredentials',
  'owners',
  'sender',
] as const satisfies readonly Part[];

const nothingPlanned = {
  uniqueName: '',
  removeSurplus: false,
  knownOwners: [],
  agreedTo: [],
  deletedChoice: 'leave' as const,
};
