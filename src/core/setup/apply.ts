import { isDeepStrictEqual } from 'node:util';
import type { Customer } from '../customer/customer.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { keepOldFile } from '../preferences/old-file.ts';
import { writePreferences } from '../preferences/preferences-file.ts';
import type { Secret } from '../secret.ts';
import { adopted } from './adopt.ts';
import { backoffMs } from './backoff.ts';
import type { Plan } from './change.ts';
import { askForConsent, isBySomeoneElse, isRefusedGrant } from './consent.ts';
import type { Existing } from './existing.ts';
import { applicationOf } from './made.ts';
import type { Progress } from './progress.ts';
import { pause, type Run } from './run.ts';
import { addClientSecret } from './steps/add-client-secret.ts';
import { addServicePrincipal } from './steps/add-service-principal.ts';
import { grantPermissions } from './steps/grant-permissions.ts';
import { registerApplication } from './steps/register-application.ts';
import { removalOf, removeClientSecret } from './steps/remove-client-secret.ts';
import { removeGrants } from './steps/remove-grants.ts';
import { preferencesFor } from './steps/write-preferences.ts';
import { type Task, tasksOf } from './task.ts';
import { makeTrip } from './trip.ts';
import { placeOf, withWritten } from './written.ts';

/**
 * What shares a round trip: a trip needs ids that the one before returned. The secret waits for the grants, so that a
 * refused grant leaves no secret behind.
 */
const trips: readonly ((plan: Plan) => Task[])[] = [
  (plan) => tasksOf(registerApplication, plan),
  (plan) => tasksOf(addServicePrincipal, plan),
  (plan) => [
    ...tasksOf(grantPermissions, plan),
    ...tasksOf(removeGrants, plan),
    ...tasksOf(removeClientSecret, plan),
    ...tasksOf(addClientSecret, plan),
  ],
];

type Admin = NonNullable<CustomerRecord['admin']>;

/** Entra knows a new object elsewhere only after a moment: asking at once costs a trip that fails. */
const pauseBetweenTripsMs = 1000;

/** Carries a plan out. Stops at the first failure; what was made until then is in the record. */
export async function* apply(
  customer: Customer,
  existing: Existing,
  plan: Plan,
  admin: Admin,
  run: Run,
): AsyncGenerator<Progress> {
  const place = placeOf(existing.preferencesFile, run.recordFile);
  await keepAdopted({ ...adopted(customer, existing, place, run.clock.now()), admin }, run);
  let secret: Secret | undefined;
  let made = false;
  for (const trip of trips) {
    const tasks = trip(plan);
    const awaited = tasks.map(({ change }) => change).find(isBySomeoneElse);
    if (awaited) yield* askForConsent(customer, awaited, run);
    const own = tasks.filter(({ change }) => change !== awaited);
    if (own.length === 0) continue;
    if (made) await pause(run, pauseBetweenTripsMs);
    secret = (yield* makeOrAsk(customer, own, run)) ?? secret;
    made = true;
  }
  yield* writeFile(customer, existing, plan, secret, run);
}

/** Where the tenant refuses the grant although the roles looked right, somebody else is asked too, if we may wait. */
async function* makeOrAsk(
  customer: Customer,
  tasks: readonly Task[],
  run: Run,
): AsyncGenerator<Progress, Secret | undefined> {
  try {
    return yield* makeTrip(tasks, run);
  } catch (cause) {
    const refused = tasks.map(({ change }) => change).find((change) => isRefusedGrant(cause, change));
    if (refused?.kind !== 'grant-permissions' || run.consentPatienceMs === undefined) throw cause;
    yield* askForConsent(customer, refused, run);
    const rest = tasks.filter(({ change }) => change !== refused);
    return rest.length === 0 ? undefined : yield* makeTrip(rest, run);
  }
}

/** A healthy tenant with a true record is left alone, on disk too. */
async function keepAdopted(record: CustomerRecord, { recordFile }: Run): Promise<void> {
  const known = recordFile.current();
  if (!isDeepStrictEqual(known, record)) await recordFile.save(record);
}

/**
 * At once after the secret arrives, before it is proved: it is shown only once, and a run that dies while it waits for
 * the proof shall not lose it. Where the file cannot be written after all, the secret is removed again.
 */
async function* writeFile(
  customer: Customer,
  { preferences }: Existing,
  plan: Plan,
  added: Secret | undefined,
  run: Run,
): AsyncGenerator<Progress> {
  const change = plan.changes.find(({ kind }) => kind === 'write-preferences');
  const clientSecret = added ?? preferences?.connection.clientSecret;
  if (change?.kind !== 'write-preferences' || !clientSecret) return;
  yield { kind: 'started', change };
  try {
    const record = run.recordFile.current();
    const { clientId } = applicationOf(record);
    // It may hold a secret that T&A works with: until the new one is proved, nobody shall be left without.
    if (added) await keepOldFile(change.file);
    await writePreferences(change.file, preferencesFor(customer, record.tenant.id, clientId, clientSecret));
  } catch (cause) {
    // Where that fails too the next run removes the secret, for the journal names it.
    if (added) await takeBack(run).catch(() => undefined);
    throw cause;
  }
  await run.recordFile.save(
    withWritten(run.recordFile.current(), placeOf(change.file, run.recordFile), run.clock.now()),
  );
  yield { kind: 'done', change };
}

/** Entra refuses to remove a secret that it does not know everywhere yet, with the same 400 as one that is gone. */
const takeBackTries = 6;

async function takeBack({ graph, recordFile, clock, random }: Run): Promise<void> {
  const { secret, ...rest } = recordFile.current();
  if (!secret) return;
  const request = removalOf(secret.keyId, rest);
  for (let attempt = 0; attempt < takeBackTries; attempt += 1) {
    const { status } = await graph.send(request, 'remove the secret that could not be kept');
    if (status < 300) return recordFile.save(rest);
    await clock.sleep(backoffMs(attempt, random));
  }
}
