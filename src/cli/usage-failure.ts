import { Failure } from '../core/advice/failure.ts';
import { plain } from '../core/advice/plain.ts';
import { row } from '../core/advice/row.ts';

/** A command line that cannot be understood or cannot do what it asks for: exit code 3. */
export function usageFailure(message: string, advice = toCorrect): Failure {
  return new Failure({
    code: 'TA-USAGE',
    message: plain(message),
    doing: 'read the command line',
    exitCode: 3,
    advice,
  });
}

const toCorrect = row(
  'The command line does not say clearly what to do.',
  'you',
  'Correct it; --help shows what there is.',
);
