import type { Http, HttpRequest, HttpResponse } from '../cloud/http.ts';
import type { Clock } from '../ports.ts';
import { keepLastCheck, type LastCheck, signInsOf } from './last-check.ts';
import type { CustomerRecord } from './record.ts';
import { openRenewal } from './standing.ts';

/**
 * The same `Http`, which notes when the app signed in through it, by Microsoft's clock where it tells. `noted` is waited for
 * before the answer is handed on: Entra's report tells of a sign-in, and whatever comes now, it has to be known as ours.
 */
export function watchSignIns(
  http: Http,
  clock: Clock,
  noted: (times: readonly number[]) => Promise<void> | void,
): Http {
  return {
    async send(request) {
      if (!isSignIn(request)) return await http.send(request);
      const begun = clock.now();
      let answer: HttpResponse | undefined;
      try {
        answer = await http.send(request);
      } finally {
        // Where no answer came, Entra may have signed the app in all the same, in the first try or in the last.
        if (!answer) await noted([begun, clock.now()]);
      }
      if (answer.status < 300) await noted([momentOf(answer) ?? clock.now()]);
      return answer;
    },
  };
}

const isSignIn = ({ body }: HttpRequest): boolean =>
  typeof body === 'string' && body.includes('grant_type=client_credentials');

function momentOf(answer: HttpResponse): number | undefined {
  const at = Date.parse(answer.header('date') ?? '');
  return Number.isNaN(at) ? undefined : at;
}

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
 * The `Http` of a check while a renewal is open, and when checks signed in, this one included. What was kept of the check before
 * learns of it at once: a check that is stopped, or sees nothing, has signed in all the same.
 */
export function watchCheck(
  path: string,
  { record, before }: { readonly record: CustomerRecord; readonly before: LastCheck | undefined },
  { http, clock }: { readonly http: Http; readonly clock: Clock },
): { readonly http: Http; readonly signIns: number[]; readonly kept: () => Pick<LastCheck, 'signIns'> } {
  if (!openRenewal(record)) return { http, signIns: [], kept: () => ({}) };
  const signIns = signInsOf(before);
  const kept = () => ({ signIns: joinSignIns([], signIns) });
  const watched = watchSignIns(http, clock, async (times) => {
    signIns.push(...times);
    // Where it cannot be written, the check tells so when it keeps what it saw.
    if (before) await keepLastCheck(path, { ...before, ...kept() }).catch(() => undefined);
  });
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
