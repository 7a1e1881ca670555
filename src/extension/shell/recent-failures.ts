import type { Failure } from '../../core/words/failure.ts';

/** What support asks for after a failure: no text, no name, no address. */
export interface FailureTrace {
  /** ISO 8601. */
  readonly at: string;
  readonly command: string;
  readonly code: string;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
}

/** The last failures of this window. */
export interface RecentFailures {
  add(command: string, failure: Failure): void;
  list(): readonly FailureTrace[];
}

const kept = 20;

export function createRecentFailures(): RecentFailures {
  let traces: readonly FailureTrace[] = [];
  return {
    add(command, { code, status, requestId }) {
      const at = new Date().toISOString();
      traces = [...traces, { at, command, code, status, requestId }].slice(-kept);
    },
    list: () => traces,
  };
}
