import { answeredAt } from '../cloud/headers.ts';
import type { Http, HttpRequest } from '../cloud/http.ts';
import { readJson } from '../files/read-json.ts';
import type { Clock } from '../ports.ts';
import { lastCheckFileOf, recordFileOf } from './file-names.ts';
import {
  findLastCheck,
  keepLastCheck,
  type LastCheck,
  type OwnSignIns,
  signInsOf,
  unseenSince,
} from './last-check.ts';
import { CustomerRecord } from './record.ts';
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

/**
 * The record with what this tool itself did since a renewal began, also before the new secret is in the file: its proof is the first use of
 * it. The same one where there is nothing to add.
 */
export function withSignIns(record: CustomerRecord, times: readonly number[]): CustomerRecord {
  const { renewal } = record;
  const more = times.filter((at) => renewal && at >= Date.parse(renewal.since) - 1000);
  if (!renewal || more.length === 0) return record;
  return { ...record, renewal: { ...renewal, ownSignIns: joinSignIns(renewal.ownSignIns, more) } };
}

/**
 * Keeps in what the last check left when the app signs in with the secret that begins so, for work that holds no lock: a check, or a
 * test email beside a run that holds it. The record is read anew: a renewal may have begun since the work read its files, and then
 * the secret that it has is the old one. What cannot be written is no reason to stop: a check tells so when it keeps what it saw.
 */
export async function keepSignIns(file: string, hint: string, times: readonly number[]): Promise<void> {
  const record = await renewingRecord(file);
  if (!record) return;
  const place = lastCheckFileOf(file);
  const found = (await findLastCheck(place)) ?? unseenSince(record.kind, times[0] ?? 0);
  const which = usesOld(record, hint) ? 'oldSignIns' : 'signIns';
  const known = { [which]: joinSignIns(found[which] ?? [], times) };
  await keepLastCheck(place, { ...found, ...known }).catch(() => undefined);
}

/** The record as it is now, once a renewal has begun. */
async function renewingRecord(file: string): Promise<CustomerRecord | undefined> {
  const record = await readJson(recordFileOf(file), CustomerRecord).catch(() => undefined);
  return record?.renewal ? record : undefined;
}

const usesOld = (record: CustomerRecord, hint: string): boolean => record.renewal?.oldSecret.hint === hint;

/**
 * The `Http` of a check, and when this tool signed in since a renewal began, this check included. It is kept at once: a check that is
 * stopped, or sees nothing, has signed in all the same.
 */
export function watchCheck(
  file: string,
  {
    record,
    before,
    hint,
  }: { readonly record: CustomerRecord; readonly before: LastCheck | undefined; readonly hint: string },
  { http, clock }: { readonly http: Http; readonly clock: Clock },
): {
  readonly http: Http;
  readonly own: OwnSignIns;
  readonly kept: () => Promise<Pick<LastCheck, 'signIns' | 'oldSignIns'>>;
} {
  const own = signInsOf(before);
  const watched = watchSignIns(http, clock, async (times) => {
    own[usesOld(record, hint) ? 'oldSignIns' : 'signIns'].push(...times);
    await keepSignIns(file, hint, times);
  });
  // Something else may have signed in meanwhile, and a renewal may have begun or ended.
  const kept = async () => {
    const { signIns, oldSignIns } = (await findLastCheck(lastCheckFileOf(file))) ?? {};
    const isKnown = signIns !== undefined || oldSignIns !== undefined;
    return isKnown && (await renewingRecord(file)) ? { signIns, oldSignIns } : {};
  };
  return { http: watched, own, kept };
}

/** The record of a renewal with what checks know of it, which write no record. */
export function withCheck(record: CustomerRecord, check: LastCheck | undefined): CustomerRecord {
  const known = withSignIns(record, signInsOf(check).signIns);
  const renewal = openRenewal(known);
  const seen = [renewal?.newSecretSeen, check?.newSecretSeen]
    .filter((at) => at !== undefined && renewal && Date.parse(at) >= Date.parse(renewal.since))
    .sort()[0];
  return renewal && seen !== undefined ? { ...known, renewal: { ...renewal, newSecretSeen: seen } } : known;
}
