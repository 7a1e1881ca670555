import { setMaxListeners } from 'node:events';
import { createTurns } from '../check/turns.ts';
import type { Http, InTurn } from '../cloud/http.ts';
import type { Clock } from '../ports.ts';
import { errors } from '../words/errors.ts';
import { say } from '../words/say.ts';
import { type Checked, type CheckJob, type CheckPorts, checkOneCustomer } from './check.ts';

export interface FleetPorts extends Pick<CheckPorts, 'tell'> {
  readonly http: Http;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  /** Requests that are under way at once. Whoever waits for a service that asks to slow down does not count. */
  readonly concurrency: number;
}

/** How far the check of many customers is, told with each result. */
export interface FleetProgress extends Checked {
  readonly done: number;
  readonly total: number;
  /** Milliseconds until the end, by the time taken so far; `undefined` as long as that tells nothing. */
  readonly leftMs: number | undefined;
}

/** Customers that wait for their tenants, for each request that may be under way: a bound for memory. */
const waitingPerTurn = 50;
/** Not more is waited for a service in trouble than this: the next check comes soon enough. */
const patienceMs = 5000;

/**
 * Checks many customers, each at its own pace: a tenant that is slow, asks to slow down or does not answer holds up no other.
 * Yields results as they come. Stopped, it throws a Failure within the second; what was seen until then is kept.
 */
export async function* checkFleet(
  jobs: readonly CheckJob[],
  ports: FleetPorts,
): AsyncGenerator<FleetProgress> {
  const { clock, signal } = ports;
  const begun = clock.now();
  const fleet = startAll(jobs, ports);
  let [done, skipped] = [0, 0];
  let isClockTold = false;
  try {
    for (let checked = await fleet.next(); checked; checked = await fleet.next()) {
      done += 1;
      if (checked.skipped) skipped += 1;
      const each = (clock.now() - begun) / (done - skipped);
      const leftMs = done - skipped < ports.concurrency ? undefined : Math.round(each * (jobs.length - done));
      // The clock is that of this computer, whoever is looked at: it is told once.
      const findings = checked.customer.findings.filter(({ code }) => !isClockTold || code !== 'clock');
      isClockTold ||= findings.some(({ code }) => code === 'clock');
      yield { ...checked, customer: { ...checked.customer, findings }, done, total: jobs.length, leftMs };
    }
  } finally {
    fleet.stop();
  }
  if (signal?.aborted)
    throw errors.cancelled(say`${done} of ${jobs.length} customers were checked. What was found is saved.`);
}

/** All customers, on their way: `next` gives the results as they come, `undefined` after the last. */
function startAll(jobs: readonly CheckJob[], { http, clock, signal, concurrency, tell }: FleetPorts) {
  const end = new AbortController();
  const ended = signal ? AbortSignal.any([signal, end.signal]) : end.signal;
  // Each customer that waits listens to it; Node takes more than ten listeners for a leak, and says so on the terminal.
  setMaxListeners(0, ended);
  const [begin, ask] = [createTurns(concurrency), createTurns(concurrency)];
  const under = new Set<Promise<void>>();
  const results = createResults<Checked>();

  const check = async (job: CheckJob, isAsking: () => void): Promise<void> => {
    const inTurn: InTurn = (work) =>
      ask.inTurn(() => {
        isAsking();
        return work();
      });
    const patient: Http = { send: (request) => http.send({ ...request, patienceMs, inTurn }) };
    results.add(await checkOneCustomer(job, { http: patient, clock, signal: ended, patienceMs, tell }));
  };
  const start = (job: CheckJob): void => {
    // Until its first request is sent it counts among those that are being begun, so that few files are open.
    let isAsking = (): void => undefined;
    const asking = new Promise<void>((resolve) => {
      isAsking = resolve;
    });
    void begin.inTurn(() => asking);
    const work = check(job, () => isAsking())
      .catch((cause: unknown) => {
        if (!ended.aborted) results.fail(cause);
        end.abort();
      })
      .finally(() => {
        isAsking();
        under.delete(work);
      });
    under.add(work);
  };
  const startEach = async (): Promise<void> => {
    for (const job of jobs) {
      await begin.free();
      while (under.size >= concurrency * waitingPerTurn) await Promise.race(under);
      if (ended.aborted) break;
      start(job);
    }
    await Promise.all(under);
  };
  void startEach().finally(results.end);
  return { next: results.next, stop: () => end.abort() };
}

/** What comes in whatever order, taken one by one. */
function createResults<T extends object>() {
  const ready: T[] = [];
  let failure: unknown;
  let over = false;
  let wake = (): void => undefined;
  const next = async (): Promise<T | undefined> => {
    while (ready.length === 0 && !over) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    if (ready.length === 0 && failure !== undefined) throw failure;
    return ready.shift();
  };
  return {
    next,
    add(result: T) {
      ready.push(result);
      wake();
    },
    fail(cause: unknown) {
      failure ??= cause;
    },
    end() {
      over = true;
      wake();
    },
  };
}
