import { errors } from '../advice/errors.ts';
import type { Clock } from '../ports.ts';

/** Sleeps; a stop meanwhile is a Failure like any other. */
export async function pause(clock: Clock, ms: number, doing: string, signal?: AbortSignal): Promise<void> {
  try {
    await clock.sleep(ms, signal);
  } catch (cause) {
    throw signal?.aborted === true ? errors.cancelled('', { doing, cause }) : cause;
  }
}
