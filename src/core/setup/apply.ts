import { isDeepStrictEqual } from 'node:util';
import type { Customer } from '../customer/customer.ts';
import type { CustomerRecord } from '../customer/record.ts';
import type { PreferencesFile } from '../preferences/preferences-file.ts';
import { lookAtApplication, lookWithTies } from '../tenant/snapshot.ts';
import { type Task, tasksOf } from './answers.ts';
import { askForConsent, refusedGrant } from './consent.ts';
import type { Existing } from './existing.ts';
import { setUpFailures } from './failures.ts';
import { keepOrTakeBack, placeOf } from './keep-secret.ts';
import type { Plan } from './plan.ts';
import { reconcileRecord } from './reconcile-record.ts';
import type { Run, SetUpProgress } from './run.ts';
import { trips } from './step.ts';
import { stepOf } from './steps.ts';
import { strangersOn } from './strangers.ts';
import { type KeepSecret, makeTrip } from './trip.ts';

type Admin = NonNullable<CustomerRecord['admin']>;
/** One run of `apply`, with the file that its secret goes into. */
type Applying = Run & {
  readonly file: PreferencesFile;
  /** What becomes of a new secret the moment it arrives; without it, it goes into the file. */
  readonly keep?: KeepSecret;
};

/** Carries a plan out. Stops at the first failure; what was made until then is in the record. */
export async function* apply(
  customer: Customer,
  existing: Existing,
  plan: Plan,
  admin: Admin,
  run: Applying,
): AsyncGenerator<SetUpProgress> {
  await refuseMore(customer, existing, run);
  const seen = { existing, plan, file: placeOf(run.file.path, run.recordFile), now: run.clock.now() };
  // What a removal finds is going: the record keeps what it knows until then.
  const known = existing.removal ? run.recordFile.current() : reconcileRecord(customer, seen);
  const work = trips.map((trip) => tasksOf(plan, trip)).filter((tasks) => tasks.length > 0);
  // The first trip saves the record with its intents before a request leaves.
  if (work.length > 0) run.recordFile.learn(withAdmin(known, admin));
  else await saveIfNew(withAdmin(known, admin), run);
  for (const [at, tasks] of work.entries()) yield* makeOrAsk(customer, tasks, run, work[at + 1]);
  yield* writeFiles(customer, plan, run);
}

/** Whatever roles were seen, the tenant has the last word: where it refuses the grant, an administrator with more rights is asked. */
async function* makeOrAsk(
  customer: Customer,
  tasks: readonly Task[],
  run: Applying,
  next: readonly Task[] | undefined,
): AsyncGenerator<SetUpProgress> {
  // A secret whose file was taken from under us would have to be removed again.
  await run.file.requireUnchanged();
  const inFile: KeepSecret = (secret, record) => keepOrTakeBack({ ...run, customer }, secret, record);
  const { keep = inFile } = run;
  try {
    yield* makeTrip(tasks, run, keep, next);
  } catch (cause) {
    const refused = refusedGrant(
      cause,
      tasks.map(({ change }) => change),
    );
    if (!refused) throw cause;
    yield* askForConsent(customer, refused, run);
    const rest = tasks.filter(({ change }) => change !== refused.change);
    if (rest.length > 0) yield* makeTrip(rest, run, keep);
  }
}

async function* writeFiles(
  customer: Customer,
  { changes }: Plan,
  run: Applying,
): AsyncGenerator<SetUpProgress> {
  for (const change of changes) {
    const step = stepOf(change);
    if (step.trip !== 'file') continue;
    yield { kind: 'started', change };
    await step.write({ ...run, customer });
    yield { kind: 'done', change };
  }
}

/** What was agreed to is what was shown: whatever came onto the application since then ends the run. */
async function refuseMore(
  customer: Customer,
  existing: Existing,
  { graph, clock, signal }: Run,
): Promise<void> {
  const { snapshot, agreedTo, removal } = existing;
  if (!snapshot.application || (agreedTo.length === 0 && !removal)) return;
  const lookAgain = removal ? lookWithTies : lookAtApplication;
  const again = await lookAgain(graph, snapshot.application.clientId, signal);
  const now = { ...existing, snapshot: { ...snapshot, ...again } };
  const more = strangersOn(customer, now, clock.now()).filter((stranger) => !agreedTo.includes(stranger));
  if (more.length > 0) throw setUpFailures.moreOnApplication(more);
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
async function saveIfNew(record: CustomerRecord, { recordFile }: Run): Promise<void> {
  const known = recordFile.current();
  if (!isDeepStrictEqual(known, record)) await recordFile.save(record);
}
