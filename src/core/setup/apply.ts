import { isDeepStrictEqual } from 'node:util';
import type { Customer } from '../customer/customer.ts';
import type { CustomerRecord } from '../customer/record.ts';
import type { PreferencesFile } from '../preferences/preferences-file.ts';
import { adopted } from './adopt.ts';
import type { Plan } from './change.ts';
import { askForConsent, isBySomeoneElse, isRefusedGrant } from './consent.ts';
import type { Existing } from './existing.ts';
import { keepOrTakeBack, keepSecret } from './keep-secret.ts';
import type { Progress } from './progress.ts';
import type { Run } from './run.ts';
import { addClientSecret } from './steps/add-client-secret.ts';
import { addServicePrincipal } from './steps/add-service-principal.ts';
import { grantPermissions } from './steps/grant-permissions.ts';
import { registerApplication } from './steps/register-application.ts';
import { removeClientSecret } from './steps/remove-client-secret.ts';
import { removeGrants } from './steps/remove-grants.ts';
import { type Task, tasksOf } from './task.ts';
import { type KeepSecret, makeTrip } from './trip.ts';
import { placeOf } from './written.ts';

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
/** One run of `apply`, with the file that its secret goes into. */
type Applying = Run & { readonly file: PreferencesFile };

/** Carries a plan out. Stops at the first failure; what was made until then is in the record. */
export async function* apply(
  customer: Customer,
  existing: Existing,
  plan: Plan,
  admin: Admin,
  run: Applying,
): AsyncGenerator<Progress> {
  const seen = { existing, plan, file: placeOf(run.file.path, run.recordFile), now: run.clock.now() };
  await keepAdopted({ ...adopted(customer, seen), admin }, run);
  for (const trip of trips) {
    const tasks = trip(plan);
    const awaited = tasks.map(({ change }) => change).find(isBySomeoneElse);
    if (awaited) yield* askForConsent(customer, awaited, run);
    const own = tasks.filter(({ change }) => change !== awaited);
    if (own.length === 0) continue;
    yield* makeOrAsk(customer, own, run);
  }
  yield* writeFile(customer, plan, run);
}

/** Where the tenant refuses the grant although the roles looked right, somebody else is asked too, if we may wait. */
async function* makeOrAsk(
  customer: Customer,
  tasks: readonly Task[],
  run: Applying,
): AsyncGenerator<Progress> {
  // A secret whose file was taken from under us would have to be removed again.
  await run.file.requireUnchanged();
  const keep: KeepSecret = (secret, record) => keepOrTakeBack({ ...run, customer }, secret, record);
  try {
    yield* makeTrip(tasks, run, keep);
  } catch (cause) {
    const refused = tasks.map(({ change }) => change).find((change) => isRefusedGrant(cause, change));
    if (refused?.kind !== 'grant-permissions' || run.consentPatienceMs === undefined) throw cause;
    yield* askForConsent(customer, refused, run);
    const rest = tasks.filter(({ change }) => change !== refused);
    if (rest.length > 0) yield* makeTrip(rest, run, keep);
  }
}

/** A healthy tenant with a true record is left alone, on disk too. */
async function keepAdopted(record: CustomerRecord, { recordFile }: Run): Promise<void> {
  const known = recordFile.current();
  if (!isDeepStrictEqual(known, record)) await recordFile.save(record);
}

/** A new secret is in the file already, since the moment it arrived. What else differs is put right here. */
async function* writeFile(customer: Customer, plan: Plan, run: Applying): AsyncGenerator<Progress> {
  const change = plan.changes.find(({ kind }) => kind === 'write-preferences');
  const clientSecret = run.file.current()?.connection.clientSecret;
  if (!change || !clientSecret) return;
  yield { kind: 'started', change };
  if (!plan.changes.some(({ kind }) => kind === 'add-client-secret'))
    await run.recordFile.save(await keepSecret({ ...run, customer }, clientSecret, run.recordFile.current()));
  yield { kind: 'done', change };
}
