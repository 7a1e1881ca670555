import { clouds } from '../cloud/clouds.ts';
import type { Customer } from '../customer/customer.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { grantsOf } from '../tenant/grants.ts';
import { growing, type Look, type NotYet, waitUntil } from '../waiting.ts';
import { Failure } from '../words/failure.ts';
import { say } from '../words/say.ts';
import { consentRequest } from './consent-request.ts';
import { setUpFailures } from './failures.ts';
import type { Run, SetUpProgress } from './run.ts';
import { requireApplication } from './step.ts';
import { type GrantPermissions, withGrants } from './steps/grant-permissions.ts';
import { type Change, doingOf } from './steps.ts';

/** Microsoft said that this admin may not grant. */
export interface RefusedGrant {
  readonly change: GrantPermissions;
  readonly refusal: Failure;
}

export function refusedGrant(cause: unknown, changes: readonly Change[]): RefusedGrant | undefined {
  const change = changes.find((one) => one.kind === 'grant-permissions');
  if (!change || !(cause instanceof Failure) || cause.status !== 403) return undefined;
  return String(cause.doing) === String(doingOf(change)) ? { change, refusal: cause } : undefined;
}

/**
 * Asks for the consent of an admin with more rights, and waits until it is there. Throws a Failure that holds the link
 * where no one wants to wait, or no longer.
 */
export async function* askForConsent(
  { cloud, app }: Customer,
  { change, refusal }: RefusedGrant,
  run: Run,
): AsyncGenerator<SetUpProgress> {
  const { recordFile, clock, random, signal, consentPatienceMs = 0 } = run;
  const record = recordFile.current();
  const { permissions } = change;
  const request = consentRequest({ cloud: clouds[cloud], displayName: app.displayName, permissions }, record);
  yield { kind: 'started', change };
  await recordFile.save({ ...record, consent: record.consent ?? askedNow(clock.now()) });
  yield { kind: 'consent asked', request };
  yield* waitUntil<void, NotYet, SetUpProgress>(() => lookForGrants(change, run), {
    doing: say`check for the consent`,
    clock,
    random,
    signal,
    patienceMs: consentPatienceMs,
    pauses: growing({ firstMs: 1000, capMs: 15_000 }),
    tell: (wait) => ({ kind: 'waiting for consent', ...wait }),
    overdue: () => {
      throw setUpFailures.consentNeeded(request.link, refusal);
    },
  });
  await recordFile.save(withGrants(recordFile.current(), permissions));
  yield { kind: 'done', change };
}

const askedNow = (now: number): NonNullable<CustomerRecord['consent']> => ({
  askedAt: new Date(now).toISOString(),
});

/** A network that is gone for a minute must not end a wait of hours. */
async function lookForGrants(
  { permissions, graphObjectId }: GrantPermissions,
  { graph, recordFile, signal }: Run,
): Promise<Look<void>> {
  const { path, read } = grantsOf(requireApplication(recordFile.current()).clientId);
  try {
    const doing = say`check for the consent`;
    const grants = read(await graph.send({ method: 'GET', path, replay: 'safe' }, doing, signal));
    const isGranted = permissions.every(({ appRoleId }) =>
      grants.some((grant) => grant.appRoleId === appRoleId && grant.resourceObjectId === graphObjectId),
    );
    return isGranted
      ? { settled: undefined }
      : { because: 'lag', reason: say`not granted yet`, toldMs: undefined };
  } catch (cause) {
    if (!(cause instanceof Failure && cause.advice.retry === 'ours')) throw cause;
    return { because: 'trouble', reason: say`${cause.code}`, toldMs: cause.retryAfterMs };
  }
}
