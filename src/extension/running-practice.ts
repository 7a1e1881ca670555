import type { Connections } from '../core/cloud/connect-to.ts';
import type { PracticeTenant } from '../practice/tenant.ts';

/** A practice tenant served from this window. */
export interface RunningPractice {
  readonly tenant: PracticeTenant;
  /** Its page: `http://127.0.0.1:PORT`. */
  readonly origin: string;
  readonly connections: Connections;
  readonly scenarios: readonly string[];
}
