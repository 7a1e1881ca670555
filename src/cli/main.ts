import { CommanderError } from 'commander';
import type { ExitCode } from './command.ts';
import { createProgram } from './program.ts';
import type { Surroundings } from './surroundings.ts';
import { joinPractice, usageFault } from './usage.ts';

/** One run of `ta-exchange`. Never rejects for what a user can cause. */
export async function main(argv: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const fault = usageFault(argv);
  if (fault) {
    surroundings.process.stderr.write(`${fault}\n`);
    return 3;
  }
  let code: ExitCode = 0;
  const program = createProgram((finished) => {
    code = finished;
  }, surroundings);
  for (const each of [program, ...program.commands]) each.exitOverride();
  try {
    await program.parseAsync(joinPractice(argv), { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 3;
    throw error;
  }
}
