import type { RecordFile } from '../customer/record-file.ts';
import { errors } from '../words/errors.ts';
import { say, type Words } from '../words/say.ts';
import type { ConsentRequest } from './consent-request.ts';
import type { StepPorts } from './step.ts';
import type { Change } from './steps.ts';

/** What every part of one run of `apply` uses. */
export interface Run extends StepPorts {
  readonly recordFile: RecordFile;
  /** How long to wait for someone else's consent; without it the run stops there. */
  readonly consentPatienceMs?: number | undefined;
}

/** What `apply` and the proof yield while they run. */
export type SetUpProgress =
  | { readonly kind: 'started' | 'done'; readonly change: Change }
  | { readonly kind: 'waiting'; readonly reason: Words; readonly ms: number }
  | { readonly kind: 'consent asked'; readonly request: ConsentRequest }
  /** For how long already, and when it is looked again. */
  | { readonly kind: 'waiting for consent'; readonly waitedMs: number; readonly ms: number };

/** Called before every write: a request to stop never cuts one that is under way. */
export function stopIfAsked({ signal }: Pick<Run, 'signal'>): void {
  if (signal?.aborted) throw errors.cancelled('', { doing: say`set up the tenant` });
}
