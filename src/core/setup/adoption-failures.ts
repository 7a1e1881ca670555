import { Failure, row } from '../words/failure.ts';
import { inTerminal, say, type Words } from '../words/say.ts';

/** Failures that only an adoption can meet. */
export const adoptFailures = {
  /** The files tell of another application than the one to adopt. */
  otherApplication(recordFile: string, recorded: string, asked: string): Failure {
    return refusal(
      say`${recordFile} names the application ${recorded}, not ${asked}. Nothing was written.`,
      say`A customer has one application. The files belong to the one that the record names.`,
      say`Adopt the other application for a customer file of its own, or move the record away.`,
    );
  },

  cloudUnknown(): Failure {
    return refusal(
      say`The preferences name no API Endpoints, so the cloud of the tenant is not known.`,
      say`Only the endpoints show which Microsoft cloud a tenant is in.`,
      say`Copy the API Endpoints tab of T&A as well, or write a customer file first.`,
    );
  },

  incomplete(labels: readonly string[]): Failure {
    return refusal(
      say`The preferences have no ${labels}.`,
      say`A customer file needs these fields of T&A's Connection tab.`,
      say`Copy the whole Connection tab of T&A.`,
    );
  },

  customerNeeded(file: string): Failure {
    return refusal(
      say`${file} does not exist, and a client id alone does not tell who the customer is.`,
      say`The tenant and the sender are in the customer file, or in T&A's preferences.`,
      say`Give the preferences${inTerminal` (in a terminal: --preferences FILE)`}, or write the customer file first.`,
    );
  },
};

function refusal(message: Words, cause: Words, next: Words): Failure {
  return new Failure({
    code: 'TA-ADOPT-REFUSED',
    message,
    doing: say`adopt a registration`,
    exitCode: 3,
    advice: row(cause, 'you', next),
  });
}
