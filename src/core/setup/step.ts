import type { Graph, GraphAnswer, GraphRequest } from '../cloud/graph.ts';
import type { Customer } from '../customer/customer.ts';
import type { CustomerRecord } from '../customer/record.ts';
import type { RecordFile } from '../customer/record-file.ts';
import type { Clock } from '../ports.ts';
import type { PreferencesFile } from '../preferences/preferences-file.ts';
import type { Secret } from '../secret.ts';
import type { Words } from '../words/say.ts';
import type { AdminRight } from './admin-rights.ts';
import type { Existing } from './existing.ts';

/** The parts of a set-up that can be done one by one, in their order. */
export const partNames = ['registration', 'permissions', 'secret', 'preferences'] as const;
export type PartName = (typeof partNames)[number];

/** Round trips to the tenant: one needs ids that the one before returned. */
export const trips = [1, 2, 3] as const;

/** One entry of a plan. Pure data: it can be printed, saved and compared. */
interface AnyChange {
  readonly kind: string;
}
type FieldOf<C> = C extends unknown ? Extract<keyof C, string> : never;

/** What every step says of itself. All pure. */
interface Description<C extends AnyChange> {
  readonly kind: C['kind'];
  readonly part: PartName;
  /** What the admin's roles must allow; `undefined` where the tenant is not touched. */
  readonly right: AdminRight | undefined;
  /** Whether it needs an application that carries nothing of strangers, or only what a person agreed to. */
  readonly needsTrust: boolean;
  /** Fields that may differ although the same is changed: instants, paths, who is signed in, what is drawn. */
  readonly volatile?: readonly FieldOf<C>[];
  /** A list of which each is changed by itself: a run that stops between two of them can go on. */
  readonly oneByOne?: FieldOf<C>;
  /** As the heading of a step: `Add a client secret`. */
  title(change: C): Words;
  /** The same inside a sentence: `add a client secret`. */
  doing(change: C): Words;
  /** What a person should know before agreeing, a line each. */
  details(change: C): readonly Words[];
  /** Is there anything to do? */
  plan(customer: Customer, existing: Existing, now: number): readonly C[];
  /** Where every attempt creates another object: what came of the one under this key, as far as the tenant shows it. */
  outcomeOf?(operation: string, existing: Existing, now: number): 'done' | 'failed' | undefined;
}

/** The answer does not say what exists: ask `request` and judge its answer. */
export interface ReadBack {
  readonly kind: 'read back';
  readonly request: GraphRequest;
  /** What was asked is not taken here: this asks for the same in another way, before anything is read back. */
  readonly instead?: GraphRequest;
  /** Where nothing is found there, the refusal stands; otherwise it was carried out and is not known everywhere yet. */
  readonly refused?: true;
}

/** What an answer means for the run. */
export type Judgement =
  | { readonly kind: 'done'; readonly record: CustomerRecord; readonly secret?: Secret }
  /** Not known everywhere yet: ask again, as `answer` says where it is another than the one judged. */
  | { readonly kind: 'lag'; readonly answer?: GraphAnswer }
  | ReadBack
  /** Perhaps carried out: `settle` before asking again. */
  | { readonly kind: 'doubt' }
  | { readonly kind: 'failed' };

/** What a step asks the tenant with. */
export interface StepPorts {
  readonly graph: Graph;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal | undefined;
}

export interface Settling extends StepPorts {
  /** What the service asked for with the answer that left the doubt, where it was not waited for already. */
  readonly firstAfterMs: number | undefined;
}

/** A change in the tenant: what to ask Graph, and what the answer means. */
export interface TenantStep<C extends AnyChange> extends Description<C> {
  /** The round trip that it shares with the other steps of this number. */
  readonly trip: (typeof trips)[number];
  /** `operation` is this run's key for the change, kept in the journal before the request leaves. */
  requests(change: C, record: CustomerRecord, operation: string): readonly GraphRequest[];
  /** `index` tells which of the requests was answered. */
  judge(change: C, answer: GraphAnswer, record: CustomerRecord, index: number): Judgement;
  /** Undoes what a lost answer may have left, where asking twice would leave two. */
  settle?(settling: Settling, record: CustomerRecord, operation: string): Promise<void>;
  /** What the journal has to name besides the operation. */
  note?(change: C): string;
  /** The key of the attempt whose object it removes. */
  undoes?(change: C): string;
}

/** Where a secret is kept, and what says so. */
export interface Keeping {
  readonly customer: Customer;
  readonly file: PreferencesFile;
  readonly recordFile: RecordFile;
  readonly clock: Clock;
}

/** A change on this machine, when the tenant is done. */
export interface FileStep<C extends AnyChange> extends Description<C> {
  readonly trip: 'file';
  write(keeping: Keeping): Promise<void>;
}

export type Step<C extends AnyChange> = TenantStep<C> | FileStep<C>;

/** What an earlier step has put into the record. Missing means that the order of steps is broken, which is our mistake. */
export function requireApplication({
  application,
}: CustomerRecord): NonNullable<CustomerRecord['application']> {
  if (!application) throw new Error('must come after the application is registered');
  return application;
}

export function requireServicePrincipal({
  servicePrincipal,
}: CustomerRecord): NonNullable<CustomerRecord['servicePrincipal']> {
  if (!servicePrincipal) throw new Error('must come after the service principal is added');
  return servicePrincipal;
}
