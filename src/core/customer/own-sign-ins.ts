import { answeredAt } from '../cloud/headers.ts';
import type { Http, HttpRequest } from '../cloud/http.ts';
import type { Clock } from '../ports.ts';
import { findKept, keepLastCheck, type LastCheck, signInsOf, unseenSince } from './last-check.ts';
import type { CustomerRecord } from './record.ts';
import { openRenewal } from './standing.ts';

/** Microsoft's clock tells whole seconds, and a request takes a while: times so near are the same sign-in. */
const nearMs = 5000;
/** How far apart marks of a try may lie that got no answer for long: Entra may have signed the app in at any time of it. */
const stepMs = 10_000;
const longestMs = 5 * 60_000;

/**
 * The same `Http`, which notes when the app signs in through it, by Microsoft's clock where it has told. `noted` is waited for
 * before each try leaves: Entra's report tells of a sign-in whose answer no one read, and it has to be known as ours.
 */
export function watchSignIns(
  http: Http,
  clock: Clock,
  noted: (times: readonly number[]) => Promise<void> | void,
): Http {
  let aheadMs = 0;
  const now = () => clock.now() + aheadMs;
  return {
    async send(request) {
      const known: number[] = [];
      const note = async (times: readonly number[]): Promise<void> => {
        const more = times.filter((at) => !known.some((one) => Math.abs(one - at) <= nearMs));
        known.push(...more);
        if (more.length > 0) await noted(more);
      };
      const answer = await http.send(isSignIn(request) ? notingTries(request, now, note) : request);
      const at = answeredAt(answer);
      if (at !== undefined) aheadMs = at - clock.now();
      if (isSignIn(request) && answer.status < 300) await note([at ?? now()]);
      return answer;
    },
  };
}

function notingTries(
  request: HttpRequest,
  now: () => number,
  note: (times: readonly number[]) => Promise<void>,
): HttpRequest {
  const { inTurn = (work) => work() } = request;
  const noting: typeof inTurn = (work) =>
    inTurn(async () => {
      const begun = now();
      await note([begun]);
      try {
        return await work();
      } finally {
        const ended = Math.min(now(), begun + longestMs);
        const marks = Math.max(0, Math.ceil((ended - begun) / stepMs));
        await note(Array.from({ length: marks }, (_, mark) => Math.min(ended, begun + (mark + 1) * stepMs)));
      }
    });
  return { ...request, inTurn: noting };
}

const isSignIn = ({ body }: HttpRequest): boolean =>
  typeof body === 'string' && body.includes('grant_type=client_credentials');

/** Sign-ins that are kept: the report tells of one, which may be a day old, and we may have signed in many times since. */
const most = 100;

/** The last ones of both. */
const joinSignIns = (known: readonly string[], more: readonly number[]): string[] =>
  [...new Set([...known, ...more.map((at) => new Date(at).toISOString())])].sort().slice(-most);

/** The record with what this tool itself did since the renewal; the same one where there is nothing to add. */
export function withSignIns(record: CustomerRecord, times: readonly number[]): CustomerRecord {
  const renewal = openRenewal(record);
  const more = times.filter((at) => renewal && at >= Date.parse(renewal.since) - 1000);
  if (!renewal || more.length === 0) return record;
  return { ...record, renewal: { ...renewal, ownSignIns: joinSignIns(renewal.ownSignIns, more) } };
}

/**
 * Keeps in what the last check left when the app signs in, for work that holds no lock: a check, or a test email beside a run that holds it.
 * Throws a Failure.
 */
export async function keepSignIns(
  path: string,
  kind: CustomerRecord['kind'],
  times: readonly number[],
): Promise<void> {
  const found = (await findKept(path)) ?? unseenSince(kind, times[0] ?? 0);
  await keepLastCheck(path, { ...found, signIns: joinSignIns(found.signIns ?? [], times) });
}

/**
 * The `Http` of a check while a renewal is open, and when checks signed in, this one included. It is kept at once: a check that is
 * stopped, or sees nothing, has signed in all the same.
 */
export function watchCheck(
  path: string,
  { record, before }: { readonly record: CustomerRecord; readonly before: LastCheck | undefined },
  { http, clock }: { readonly http: Http; readonly clock: Clock },
): {
  readonly http: Http;
  readonly signIns: number[];
  readonly kept: () => Promise<Pick<LastCheck, 'signIns'>>;
} {
  if (!openRenewal(record)) return { http, signIns: [], kept: async () => ({}) };
  const signIns = signInsOf(before);
  const watched = watchSignIns(http, clock, async (times) => {
    signIns.push(...times);
    // Where it cannot be written, the check tells so when it keeps what it saw.
    await keepSignIns(path, record.kind, times).catch(() => undefined);
  });
  // Something else may have signed in meanwhile.
  const kept = async () => ({ signIns: joinSignIns((await findKept(path))?.signIns ?? [], signIns) });
  return { http: watched, signIns, kept };
}

/** The record of a renewal with what checks know of it, which write no record. */
export function withCheck(record: CustomerRecord, check: LastCheck | undefined): CustomerRecord {
  const known = withSignIns(record, signInsOf(check));
  const renewal = openRenewal(known);
  const seen = [renewal?.newSecretSeen, check?.newSecretSeen]
    .filter((at) => at !== undefined && renewal && Date.parse(at) >= Date.parse(renewal.since))
    .sort()[0];
  return renewal && seen !== undefined ? { ...known, renewal: { ...renewal, newSecretSeen: seen } } : known;
}
