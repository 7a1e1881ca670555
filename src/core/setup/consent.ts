import { Failure } from '../advice/failure.ts';
import { clouds } from '../cloud/clouds.ts';
import type { Customer } from '../customer/customer.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { type Grant, grantsOf } from '../tenant/grants.ts';
import { backoffMs } from './backoff.ts';
import type { Change, ChangeOf } from './change.ts';
import { consentRequest } from './consent-request.ts';
import { failures } from './failures.ts';
import { applicationOf } from './made.ts';
import type { Progress } from './progress.ts';
import { pause, type Run } from './run.ts';
import { withGrants } from './steps/grant-permissions.ts';
import { doingOf } from './titles.ts';

type GrantChange = ChangeOf<'grant-permissions'>;

export const isBySomeoneElse = (change: Change): change is GrantChange =>
  change.kind === 'grant-permissions' && change.by === 'someone else';

/** Whether Microsoft said that this admin may not grant. */
export const isRefusedGrant = (cause: unknown, change: Change): boolean =>
  change.kind === 'grant-permissions' &&
  cause instanceof Failure &&
  cause.status === 403 &&
  cause.doing === doingOf(change);

/**
 * Asks for the consent of an admin with more rights, and waits until it is there. Throws a Failure that holds the link
 * where nobody wants to wait, or no longer.
 */
export async function* askForConsent(
  { cloud, app }: Customer,
  change: GrantChange,
  run: Run,
): AsyncGenerator<Progress> {
  const { recordFile, clock, consentPatienceMs } = run;
  const record = recordFile.current();
  const { permissions } = change;
  const request = consentRequest({ cloud: clouds[cloud], displayName: app.displayName, permissions }, record);
  yield { kind: 'started', change };
  await recordFile.save({ ...record, consent: record.consent ?? askedNow(clock.now()) });
  yield { kind: 'consent asked', request };
  const begun = clock.now();
  for (let attempt = 0; !(await isGranted(change, run)); attempt += 1) {
    const waitedMs = clock.now() - begun;
    if (waitedMs >= (consentPatienceMs ?? 0)) throw failures.consentNeeded(request.link);
    const ms = backoffMs(attempt, run.random);
    yield { kind: 'waiting for consent', waitedMs, ms };
    await pause(run, ms);
  }
  await recordFile.save(withGrants(recordFile.current(), permissions));
  yield { kind: 'done', change };
}

const askedNow = (now: number): NonNullable<CustomerRecord['consent']> => ({
  askedAt: new Date(now).toISOString(),
});

async function isGranted({ permissions, graphObjectId }: GrantChange, run: Run): Promise<boolean> {
  const grants = await grantsNow(run);
  return permissions.every(({ appRoleId }) =>
    grants.some((grant) => grant.appRoleId === appRoleId && grant.resourceObjectId === graphObjectId),
  );
}

/** Whoever waits for hours shall not be sent away by a network that is gone for a minute. */
async function grantsNow({ graph, recordFile, signal }: Run): Promise<readonly Grant[]> {
  const { path, read } = grantsOf(applicationOf(recordFile.current()).clientId);
  try {
    const doing = 'look for the consent';
    return read(await graph.send({ method: 'GET', path, replay: 'safe' }, doing, signal));
  } catch (cause) {
    if (cause instanceof Failure && cause.advice.retry === 'ours') return [];
    throw cause;
  }
}
