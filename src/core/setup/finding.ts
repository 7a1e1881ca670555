import type { Who } from '../words/failure.ts';
import type { Words } from '../words/say.ts';

/**
 * One answer of the pre-flight. `blocks`: going on cannot end well, so nothing is changed. `later`: what can be done is
 * done, then someone else must act. `note`: worth knowing. `good`: checked and right.
 */
export interface Finding {
  readonly id: string;
  readonly level: 'good' | 'note' | 'later' | 'blocks';
  readonly what: Words;
  /** Present unless `good`. */
  readonly who?: Who;
  readonly next?: Words;
}
