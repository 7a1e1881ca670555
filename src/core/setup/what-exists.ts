import { isDeepStrictEqual } from 'node:util';
import { openIntents } from '../customer/journal.ts';
import type { CustomerRecord, Renewal } from '../customer/record.ts';
import type { RecordFile } from '../customer/record-file.ts';
import { latestIn } from '../customer/seen.ts';
import { openRenewal } from '../customer/standing.ts';
import { Failure } from '../words/failure.ts';
import { dayOf, lifeOf } from '../words/moment.ts';
import { say, type Words } from '../words/say.ts';
import type { DeletedChoice, Existing } from './existing.ts';
import { setUpFailures } from './failures.ts';

/** Does the work; a failure of it says also what is there by then. The journal tells whether anything was begun in the tenant. */
export async function* tellingWhatExists<T, R>(
  work: AsyncGenerator<T, R>,
  recordFile: RecordFile,
  exists: (record: CustomerRecord) => Words = whatExists,
): AsyncGenerator<T, R> {
  const before = recordFile.current().journal.at(-1);
  try {
    return yield* work;
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    const record = recordFile.current();
    const isChanged = !isDeepStrictEqual(record.journal.at(-1), before);
    throw setUpFailures.withExisting(cause, exists(record), isChanged);
  }
}

/**
 * One or two sentences on what the record says is there, for every message about a run that stopped. `choice`: what was done with
 * a deleted application before, of which a record says nothing.
 */
export function whatExists(record: CustomerRecord, choice: DeletedChoice = 'leave'): Words {
  const { application, servicePrincipal, grants, secret, preferences } = record;
  if (record.renewal) return whatARenewalLeft(record, record.renewal);
  if (!application) return openIntents(record).length > 0 ? unknown : unchanged[choice];
  const parts = [
    say`the application (client id ${application.clientId})`,
    servicePrincipal ? say`its service principal` : undefined,
    grants.length > 0 ? say`${grants.length} granted permissions` : undefined,
    secret
      ? say`a client secret (begins with ${secret.hint}, expires ${dayOf(secret.expiresAt)})`
      : undefined,
  ].filter((part) => part !== undefined);
  // A file with the secret of an application that is gone is no part of what is there.
  const written = preferences && preferences.keyId === secret?.keyId;
  const file = written ? say` The preferences file ${preferences.file} is written.` : '';
  return say`Created so far: ${parts}.${file}${inDoubt(record)} Run it again to continue.`;
}

/** Before the first change: what a record names and the tenant no longer has is not said to be there. */
export const whatWasFound = ({
  record,
  snapshot,
  deletedChoice,
}: Pick<Existing, 'record' | 'snapshot' | 'deletedChoice'>): Words =>
  record.application && !snapshot.application && deletedChoice === 'leave'
    ? say`Nothing was changed. The application of an earlier run was not found in the tenant.`
    : whatExists(record, deletedChoice);

/** While a secret is renewed the old one works: that comes first. */
function whatARenewalLeft(record: CustomerRecord, { oldSecret, since }: Renewal): Words {
  const { secret, preferences } = record;
  const old = say`The old client secret (begins with ${oldSecret.hint}) ${lifeOf(oldSecret, Date.parse(latestIn(record) ?? since))}.`;
  const made = openRenewal(record)
    ? say` The new one (begins with ${secret?.hint ?? ''}, expires ${dayOf(secret?.expiresAt)}) is created.`
    : '';
  const file =
    made && preferences && preferences.keyId === secret?.keyId
      ? say` The preferences file ${preferences.file} contains it.`
      : '';
  return say`${old}${made}${file}${inDoubt(record)} Run it again to continue.`;
}

/** A secret whose answer was lost, or never asked for. */
function inDoubt(record: CustomerRecord): Words | '' {
  const intents = openIntents(record).filter(({ step }) => step === 'add-client-secret');
  const [operation] = intents.map((intent) => intent.operation);
  if (operation === undefined) return '';
  return say` A client secret with a name that ends in (${operation}) may exist too. The next run deletes it.`;
}

const unchanged: Readonly<Record<DeletedChoice, Words>> = {
  leave: say`Nothing was changed in the tenant.`,
  restore: say`The deleted application was restored. Nothing else was changed in the tenant.`,
  purge: say`The deleted application was deleted permanently. Nothing else was changed in the tenant.`,
};

const unknown = say`It is not known whether the application was registered. Run it again to find out.`;
