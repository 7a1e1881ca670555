import type { Http } from '../cloud/http.ts';
import { type Lock, lockStory } from '../customer/lock.ts';
import { watchSignIns } from '../customer/own-sign-ins.ts';
import { noteSignIns } from '../customer/record-file.ts';
import type { Clock } from '../ports.ts';

interface LockedPorts {
  readonly http: Http;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
}

/**
 * A story under its customer's lock. As long as a renewal is open, the record learns of each sign-in of the app before the
 * story goes on: other uses of the new secret are those of T&A.
 */
export async function* locked<Ports extends LockedPorts, Event, Result>(
  recordFile: string,
  who: string,
  ports: Ports,
  story: (ports: Ports & { readonly notesSignIns: true }, lock: Lock) => AsyncGenerator<Event, Result>,
): AsyncGenerator<Event, Result> {
  return yield* lockStory(recordFile, who, ports, (own, lock) => {
    const http = watchSignIns(ports.http, ports.clock, (times) => noteSignIns(lock, times));
    return story({ ...own, http, notesSignIns: true }, lock);
  });
}
