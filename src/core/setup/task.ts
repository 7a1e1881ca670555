import type { GraphAnswer, GraphRequest } from '../cloud/graph.ts';
import type { CustomerRecord } from '../customer/record.ts';
import type { Change, ChangeOf, Plan } from './change.ts';
import { newOperation } from './operations.ts';
import type { Settling, Step, Verdict } from './step.ts';

/** One change bound to its step and to the key under which this run makes it. */
export interface Task {
  readonly change: Change;
  readonly operation: string;
  requests(record: CustomerRecord): readonly GraphRequest[];
  judge(answer: GraphAnswer, record: CustomerRecord, index: number): Verdict;
  /** Present where asking twice would leave two. */
  readonly settle: ((settling: Settling, record: CustomerRecord) => Promise<void>) | undefined;
  /** The same change under a new key, for when the old key's outcome is in doubt. */
  renew(): Task;
}

export function tasksOf<K extends Change['kind']>(step: Step<K>, plan: Plan): Task[] {
  return plan.changes
    .filter((change): change is ChangeOf<K> => change.kind === step.kind)
    .map((change) => taskOf(step, change, newOperation()));
}

function taskOf<K extends Change['kind']>(step: Step<K>, change: ChangeOf<K>, operation: string): Task {
  const { settle } = step;
  return {
    change,
    operation,
    requests: (record) => step.requests(change, record, operation),
    judge: (answer, record, index) => step.judge(change, answer, record, index),
    settle: settle && ((settling, record) => settle(settling, record, operation)),
    renew: () => taskOf(step, change, newOperation()),
  };
}
