import { join } from 'node:path';
import { Failure } from '../advice/failure.ts';
import { row } from '../advice/row.ts';
import { plain } from '../words/say.ts';

const secretCause =
  'Whoever can read a git repository, now or later, could read the client secret. Nothing was written.';

/** Places where a file must not lie. */
export const placeFailures = {
  notIgnored(path: string, root: string, ignoreLine: string): Failure {
    const message = `${plain(path)} would hold the client secret, and the git repository ${plain(root)} does not ignore it.`;
    const next = `Add the line ${plain(ignoreLine)} to ${plain(join(root, '.gitignore'))}, or choose another folder.`;
    return refusal('TA-NOT-IGNORED', message, next);
  },

  /** `ending`: of the name, such as `.ta-email.json`. */
  ownName(path: string, ending: string): Failure {
    const message = `${plain(path)}: names that end in ${ending} are for files that this tool works with.`;
    const cause =
      'Something else in the place of such a file would destroy what it holds, perhaps the one copy of a client secret. Nothing was written.';
    return refusal('TA-OWN-FILE', message, `Choose another name, one that does not end in ${ending}.`, cause);
  },

  isInput(path: string): Failure {
    const message = `${plain(path)} is the file that is being read.`;
    const cause = 'What is made from it would replace it. Nothing was written.';
    return refusal('TA-OWN-FILE', message, 'Choose another name.', cause);
  },

  notOurs(path: string): Failure {
    const message = `${plain(path)} exists already, and this tool did not write it.`;
    const cause = 'The new file would replace it. Nothing was written.';
    return refusal('TA-OWN-FILE', message, 'Choose another name, or move that file away first.', cause);
  },
};

function refusal(code: string, message: string, next: string, cause = secretCause): Failure {
  return new Failure({
    code,
    message,
    doing: 'choose a place for the file',
    exitCode: 3,
    advice: row(cause, 'you', next),
  });
}
