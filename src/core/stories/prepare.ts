import { clouds } from '../cloud/clouds.ts';
import type { Graph } from '../cloud/graph.ts';
import { createGraph } from '../cloud/graph-client.ts';
import type { Http } from '../cloud/http.ts';
import type { Customer } from '../customer/customer.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { findRecord, readRecord } from '../customer/record-file.ts';
import { openRenewal } from '../customer/standing.ts';
import { sweepLeftovers } from '../files/leftovers.ts';
import { checkOutput } from '../files/own-files.ts';
import type { PlaceNote } from '../files/place.ts';
import { openToOthers } from '../files/private-file.ts';
import { canWrite } from '../files/target.ts';
import type { Clock } from '../ports.ts';
import type { Preferences } from '../preferences/preferences.ts';
import {
  checkPlaces,
  findOld,
  oldFileOf,
  openPreferences,
  type PreferencesFile,
} from '../preferences/preferences-file.ts';
import type { DeletedChoice, Existing, RemovalWish } from '../setup/existing.ts';
import type { Finding } from '../setup/finding.ts';
import type { StandingGrant } from '../setup/permissions.ts';
import type { Plan } from '../setup/plan.ts';
import { makePlan } from '../setup/plan.ts';
import { preFlight } from '../setup/pre-flight.ts';
import { trySecret } from '../setup/proof.ts';
import { withFoundRenewal } from '../setup/renewal.ts';
import { type Candidate, survey } from '../setup/survey.ts';
import { resolveTenant } from '../sign-in/resolve-tenant.ts';
import type { Session } from '../sign-in/session.ts';
import type { NamedApplication } from '../tenant/applications.ts';
import type { OnWait } from '../waiting.ts';
import { errors } from '../words/errors.ts';
import { say } from '../words/say.ts';

/** What is to be set up, and where its files lie. */
export interface Job {
  readonly customer: Customer;
  readonly files: { readonly record: string; readonly preferences: string };
  /** `practice` where the requests go to a server on this machine. */
  readonly kind: CustomerRecord['kind'];
  /** How the lock names this run. */
  readonly by: string;
  /** Client id of an application that someone else may have registered: a person agreed to take it over. */
  readonly adopt?: string | undefined;
  /** Whether permissions that the customer file does not ask for are removed; otherwise they are told. */
  readonly removeSurplus?: boolean | undefined;
}

export interface Ports {
  readonly http: Http;
  readonly clock: Clock;
  /** 0 to 1, for jitter. */
  readonly random: () => number;
  /** Signs an admin in to this tenant, or gives the session of one who is. */
  readonly signIn: (tenantId: string) => Promise<Session>;
  readonly onWait?: OnWait | undefined;
  /** Asked where the application carries what is not ours; without it such an application is left alone. */
  readonly agreeToAdopt?: ((candidate: Candidate) => Promise<boolean>) | undefined;
  /** Asked where the application has permissions that the customer file does not name; without it they are told, and stay. */
  readonly agreeToRemove?: ((surplus: readonly StandingGrant[]) => Promise<boolean>) | undefined;
  /** Asked where the application was deleted; without it that one stays deleted. */
  readonly askAboutDeleted?: ((deleted: NamedApplication) => Promise<DeletedChoice>) | undefined;
  /** Whether the record learns when the app signs in (`locked`). */
  readonly notesSignIns?: true;
  readonly signal: AbortSignal | undefined;
}

/** How far the preparation is. */
export type Preparation =
  | { readonly kind: 'tenant'; readonly tenantId: string }
  | { readonly kind: 'signed in'; readonly admin: Session['admin']; readonly tenantId: string }
  | { readonly kind: 'looked'; readonly findings: readonly Finding[]; readonly plan: Plan };

/** The customer's files, the admin and the tenant, as they are. */
export interface Found {
  readonly session: Session;
  readonly graph: Graph;
  /** Microsoft's time, by which lifetimes are counted and the record is dated: this computer's clock may be wrong. */
  readonly clock: Clock;
  readonly file: PreferencesFile;
  readonly placeNotes: readonly PlaceNote[];
  readonly existing: Existing;
}

export interface Prepared extends Omit<Found, 'placeNotes'> {
  readonly findings: readonly Finding[];
  readonly plan: Plan;
}

/** What a look is for, where that is not a set-up. */
export interface OtherAim {
  readonly removal?: RemovalWish;
  /** Preferences that are not in their file yet. */
  readonly inHand?: Preferences | undefined;
  /** What the story writes besides preferences and record. */
  readonly papers?: readonly string[];
}

/** What looking needs. It takes no lock. */
export type LookJob = Omit<Job, 'by'>;

/**
 * Everything before the first change: files, tenant, sign-in, look, pre-flight, plan. Changes nothing in the tenant, but for a
 * deleted application that a person wants restored, or deleted for good.
 */
export async function* prepare(job: LookJob, ports: Ports): AsyncGenerator<Preparation, Prepared> {
  const { placeNotes, ...found } = yield* lookAround(job, ports);
  const now = found.clock.now();
  const findings = [...preFlight(job.customer, found.existing, now), ...placeNotes.map(asFinding)];
  const plan = makePlan(job.customer, found.existing, now);
  yield { kind: 'looked', findings, plan };
  return { ...found, findings, plan };
}

/** The part of it that is shared by what is no set-up: nothing is planned yet. */
export async function* lookAround(job: LookJob & OtherAim, ports: Ports): AsyncGenerator<Preparation, Found> {
  const { customer, files, removal } = job;
  const { http, clock, random, signal, onWait } = ports;
  const { file, placeNotes } = await lookAtFiles(files, customer, job);
  const preferences = job.inHand ?? file.current();
  const cloud = clouds[customer.cloud];
  const { tenantId } = await resolveTenant({ http, cloud, tenant: customer.tenant }, signal);
  yield { kind: 'tenant', tenantId };
  const record = await readOwn(job, preferences, tenantId);
  // Meanwhile, for it takes as long as a look: what follows is planned by what came of it.
  // In a renewal a sign-in that no one notes would be taken for T&A's.
  const mayTry = ports.notesSignIns || !openRenewal(record);
  const trying = preferences && mayTry ? trySecret(preferences, http, signal) : undefined;
  trying?.catch(() => undefined);

  const session = await ports.signIn(tenantId);
  yield { kind: 'signed in', admin: session.admin, tenantId };
  const token = (): ReturnType<Session['token']> => session.token();
  const graph = createGraph({ http, clock, random, cloud, token, tenantId, ...(onWait && { onWait }) });

  const found = await survey({
    customer,
    adopt: job.adopt,
    removeSurplus: job.removeSurplus === true,
    removal,
    agreeToAdopt: ports.agreeToAdopt,
    agreeToRemove: ports.agreeToRemove,
    askAboutDeleted: ports.askAboutDeleted,
    graph,
    clock,
    admin: session.admin,
    wids: session.wids,
    record,
    preferences,
    preferencesFile: files.preferences,
    trying,
    signal,
  });
  const seen = found.snapshot.organization?.id.toLowerCase();
  if (seen !== tenantId) throw errors.wrongTenant(tenantId, seen);
  const own = setBack(clock, found.aheadMs);
  const old = removal || record.application ? undefined : await findOld(files.preferences);
  const existing = withFoundRenewal(found, old, own.now());
  return { session, graph, clock: own, file, placeNotes, existing };
}

/**
 * The preferences file. Every file that the story writes or removes is looked at, before anything is changed: throws a Failure where one
 * could not be written later, may not lie there, is damaged, or is of another cloud.
 */
export async function lookAtFiles(
  { preferences, record }: Job['files'],
  customer: Customer | undefined,
  { removal, papers = [] }: OtherAim = {},
): Promise<{ file: PreferencesFile; placeNotes: PlaceNote[] }> {
  if (!removal || removal.preferences) await canWrite(preferences);
  await canWrite(record);
  await findRecord(record, customer);
  for (const paper of papers) {
    await checkOutput(paper);
    await canWrite(paper);
    await sweepLeftovers(paper, Date.now());
  }
  if (removal) {
    if (removal.preferences) await canWrite(oldFileOf(preferences));
    // Nothing is written into a file that goes, so it may lie where it lies.
    return { file: await openPreferences(preferences), placeNotes: [] };
  }
  const placeNotes = [...(await checkPlaces(preferences)), ...openToOthers(preferences)];
  const file = await openPreferences(preferences);
  file.current();
  return { file, placeNotes };
}

/** The customer's record. Throws a Failure where it, or the preferences file, is another customer's. */
export async function readOwn(
  job: LookJob,
  preferences: Preferences | undefined,
  tenantId: string,
): Promise<CustomerRecord> {
  const record = await readRecord(job.files.record, blankRecord(job, tenantId));
  refuseStranger(job.files.preferences, preferences, tenantId);
  return record;
}

export const asFinding = (note: PlaceNote): Finding => ({ ...note, level: 'note', who: 'you' });

const setBack = (clock: Clock, aheadMs: number): Clock => ({
  now: () => clock.now() - aheadMs,
  sleep: (ms, signal) => clock.sleep(ms, signal),
});

/** The secret of another customer would be lost for good. */
function refuseStranger(file: string, preferences: Preferences | undefined, tenantId: string): void {
  const found = preferences?.connection.tenantId ?? tenantId;
  if (found === tenantId) return;
  const expected = say`the customer's tenant ${tenantId} (move the other customer's file away)`;
  throw errors.badInput({ file, path: 'connection.tenantId', expected, found });
}

/** Of a customer for whom nothing is recorded yet. */
export function blankRecord(
  { customer, kind }: Pick<Job, 'customer' | 'kind'>,
  tenantId: string,
): CustomerRecord {
  return {
    version: 1,
    customer: customer.name,
    cloud: customer.cloud,
    kind,
    tenant: { id: tenantId, displayName: customer.tenant, domain: customer.tenant },
    grants: [],
    journal: [],
  };
}
