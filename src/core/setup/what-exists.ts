import { Failure } from '../advice/failure.ts';
import { openIntents } from '../customer/journal.ts';
import type { CustomerRecord } from '../customer/record.ts';
import type { RecordFile } from '../customer/record-file.ts';
import { setUpFailures } from './failures.ts';

/** Does the work; a failure of it says also what is there by then. */
export async function* tellingWhatExists<T, R>(
  work: AsyncGenerator<T, R>,
  recordFile: RecordFile,
): AsyncGenerator<T, R> {
  try {
    return yield* work;
  } catch (cause) {
    throw cause instanceof Failure
      ? setUpFailures.withExisting(cause, whatExists(recordFile.current()))
      : cause;
  }
}

/** One or two sentences on what the record says is there, for every message about a run that stopped. */
export function whatExists(record: CustomerRecord): string {
  const { application, servicePrincipal, grants, secret, preferences } = record;
  if (!application) return openIntents(record).length > 0 ? unknown : 'Nothing was changed in the tenant.';
  const parts = [
    `the application (client id ${application.clientId})`,
    servicePrincipal ? 'its service principal' : undefined,
    grants.length > 0 ? `${grants.length} granted permissions` : undefined,
    secret
      ? `a client secret (begins with ${secret.hint}, expires ${secret.expiresAt.slice(0, 10)})`
      : undefined,
  ].filter((part) => part !== undefined);
  // A file with the secret of an application that is gone is no part of what is there.
  const written = preferences && preferences.keyId === secret?.keyId;
  const file = written ? ` The preferences file ${preferences.file} is written.` : '';
  return `There is now: ${parts.join(', ')}.${file}${inDoubt(record)} Running again goes on from here.`;
}

/** A secret whose answer was lost, or never asked for. */
function inDoubt(record: CustomerRecord): string {
  const intents = openIntents(record).filter(({ step }) => step === 'add-client-secret');
  const [operation] = intents.map((intent) => intent.operation);
  if (operation === undefined) return '';
  return ` A client secret whose name ends in (${operation}) may exist as well; the next run deletes it.`;
}

const unknown = 'Whether the application was registered is not known; running again finds out.';
