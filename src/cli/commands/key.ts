import { makeKeyFile } from '../../core/preferences/age.ts';
import { shellPath } from '../../core/words/escape.ts';
import { withIgnoreQuestion } from '../ask.ts';
import type { CommonOptions, Context, ExitCode } from '../command.ts';
import { detail, done, heading, secretIn } from '../show/lines.ts';

export interface KeyOptions extends CommonOptions {
  readonly out: string;
}

/** A key pair: the secret half in a file, the public half to give away. */
export const keyCommand =
  ({ out, json }: KeyOptions) =>
  async ({ terminal, clock }: Context): Promise<ExitCode> => {
    const { recipient, notes } = await withIgnoreQuestion(out, terminal, () => makeKeyFile(out, clock.now()));
    if (json) {
      terminal.document({ file: out, recipient, notes });
      return 0;
    }
    const { line, paint } = terminal;
    line(done(`Written: ${out} (${secretIn(out, 'secret')})`, paint).text);
    for (const { what, next } of notes) line(detail(`${what} ${next}`, paint).text);
    line(heading('Next', paint).text);
    line(`  Give this recipient to the person who encrypts for you: ${recipient}`);
    line(`  Open what comes back with: --identity ${shellPath(out)}`);
    return 0;
  };
