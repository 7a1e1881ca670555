import { Failure, type FailureFacts } from '../advice/failure.ts';
import { row } from '../advice/row.ts';
import { plain, type Sentence } from '../words/say.ts';

/** Failures that only the hand-over can meet. All mean that nothing was written. */
export const failures = {
  notSetUp(customer: string): Failure {
    return fail({
      code: 'TA-NOT-SET-UP',
      message: `${plain(customer)} was never set up, so there is nothing to hand over.`,
      advice: row(
        'A hand-over tells what was created, and the record beside the customer file names nothing.',
        'you',
        'Set this customer up first, then hand over.',
      ),
    });
  },

  /** `what` is a field of the customer file that the record contradicts. */
  otherRecord(what: Sentence, wanted: string, recorded: string): Failure {
    return fail({
      code: 'TA-OTHER-RECORD',
      message: `The record is of another customer: its ${what} is ${plain(recorded)}, the customer file says ${plain(wanted)}.`,
      advice: row(
        'A report about another tenant would be handed to the wrong people.',
        'you',
        'Put the record of this customer beside its file, or correct the customer file.',
      ),
    });
  },

  /** `fields` as T&A names them. */
  otherPreferences(file: string, fields: readonly string[]): Failure {
    return fail({
      code: 'TA-OTHER-PREFERENCES',
      message: `${plain(file)} does not fit the customer file and the record: ${fields.join(', ')}.`,
      advice: row(
        'What is handed over must be what was set up and proved.',
        'you',
        'Run the set-up of this customer again, which puts the file right. Then hand over.',
      ),
    });
  },

  noSecretToEncrypt(file: string): Failure {
    return fail({
      code: 'TA-NO-SECRET-HERE',
      message: `${plain(file)} is not there, so there is no client secret to encrypt.`,
      advice: row(
        'The encrypted preferences are made from the preferences file.',
        'you',
        'Put the file back, or hand over without encrypted preferences.',
      ),
    });
  },

  folderInUse(folder: string): Failure {
    return fail({
      code: 'TA-FOLDER-IN-USE',
      message: `${plain(folder)} holds other files, and no earlier hand-over of this customer.`,
      advice: row(
        'A hand-over goes into a folder of its own, so that nothing else is passed on with it.',
        'you',
        'Name a folder that does not exist yet, or an empty one.',
      ),
    });
  },
};

function fail(facts: Omit<FailureFacts, 'doing' | 'exitCode'>): Failure {
  return new Failure({ ...facts, doing: 'hand over', exitCode: 3 });
}
