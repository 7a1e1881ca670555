import { isDeepStrictEqual } from 'node:util';
import type { Customer } from '../customer/customer.ts';
import type { CustomerRecord } from '../customer/record.ts';
import type { PreferencesFile } from '../preferences/preferences-file.ts';
import { lookAtApplication } from '../tenant/snapshot.ts';
import { adopted } from './adopt.ts';
import type { Plan } from './change.ts';
import { askForConsent, isBySomeoneElse, isRefusedGrant } from './consent.ts';
import type { Existing } from './existing.ts';
import { failures } from './failures.ts';
import { keepOrTakeBack, keepSecret } from './keep-secret.ts';
import type { Progress } from './progress.ts';
import type { Run } from './run.ts';
import { addClientSecret } from './steps/add-client-secret.ts';
import { addServicePrincipal } from './steps/add-service-principal.ts';
import { grantPermissions } from './steps/grant-permissions.ts';
import { registerApplication } from './steps/register-application.ts';
import { removeClientSecret } from './steps/remove-client-secret.ts';
import { removeGrants } from './steps/remove-grants.ts';
import { strangersOn } from './strangers.ts';
import { type Task, tasksOf } from './task.ts';
import { type KeepSecret, makeTrip } from './trip.ts';
import { placeOf } from './written.ts';

/**
 * What shares a round trip: a trip needs ids that the one before returned. The secret waits for the grants, so that a
 * refused grant leaves no secret behind.
 */
const trips: readonly ((plan: Plan) => Task[])[] = [
  (plan) => tasksOf(registerApplication, plan),
  // What a dead run left is gone before anything is granted.
  (plan) => [...tasksOf(removeClientSecret, plan), ...tasksOf(addServicePrincipal, plan)],
  (plan) => [
    ...tasksOf(grantPermissions, plan),
    ...tasksOf(removeGrants, plan),
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
  await refuseMore(customer, existing, run);
  const seen = { existing, plan, file: placeOf(run.file.path, run.recordFile), now: run.clock.now() };
  await keepAdopted(withAdmin(adopted(customer, seen), admin), run);
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

/** What was agreed to is what was shown: whatever came onto the application since then ends the run. */
async function refuseMore(
  customer: Customer,
  existing: Existing,
  { graph, clock, signal }: Run,
): Promise<void> {
  const { snapshot, agreedTo } = existing;
  if (!snapshot.application || agreedTo.length === 0) return;
  const again = await lookAtApplication(graph, snapshot.application.clientId, signal);
  const now = { ...existing, snapshot: { ...snapshot, ...again } };
  const more = strangersOn(customer, now, clock.now()).filter((stranger) => !agreedTo.includes(stranger));
  if (more.length > 0) throw failures.moreOnApplication(more);
}

/** Earlier admins are remembered: they may own the application. */
function withAdmin(record: CustomerRecord, admin: Admin): CustomerRecord {
  const earlier = [...(record.earlierAdmins ?? []), ...(record.admin ? [record.admin] : [])];
  const others = earlier.filter(
    ({ objectId }, at) =>
      objectId !== admin.objectId && earlier.findIndex((one) => one.objectId === objectId) === at,
  );
  const { earlierAdmins: _were, ...rest } = record;
  return { ...rest, admin, ...(others.length > 0 && { earlierAdmins: others }) };
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
