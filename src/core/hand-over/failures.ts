import { Failure, type FailureFacts, row } from '../words/failure.ts';
import { say, type Words } from '../words/say.ts';

/** Failures that only the hand-over can meet. All mean that nothing was written. */
export const handOverFailures = {
  notSetUp(customer: string): Failure {
    return fail({
      code: 'TA-NOT-SET-UP',
      message: say`${customer} is not set up yet, so there is nothing to hand over.`,
      advice: row(
        say`A hand-over describes what was created. The record next to the customer file is empty.`,
        'you',
        say`Set up this customer first, then hand over.`,
      ),
    });
  },

  /** `what` is a field of the customer file that the record contradicts. */
  otherRecord(what: Words, wanted: string, recorded: string): Failure {
    return fail({
      code: 'TA-OTHER-RECORD',
      message: say`The record belongs to another customer: its ${what} is ${recorded}, in the customer file it is ${wanted}.`,
      advice: row(
        say`The wrong people would get a report about another tenant.`,
        'you',
        say`Put the record of this customer next to its file, or correct the customer file.`,
      ),
    });
  },

  /** `fields` as T&A names them. */
  otherPreferences(file: string, fields: readonly string[]): Failure {
    return fail({
      code: 'TA-OTHER-PREFERENCES',
      message: say`${file} does not match the customer file and the record: ${fields}.`,
      advice: row(
        say`You can only hand over what was set up and proved.`,
        'you',
        say`Set up this customer again to correct the file. Then hand over.`,
      ),
    });
  },

  noSecretToEncrypt(file: string): Failure {
    return fail({
      code: 'TA-NO-SECRET-HERE',
      message: say`${file} not found, so there is no client secret to encrypt.`,
      advice: row(
        say`The encrypted preferences are created from the preferences file.`,
        'you',
        say`Restore the file, or hand over without encrypted preferences.`,
      ),
    });
  },

  folderInUse(folder: string): Failure {
    return fail({
      code: 'TA-FOLDER-IN-USE',
      message: say`${folder} contains other files and is not an earlier hand-over of this customer.`,
      advice: row(
        say`A hand-over needs its own folder, so that nothing else is passed on with it.`,
        'you',
        say`Name a folder that does not exist yet, or an empty one.`,
      ),
    });
  },
};

function fail(facts: Omit<FailureFacts, 'doing' | 'exitCode'>): Failure {
  return new Failure({ ...facts, doing: say`hand over`, exitCode: 3 });
}
