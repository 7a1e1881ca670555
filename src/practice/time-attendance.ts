import type { Application, State, StoredSecret } from './state.ts';

/** Its operator enters a secret so long after whoever made it used it first. */
const enteredAfterMs = 3 * 60_000;
/** How often its services look whether there is email to send; each time they sign in. */
const everyMs = 30_000;

/** Sign-ins of one secret that are kept: the first, and the last ones, of which the report may not have heard yet. */
const kept = 50;

export function noteSignIn({ clock }: State, { signIns }: StoredSecret): void {
  signIns.push(clock.now());
  if (signIns.length > kept) signIns.splice(1, signIns.length - kept);
}

/**
 * When a secret was used last, as far as the report has heard: by whoever signed in with it here, and by T&A, which sets no
 * timer and whose uses are counted when someone asks.
 */
export function lastUseOf(state: State, application: Application, secret: StoredSecret): number | undefined {
  const heardOf = (at: number): boolean => state.lag.arrived('signInToReport', at);
  const uses = [...secret.signIns, ...usesByTimeAttendance(state, application, secret)].filter(heardOf);
  return uses.length === 0 ? undefined : Math.max(...uses);
}

/** T&A goes from one secret to the next in their order; with the scenario `ta-keeps-old-secret` it stays with the first. */
function usesByTimeAttendance(state: State, { secrets }: Application, secret: StoredSecret): number[] {
  const used = secrets
    .filter(({ signIns }) => signIns.length > 0)
    .sort((one, other) => one.madeAt - other.madeAt);
  const known = state.timeAttendanceKeepsSecret ? used.slice(0, 1) : used;
  const at = known.indexOf(secret);
  if (at < 0) return [];
  const from = enteredAt(secret);
  const next = known[at + 1];
  const until = Math.min(
    secret.endsAt,
    next ? enteredAt(next) : Number.POSITIVE_INFINITY,
    state.clock.now() + 1,
  );
  const times = Math.ceil((until - from) / everyMs);
  // The last ones are enough: the report tells one, and has heard of those before.
  return Array.from({ length: Math.min(times, latest) }, (_, back) => from + (times - 1 - back) * everyMs);
}
const latest = 500;

const enteredAt = ({ signIns: [first = 0] }: StoredSecret): number => first + enteredAfterMs;
