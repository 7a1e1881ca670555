import { errors } from '../advice/errors.ts';
import type { Graph } from '../cloud/graph.ts';
import type { RecordFile } from '../customer/record-file.ts';
import type { Clock } from '../ports.ts';

/** What every part of one run of `apply` uses. */
export interface Run {
  readonly graph: Graph;
  readonly recordFile: RecordFile;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal | undefined;
  /** How long to wait for somebody else's consent; without it the run stops there. */
  readonly consentPatienceMs?: number | undefined;
}

/** Called before every write: a request to stop never cuts one that is under way. */
export function stopIfAsked({ signal }: Pick<Run, 'signal'>): void {
  if (signal?.aborted) throw errors.cancelled('', { doing: 'set up the tenant' });
}
