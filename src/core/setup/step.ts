import type { GraphAnswer, GraphRequest } from '../cloud/graph.ts';
import type { Customer } from '../customer/customer.ts';
import type { CustomerRecord } from '../customer/record.ts';
import type { Secret } from '../secret.ts';
import type { Change, ChangeOf } from './change.ts';
import type { Existing } from './existing.ts';
import type { Run } from './run.ts';

/** What an answer means for the run. */
export type Verdict =
  | { readonly kind: 'done'; readonly record: CustomerRecord; readonly secret?: Secret }
  /** Not known everywhere yet: ask again. */
  | { readonly kind: 'lag' }
  /** Carried out, but the answer does not say what was made: ask this and judge its answer. */
  | { readonly kind: 'read back'; readonly request: GraphRequest }
  /** Perhaps carried out: `settle` before asking again. */
  | { readonly kind: 'doubt' }
  | { readonly kind: 'failed' };

export interface Settling extends Pick<Run, 'graph' | 'clock' | 'random' | 'signal'> {
  /** What the service asked for with the answer that left the doubt, where it was not waited for already. */
  readonly firstAfterMs: number | undefined;
}

/** One kind of change in the tenant: is there anything to do, what to ask Graph, what the answer means. All pure. */
export interface Step<K extends Change['kind']> {
  readonly kind: K;
  plan(customer: Customer, existing: Existing, now: number): readonly ChangeOf<K>[];
  /** `operation` is this run's key for the change, kept in the journal before the request leaves. */
  requests(change: ChangeOf<K>, record: CustomerRecord, operation: string): readonly GraphRequest[];
  /** `index` tells which of the requests was answered. */
  judge(change: ChangeOf<K>, answer: GraphAnswer, record: CustomerRecord, index: number): Verdict;
  /** Undoes what a lost answer may have left, where asking twice would leave two. */
  settle?(settling: Settling, record: CustomerRecord, operation: string): Promise<void>;
}
