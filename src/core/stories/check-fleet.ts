import { setMaxListeners } from 'node:events';
import { createTurns } from '../check/turns.ts';
import type { Http, InTurn } from '../cloud/http.ts';
import { recordsLeftBehind } from '../customer/find-customers.ts';
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
  /** Told when a tenant asks to wait for longer than all else takes. */
  readonly onWait?: ((state: FleetState) => void) | undefined;
}

/** How far the check of many customers is. */
export interface FleetState {
  readonly done: number;
  readonly total: number;
  /** Milliseconds until the end, by the time taken so far or as a tenant asked for; `undefined` as long as that tells nothing. */
  readonly leftMs: number | undefined;
  /** The customer file, and until when its tenant asks to wait, where that takes longest. */
  readonly waiting: { readonly file: string; readonly until: number } | undefined;
}

/** Told with each result. */
export interface FleetProgress extends Checked, FleetState {}

/** Customers that wait for their tenants, for each request that may be under way: a bound for memory. */
const waitingPerTurn = 50;
/** Not more is waited for a service in trouble than this: the next check comes soon enough. */
const patienceMs = 5000;
/** A shorter wait is not worth a word. */
const toldMs = 5000;

/**
 * Checks many customers, each at its own pace: a tenant that is slow, asks to slow down or does not answer holds up no other.
 * Yields results as they come. Stopped, it throws a Failure within the second; what was seen until then is kept.
 */
export async function* checkFleet(
  jobs: readonly CheckJob[],
  ports: FleetPorts,
): AsyncGenerator<FleetProgress> {
  const { signal, onWait } = ports;
  const progress = createProgress(jobs.length, ports);
  const fleet = startAll(jobs, ports, (file, ms) => {
    const isLong = progress.wait(file, ms);
    if (isLong) onWait?.(progress.state());
  });
  let isClockTold = false;
  try {
    for (let checked = await fleet.next(); checked; checked = await fleet.next()) {
      progress.add(checked);
      // The clock is that of this computer, whoever is looked at: it is told once.
      const findings = checked.customer.findings.filter(({ code }) => !isClockTold || code !== 'clock');
      isClockTold ||= findings.some(({ code }) => code === 'clock');
      yield { ...checked, customer: { ...checked.customer, findings }, ...progress.state() };
    }
  } finally {
    fleet.stop();
  }
  if (signal?.aborted)
    throw errors.cancelled(
      say`${progress.state().done} of ${jobs.length} customers were checked. What was found is saved.`,
    );
}

function createProgress(total: number, { clock, concurrency }: FleetPorts) {
  const begun = clock.now();
  let [done, skipped] = [0, 0];
  /** Until when each customer waits that is asked to. */
  const waits = new Map<string, number>();
  return {
    add({ customer, skipped: wasSkipped }: Checked) {
      done += 1;
      if (wasSkipped) skipped += 1;
      waits.delete(customer.file);
    },
    /** Whether that is long. A wait of no time is the end of one. */
    wait(file: string, ms: number): boolean {
      if (ms < toldMs) waits.delete(file);
      else waits.set(file, clock.now() + ms);
      return ms >= toldMs;
    },
    state(): FleetState {
      const now = clock.now();
      const each = (now - begun) / (done - skipped);
      const leftMs = done - skipped < concurrency ? undefined : Math.round(each * (total - done));
      const [file, until] = [...waits].reduce((one, other) => (other[1] > one[1] ? other : one), ['', 0]);
      if (until - now <= (leftMs ?? 0)) return { done, total, leftMs, waiting: undefined };
      return { done, total, leftMs: until - now, waiting: { file, until } };
    },
  };
}

/** All customers, on their way: `next` gives the results as they come, `undefined` after the last. */
function startAll(
  jobs: readonly CheckJob[],
  { http, clock, signal, concurrency, tell }: FleetPorts,
  waits: (file: string, ms: number) => void,
) {
  const end = new AbortController();
  const ended = signal ? AbortSignal.any([signal, end.signal]) : end.signal;
  // Each customer that waits listens to it; Node takes more than ten listeners for a leak, and says so on the terminal.
  setMaxListeners(0, ended);
  const [begin, ask] = [createTurns(concurrency), createTurns(concurrency)];
  const leftBehind = recordsLeftBehind();
  const under = new Set<Promise<void>>();
  const results = createResults<Checked>();

  const check = async (job: CheckJob, isAsking: () => void): Promise<void> => {
    const inTurn: InTurn = (work) =>
      ask.inTurn(() => {
        isAsking();
        waits(job.file, 0);
        return work();
      });
    const onWait = (ms: number): void => waits(job.file, ms);
    const patient: Http = { send: (request) => http.send({ ...request, patienceMs, inTurn, onWait }) };
    const one = { http: patient, clock, signal: ended, patienceMs, tell, leftBehind };
    results.add(await checkOneCustomer(job, one));
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
