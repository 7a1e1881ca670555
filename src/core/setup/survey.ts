import { batchLimit, type Graph } from '../cloud/graph.ts';
import type { Customer } from '../customer/customer.ts';
import { type CustomerRecord, clientIdIn } from '../customer/record.ts';
import type { Clock } from '../ports.ts';
import type { Preferences } from '../preferences/preferences.ts';
import type { Session } from '../sign-in/session.ts';
import type { NamedApplication } from '../tenant/applications.ts';
import { directoryRolesOf, uniteRoles } from '../tenant/directory-roles.ts';
import { askAll } from '../tenant/question.ts';
import { look, noApplication, type TenantSnapshot } from '../tenant/snapshot.ts';
import { lookAtTies } from '../tenant/ties.ts';
import { hasRight } from './admin-rights.ts';
import { purgeApplication, restoreApplication } from './deleted-application.ts';
import type { DeletedChoice, Existing, RemovalWish, Trial } from './existing.ts';
import { setUpFailures } from './failures.ts';
import { newUniqueName, uniqueNameIn } from './keys.ts';
import { type StandingGrant, surplusGrants } from './permissions.ts';
import { changesApplication, strangersOn } from './strangers.ts';

/** A survey with Microsoft's time: epoch milliseconds. */
type Timed = SurveyJob & { readonly now: number };

/** An application that carries what is not ours. */
export interface Candidate {
  readonly clientId: string;
  readonly displayName: string;
  readonly createdAt: string;
  readonly strangers: readonly string[];
}

interface SurveyJob {
  readonly customer: Customer;
  readonly removeSurplus: boolean;
  readonly removal: RemovalWish | undefined;
  /** Client id of an application that a person has agreed to adopt. */
  readonly adopt: string | undefined;
  readonly agreeToAdopt: ((candidate: Candidate) => Promise<boolean>) | undefined;
  /** Asked where the application has permissions that the customer file does not name; without it they stay. */
  readonly agreeToRemove: ((surplus: readonly StandingGrant[]) => Promise<boolean>) | undefined;
  /** Asked where the customer's application was deleted; without it that one is left alone. */
  readonly askAboutDeleted: ((deleted: NamedApplication) => Promise<DeletedChoice>) | undefined;
  readonly graph: Graph;
  readonly clock: Clock;
  readonly admin: Session['admin'];
  /** Roles of the admin, as the token names them. */
  readonly wids: Session['wids'];
  readonly record: CustomerRecord;
  readonly preferences: Preferences | undefined;
  readonly preferencesFile: string;
  /** What will have come of the secret in that file. */
  readonly trying: Promise<Trial> | undefined;
  readonly signal: AbortSignal | undefined;
}

/**
 * What exists, and which application is the customer's. Asks a person about what is not ours, and about an application that
 * was deleted: to restore that one, or to delete it for good, is all that is ever changed here.
 */
export async function survey(site: SurveyJob): Promise<Existing> {
  const { customer, record, preferences, preferencesFile, admin, graph, clock } = site;
  const first = await lookAtTenant(site);
  const choice = await chosenForDeleted(first, site);
  const looked = choice === 'restore' ? await lookAtTenant(site) : first;
  const trial = await site.trying;
  const aheadMs = graph.aheadMs() ?? 0;
  const now = clock.now() - aheadMs;
  const snapshot = await withTies(withoutUnproved(looked, site, trial), site);
  const known = snapshot.deleted && !snapshot.application ? undefined : uniqueNameIn(record);
  const existing: Existing = {
    snapshot: choice === 'purge' ? { ...snapshot, deleted: undefined } : snapshot,
    record,
    preferences,
    preferencesFile,
    trial,
    removeSurplus: site.removeSurplus || (await isRemovalAgreed(snapshot, site)),
    uniqueName: known ?? newUniqueName(),
    knownOwners: [admin.objectId],
    agreedTo: [],
    deletedChoice: choice,
    removal: site.removal,
    aheadMs,
  };
  if (!site.removal && !changesApplication(customer, existing, now)) return existing;
  const owned = { ...existing, knownOwners: [admin.objectId, ...(await earlierOwners(existing, site))] };
  return { ...owned, agreedTo: await askToAdopt(owned, { ...site, now }) };
}

async function withTies(
  snapshot: TenantSnapshot,
  { removal, graph, signal }: SurveyJob,
): Promise<TenantSnapshot> {
  const { application } = snapshot;
  if (!removal || !application) return snapshot;
  return { ...snapshot, ties: await lookAtTies(graph, application.clientId, signal) };
}

async function isRemovalAgreed(
  snapshot: TenantSnapshot,
  { customer, agreeToRemove }: SurveyJob,
): Promise<boolean> {
  const surplus = surplusGrants(customer, snapshot);
  return surplus.length > 0 && (await agreeToRemove?.(surplus)) === true;
}

/** Does what a person wants with the deleted application, before anything is planned. */
async function chosenForDeleted(
  { deleted, application }: TenantSnapshot,
  { askAboutDeleted, ...tools }: SurveyJob,
): Promise<DeletedChoice> {
  if (!deleted || application || tools.adopt !== undefined) return 'leave';
  const choice = (await askAboutDeleted?.(deleted)) ?? 'leave';
  if (choice === 'restore') await restoreApplication(deleted, tools);
  if (choice === 'purge') await purgeApplication(deleted, tools);
  return choice;
}

async function lookAtTenant(site: SurveyJob): Promise<TenantSnapshot> {
  const { customer, adopt, graph, record, preferences, signal } = site;
  const uniqueName = uniqueNameIn(record);
  const recorded = clientIdIn(record);
  const where = {
    uniqueName,
    adopt,
    clientId: recorded ?? preferences?.connection.clientId,
    recorded,
    displayName: customer.app.displayName,
    fromAddress: customer.mail.fromAddress,
    otherMailbox: customer.scope === 'mailbox' ? customer.mail.otherMailbox : undefined,
  };
  const snapshot = await look(graph, where, signal);
  if (adopt !== undefined && !snapshot.application) throw setUpFailures.adoptMissing(adopt);
  return { ...snapshot, adminRoles: uniteRoles(snapshot.adminRoles, site.wids) };
}

/**
 * An application that only the preferences file names is the customer's while the secret in it works: who holds that works
 * with the application already. Otherwise it is shown as any other.
 */
function withoutUnproved(
  snapshot: TenantSnapshot,
  site: SurveyJob,
  trial: Trial | undefined,
): TenantSnapshot {
  const { application } = snapshot;
  const { adopt, record } = site;
  if (!application || adopt !== undefined || trial?.kind === 'given') return snapshot;
  if (record.application || application.uniqueName === uniqueNameIn(record)) return snapshot;
  const { objectId, clientId, displayName, uniqueName, createdAt } = application;
  const twin = { objectId, clientId, displayName, uniqueName, createdAt, deletedAt: undefined };
  return { ...snapshot, ...noApplication, twins: [twin, ...snapshot.twins] };
}

/**
 * Admins of ours from before, as long as they hold a role by which they could change every application anyway: the record
 * may come from elsewhere, the role cannot.
 */
async function earlierOwners(
  { snapshot, record }: Existing,
  { graph, admin, signal }: SurveyJob,
): Promise<string[]> {
  const recorded = [...(record.admin ? [record.admin] : []), ...(record.earlierAdmins ?? [])];
  const ids = snapshot.owners
    .map(({ objectId }) => objectId)
    .filter((id) => id !== admin.objectId && recorded.some(({ objectId }) => objectId === id));
  const questions: Record<string, ReturnType<typeof directoryRolesOf>> = Object.fromEntries(
    ids.slice(0, batchLimit).map((id) => [id, directoryRolesOf(`/users/${encodeURIComponent(id)}`)]),
  );
  const roles = await askAll(graph, questions, signal);
  return ids.filter((id) => roles[id] !== undefined && hasRight(roles[id], 'register'));
}

async function askToAdopt(
  existing: Existing,
  { customer, adopt, agreeToAdopt, now }: Timed,
): Promise<string[]> {
  const { application } = existing.snapshot;
  const strangers = strangersOn(customer, existing, now);
  if (!application || strangers.length === 0) return [];
  const { clientId, displayName, createdAt } = application;
  const candidate = { clientId, displayName, createdAt, strangers };
  const isAgreed = adopt === clientId || (await agreeToAdopt?.(candidate)) === true;
  return isAgreed ? strangers : [];
}
