import * as vscode from 'vscode';
import type { Action } from '../../contract/set-up.ts';
import { withPortalsOf } from '../../core/cloud/clouds.ts';
import type { Http } from '../../core/cloud/http.ts';
import { type Clock, systemClock } from '../../core/ports.ts';
import type { OnboardProgress } from '../../core/stories/onboard.ts';
import { errors } from '../../core/words/errors.ts';
import { Failure } from '../../core/words/failure.ts';
import { say } from '../../core/words/say.ts';
import type { KnownCustomer } from '../customers/choose.ts';
import { portsOf, requireWorld, type ShellPorts } from '../shell/ports.ts';
import { type OpenRun, openSetUpPage } from '../shell/runs.ts';
import type { Shell } from '../shell/shell.ts';
import type { SignInDesk } from '../sign-in/ask-admin.ts';
import { keeperFor } from './cut-off.ts';
import { after, answered, type OpenQuestion, type RunEnd, type RunState, withEnd } from './run-state.ts';
import { forgetWait } from './waits.ts';

/** What a piece of work on a customer works with; its page shows it, and can cancel it. */
export interface ShownRun extends ShellPorts {
  readonly signal: AbortSignal;
  readonly desk: SignInDesk;
  /** One line about the work under way. */
  readonly say: (message: string) => void;
  /** Shows one event of core. */
  readonly event: (event: OnboardProgress) => void;
  /** What the person decides on the page; `cancel` once the work is cancelled. */
  readonly ask: (question: OpenQuestion) => Promise<Action>;
  readonly change: (part: Partial<RunState>) => void;
  readonly state: () => RunState;
}

interface Story {
  readonly title: string;
  /** Whether a proof follows the changes. */
  readonly proves?: boolean;
  readonly aim?: RunState['aim'];
  /** What does it once more: `taExchange.NAME`. */
  readonly command: string;
}

/**
 * Does the work where the customer's page shows it. While another piece of work on this customer is under way in this
 * window, its page is shown instead. Afterwards the list shows what became of the customer.
 */
export async function withCustomerRun<T>(
  { file, record, customer }: Pick<KnownCustomer, 'file' | 'record'> & Partial<KnownCustomer>,
  shell: Shell,
  { title, proves = false, aim = 'set-up', command }: Story,
  work: (run: ShownRun) => Promise<T>,
): Promise<T> {
  const { uri } = file;
  const busy = shell.runs.of(uri)?.isLive() === true;
  if (!busy) shell.runs.put(uri, undefined);
  const { cloud = 'global' } = record ?? customer ?? {};
  requireWorld(record, shell, uri);
  shell.practice.running?.expect(cloud);
  await openSetUpPage(uri);
  if (busy) throw new vscode.CancellationError();
  const run = createRun(shell, uri, record, { title, proves, aim, command });
  shell.runs.put(uri, run);
  try {
    const result = await work(run.ports);
    run.end({ kind: 'done' });
    return result;
  } catch (thrown) {
    const error = withPortalsOf(cloud, thrown);
    const end = endBy(error);
    run.end(end);
    if (!end) shell.runs.put(uri, undefined);
    if (shell.sessions.dropAfter(run.ports, error)) await forgetWait(shell.context, uri);
    throw error;
  } finally {
    shell.customers.changed(uri);
  }
}

/** A native question that was left ends the work as Cancel does. `undefined`: a bug, which no page can explain. */
function endBy(error: unknown): RunEnd | undefined {
  const failure =
    error instanceof vscode.CancellationError
      ? errors.cancelled('', { doing: say`answer a question` })
      : error;
  if (!(failure instanceof Failure)) return undefined;
  return { kind: failure.code === 'TA-CANCELLED' ? 'stopped' : 'failed', failure };
}

function createRun(
  shell: Shell,
  customer: vscode.Uri,
  record: KnownCustomer['record'],
  story: Pick<RunState, 'title' | 'proves' | 'aim' | 'command'>,
): OpenRun & { readonly ports: ShownRun; end(end: RunEnd | undefined): void } {
  const stop = new AbortController();
  const clock = wakingClock();
  const desk = createDesk(stop.signal);
  let state: RunState = { ...story, startedAt: Date.now(), steps: [] };
  let live = true;
  const keep = keeperFor(shell, customer);
  const put = (next: RunState): void => {
    // A session renews its token through the ports of the run that signed in, which may be over.
    if (!live) return;
    state = next;
    keep(state);
    shell.runs.changed(customer);
  };
  const change = (part: Partial<RunState>): void => put({ ...state, ...part });
  const wake = (): unknown => (state.consent || state.exchange !== undefined) && clock.wake();
  const ports = portsOf(shell, record, stop.signal, ({ doing, ms, reason }) =>
    change({ wait: { reason: say`${doing}: ${reason}`, until: Date.now() + ms } }),
  );
  return {
    state: () => state,
    isLive: () => live,
    press(action) {
      if (action === 'signInAgain') change({ signsInAgain: true });
      if (action === 'cancel' || action === 'signInAgain') stop.abort();
      else if (action === 'checkNow') wake();
      else if (action === 'signInByBrowser' && !desk.isWaiting()) change({ wantsBrowser: true });
      else desk.answer(action, state.question !== undefined);
    },
    end(end) {
      if (end) put(withEnd(state, end, Date.now()));
      else keep(undefined);
      live = false;
      shell.runs.changed(customer);
    },
    ports: {
      ...ports,
      http: watched(ports.http, (status, requestId) => put(answered(state, status, requestId))),
      clock,
      signal: stop.signal,
      state: () => state,
      change,
      say: (says) => change({ says, wait: undefined }),
      event: (event) => put(after(state, event, Date.now())),
      async ask(question) {
        change({ question, wait: undefined });
        const action = await desk.pressed();
        change({ question: undefined });
        return action;
      },
      desk: {
        show: (signIn) => change({ signIn, wait: undefined }),
        async otherWay() {
          if (!state.wantsBrowser) return await desk.otherWay();
          change({ wantsBrowser: false });
          return 'browser';
        },
      },
    },
  };
}

/** Where the work waits for a press: the answer to its question, or another way to sign in. */
function createDesk(stopped: AbortSignal) {
  let waiting: ((action: Action) => void) | undefined;
  const pressed = (): Promise<Action> =>
    new Promise((resolve) => {
      if (stopped.aborted) return resolve('cancel');
      waiting = resolve;
      stopped.addEventListener('abort', () => resolve('cancel'), { once: true });
    });
  return {
    pressed,
    isWaiting: () => waiting !== undefined,
    answer(action: Action, asked: boolean): void {
      if (!asked && action !== 'signInByBrowser' && action !== 'signInByCode') return;
      const tell = waiting;
      waiting = undefined;
      tell?.(action);
    },
    async otherWay(): ReturnType<SignInDesk['otherWay']> {
      const action = await pressed();
      if (action === 'cancel') throw errors.cancelled('', { doing: say`sign in` });
      return action === 'signInByCode' ? 'device code' : 'browser';
    },
  };
}

function watched(http: Http, told: (status: number, requestId: string | undefined) => void): Http {
  return {
    async send(request) {
      const response = await http.send(request);
      told(response.status, response.requestId);
      return response;
    },
  };
}

/** Real time, but a person may end a pause. */
function wakingClock(): Clock & { wake(): void } {
  let alarm = new AbortController();
  return {
    now: systemClock.now,
    wake() {
      alarm.abort();
      alarm = new AbortController();
    },
    async sleep(ms, signal) {
      const { signal: woken } = alarm;
      try {
        await systemClock.sleep(ms, signal ? AbortSignal.any([signal, woken]) : woken);
      } catch (cause) {
        signal?.throwIfAborted();
        if (!woken.aborted) throw cause;
      }
    },
  };
}
