import { Failure } from '../core/advice/failure.ts';
import { row } from '../core/advice/row.ts';
import { EntraId } from '../core/customer/tenant-name.ts';
import { plain } from '../core/words/say.ts';

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

/** A client id that a flag such as `--adopt` holds. */
export function clientIdOf(flag: string, text: string | undefined): string | undefined {
  const id = EntraId.safeParse(text);
  if (text === undefined || id.success) return id.data;
  throw usageFailure(`${flag} takes the client id of an application: a GUID.`);
}
