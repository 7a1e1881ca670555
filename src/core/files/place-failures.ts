import { join } from 'node:path';
import { Failure, row } from '../words/failure.ts';
import { say, type Words } from '../words/say.ts';

const secretCause = say`Everyone who can read the git repository, now or later, could read the secret. Nothing was written.`;

/** Places where no file may be written. */
export const placeFailures = {
  notIgnored(path: string, root: string, ignoreLine: string): Failure {
    const message = say`${path} would contain a secret, and the git repository ${root} does not ignore it.`;
    const next = say`Add the line ${ignoreLine} to ${join(root, '.gitignore')}, or choose another folder.`;
    return refusal('TA-NOT-IGNORED', message, next);
  },

  /** `ending`: of the name, such as `.ta-email.json`. */
  ownName(path: string, ending: string): Failure {
    const message = say`${path}: names that end in ${ending} are reserved for this tool's own files.`;
    const cause = say`Writing there could destroy such a file, and with it the only copy of a client secret. Nothing was written.`;
    return refusal('TA-OWN-FILE', message, say`Choose a name that does not end in ${ending}.`, cause);
  },

  isInput(path: string): Failure {
    const message = say`${path} is the file to read from.`;
    const cause = say`The new file would replace it. Nothing was written.`;
    return refusal('TA-OWN-FILE', message, say`Choose another name.`, cause);
  },

  notOurs(path: string): Failure {
    const message = say`${path} already exists, and this tool did not write it.`;
    const cause = say`The new file would replace it. Nothing was written.`;
    return refusal('TA-OWN-FILE', message, say`Choose another name, or move that file away first.`, cause);
  },
};

function refusal(code: string, message: Words, next: Words, cause = secretCause): Failure {
  return new Failure({
    code,
    message,
    doing: say`choose a place for the file`,
    exitCode: 3,
    advice: row(cause, 'you', next),
  });
}
