import { isDeepStrictEqual } from 'node:util';
import { lookAsApp } from '../check/look.ts';
import { clouds } from '../cloud/clouds.ts';
import type { Customer } from '../customer/customer.ts';
import { readCustomer } from '../customer/customer.ts';
import { recordFileOf } from '../customer/file-names.ts';
import type { Lock } from '../customer/lock.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { findRecord, keepRecord } from '../customer/record-file.ts';
import { writeAtomically } from '../files/atomic-write.ts';
import { sweepLeftovers } from '../files/leftovers.ts';
import { canWrite, exists } from '../files/target.ts';
import { jsonText } from '../json.ts';
import { type Difference, diffPreferences } from '../preferences/compare.ts';
import { fields, valueAt } from '../preferences/fields.ts';
import { completePreferences } from '../preferences/import.ts';
import type { PastedPreferences, Preferences } from '../preferences/preferences.ts';
import type { Secret } from '../secret.ts';
import {
  adoptedRecord,
  adoptionFindings,
  cloudOfAll,
  customerAsSeen,
  customerFrom,
} from '../setup/adoption.ts';
import { adoptFailures } from '../setup/adoption-failures.ts';
import { type Existing, heldSecret } from '../setup/existing.ts';
import type { Finding } from '../setup/finding.ts';
import { placeOf } from '../setup/keep-secret.ts';
import { makePlan, type Plan } from '../setup/plan.ts';
import { strangersOn } from '../setup/strangers.ts';
import { resolveTenant } from '../sign-in/resolve-tenant.ts';
import type { Session } from '../sign-in/session.ts';
import { errors } from '../words/errors.ts';
import { Failure } from '../words/failure.ts';
import { say } from '../words/say.ts';
import { locked } from './locked.ts';
import { type Job, lookAround, lookAtFiles, type Ports, type Preparation, readOwn } from './prepare.ts';

export interface AdoptJob extends Pick<Job, 'kind' | 'by'> {
  /** Where the customer file is, or goes. */
  readonly customerFile: string;
  /** Where the preferences go. */
  readonly preferencesFile: string;
  /** The name of a customer who has no file yet; otherwise the domain of the sender. */
  readonly name?: string | undefined;
  /** What T&A works with, or else the application that it works with. */
  readonly from:
    | { readonly kind: 'preferences'; readonly found: PastedPreferences }
    | { readonly kind: 'client id'; readonly clientId: string };
}

export interface AdoptPorts extends Pick<Ports, 'http' | 'clock' | 'random' | 'onWait' | 'signal'> {
  /** Signs an admin in to this tenant, or gives the session of one who is. */
  readonly signIn: (tenantId: string, customer: Customer) => Promise<Session>;
  /** The client secret that preferences do not hold; `undefined` where the person does not have it. */
  readonly askSecret: () => Promise<Secret | undefined>;
  /** Asked once, before any file is written. */
  readonly confirm: (adoption: Adoption) => Promise<boolean>;
}

export type AdoptProgress = Preparation | { readonly kind: 'seen by the application itself' };

/** What was found, and what will be written. */
export interface Adoption {
  readonly customer: Customer;
  readonly isNew: boolean;
  readonly clientId: string;
  readonly existing: Existing;
  /** What is on the application. */
  readonly findings: readonly Finding[];
  /** What a set-up would change. */
  readonly plan: Plan;
  /** Between T&A's preferences and a customer file that was there before. */
  readonly differences: readonly Difference[];
  /** Whether preferences are written: not where the secret is not known, or is refused, for then T&A does not work with it. */
  readonly hasPreferences: boolean;
}

export interface Adopted extends Adoption {
  readonly record: CustomerRecord;
  /** Those that were written now. */
  readonly written: readonly string[];
}

/**
 * Adopts a registration that works already: looks at it, with the application's own rights where these are enough, and
 * writes customer, preferences and record. Changes nothing in the tenant.
 */
export async function* adopt(job: AdoptJob, ports: AdoptPorts): AsyncGenerator<AdoptProgress, Adopted> {
  const recordFile = recordFileOf(job.customerFile);
  return yield* locked(recordFile, job.by, ports, (own, lock) => lookAndAdopt(job, own, lock));
}

async function* lookAndAdopt(
  job: AdoptJob,
  ports: AdoptPorts,
  lock: Lock,
): AsyncGenerator<AdoptProgress, Adopted> {
  const files = { record: lock.recordFile, preferences: job.preferencesFile };
  await canWrite(job.customerFile);
  await sweepLeftovers(job.customerFile, Date.now());
  const known = (await exists(job.customerFile)) ? await readCustomer(job.customerFile) : undefined;
  const { file } = await lookAtFiles(files, known);
  const site = { ...job, files, known, ...(await wishOf(job, known, ports)) };
  const recorded = (await findRecord(files.record))?.application?.clientId;
  if (recorded !== undefined && recorded.toLowerCase() !== site.clientId)
    throw adoptFailures.otherApplication(files.record, recorded, site.clientId);
  const seen = (yield* lookAsItself(site, ports)) ?? (yield* lookAsAdmin(site, ports));
  if (site.preferences) await file.requireRoom(site.preferences);
  const adoption = adoptionOf(site, seen);
  const { customer, plan, existing } = adoption;
  if (!(await ports.confirm(adoption)))
    throw errors.cancelled(say`Nothing was written.`, { doing: say`confirm` });
  const recordFile = keepRecord(lock, seen.existing.record);
  const written: string[] = [];
  if (!known) {
    await writeAtomically(job.customerFile, `${jsonText(customer)}\n`);
    written.push(job.customerFile);
  }
  const { preferences } = site;
  if (preferences && adoption.hasPreferences && (await file.replace(preferences)).changed)
    written.push(file.path);
  const record = adoptedRecord(customer, {
    existing,
    plan,
    file: placeOf(file.path, recordFile),
    now: seen.now,
  });
  if (!isDeepStrictEqual(record, recordFile.current()) || !(await exists(files.record))) {
    await recordFile.save(record);
    written.push(files.record);
  }
  return { ...adoption, record, written };
}

interface Wish {
  readonly customer: Customer;
  readonly clientId: string;
  readonly found: PastedPreferences | undefined;
  /** Whole, where the secret is known. */
  readonly preferences: Preferences | undefined;
}

type Site = AdoptJob & Wish & { readonly files: Job['files']; readonly known: Customer | undefined };

/** Whose application it is to be. Throws a Failure. */
async function wishOf(
  { from, customerFile, name }: AdoptJob,
  known: Customer | undefined,
  ports: AdoptPorts,
): Promise<Wish> {
  if (from.kind === 'client id') {
    if (!known) throw adoptFailures.customerNeeded(customerFile);
    return { customer: known, clientId: from.clientId, found: undefined, preferences: undefined };
  }
  const { found } = from;
  const missing = fields.filter(
    (field) =>
      field.tab === 'connection' && field.name !== 'clientSecret' && valueAt(field, found) === undefined,
  );
  if (missing.length > 0) throw adoptFailures.incomplete(missing.map(({ label }) => label));
  const cloud = cloudOfAll(found, known);
  const secret = found.connection.clientSecret ?? (await ports.askSecret());
  return {
    customer: known ?? customerFrom(found, cloud, name),
    clientId: found.connection.clientId ?? '',
    found,
    preferences: secret && completePreferences(found, cloud, secret),
  };
}

interface Seen {
  readonly existing: Existing;
  readonly mailboxOpens: boolean;
  readonly now: number;
}

/** So long a look may be held up that asks with the application's own rights. */
const patienceMs = 60_000;

/** Without these a short list of what is on the application would look like a clean one. */
const needed: readonly string[] = [
  'application',
  'servicePrincipal',
  'grants',
  'federatedCredentials',
  'owners',
];

/** With the rights that T&A has; `undefined` where the secret does not work, or the rights do not show the registration. */
async function* lookAsItself(site: Site, ports: AdoptPorts): AsyncGenerator<AdoptProgress, Seen | undefined> {
  const { customer, preferences, files } = site;
  if (!preferences) return undefined;
  const { http, signal } = ports;
  const tenant = { http, cloud: clouds[customer.cloud], tenant: customer.tenant };
  const { tenantId } = await resolveTenant(tenant, signal);
  const record = await readOwn(site, preferences, tenantId);
  const preferencesFile = files.preferences;
  try {
    const look = await lookAsApp(
      { customer, record, preferences, preferencesFile },
      { ...ports, patienceMs },
    );
    const { existing, unread, senderRefused, now } = look;
    if (!existing.snapshot.application || unread.some((part) => needed.includes(part))) return undefined;
    yield { kind: 'seen by the application itself' };
    return { existing, now, mailboxOpens: senderRefused === undefined };
  } catch (cause) {
    if (cause instanceof Failure && cause.code !== 'TA-CANCELLED') return undefined;
    throw cause;
  }
}

/** As an admin who may read the registration; the application is the one of this client id and no other. */
async function* lookAsAdmin(site: Site, ports: AdoptPorts): AsyncGenerator<AdoptProgress, Seen> {
  const { customer, clientId, preferences } = site;
  const signIn = (tenantId: string): Promise<Session> => ports.signIn(tenantId, customer);
  const job = { ...site, customer, adopt: clientId, inHand: preferences };
  const { existing, clock } = yield* lookAround(job, { ...ports, signIn });
  return { existing, now: clock.now(), mailboxOpens: false };
}

function adoptionOf(site: Site, { existing: found, mailboxOpens, now }: Seen): Adoption {
  const customer = site.known ?? customerAsSeen(site.customer, found, mailboxOpens);
  const agreedTo = strangersOn(customer, found, now);
  const existing = { ...found, agreedTo };
  return {
    customer,
    isNew: site.known === undefined,
    clientId: site.clientId,
    existing,
    findings: adoptionFindings(customer, existing, { found: site.found, now }),
    plan: makePlan(customer, existing, now),
    differences: site.known && site.found ? diffPreferences(site.found, site.known, undefined) : [],
    hasPreferences: site.preferences !== undefined && !isRefused(existing, now),
  };
}

/** One that was created only minutes ago may be refused still. */
const isRefused = (existing: Existing, now: number): boolean =>
  existing.trial?.kind === 'refused' && heldSecret(existing, now) === undefined;
