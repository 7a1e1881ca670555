import v8 from 'node:v8';
import { CommanderError } from 'commander';
import type { ExitCode } from './command.ts';
import { createProgram } from './program.ts';
import { endWithAdvice } from './run.ts';
import { failureDocument } from './show/failure.ts';
import { keepWriting, realSurroundings, type Surroundings } from './surroundings.ts';
import { createTerminal } from './terminal.ts';
import { oldPractice, usageFailure, usageFault, valueFault, wantsDocument, withoutPasted } from './usage.ts';

/** The run that this process was started for. */
export async function start(): Promise<void> {
  const argv = process.argv.slice(2);
  const output = keepWriting(process);
  const surroundings = { ...realSurroundings, process: output.process, loaded: clearWhenFull };
  process.on('uncaughtException', (error) => endWithAdvice(error, argv, surroundings));
  // What the last words met is known a moment after them.
  process.on('exit', (code) => {
    if (code === 0 && output.lost()) process.exitCode = 1;
  });
  process.exitCode = await main(argv, surroundings);
}

/**
 * What a command holds is small. V8 would mark it in steps between its requests, and clear away there what is young before its room is full:
 * both take longer than the work there. Not before the code is loaded: once a flag is set V8 does not take the compiled code of Node's own
 * modules, which costs a start some 25 ms.
 */
function clearWhenFull(): void {
  v8.setFlagsFromString('--no-incremental-marking');
  // Node 20 has no such flag, and says nothing.
  v8.setFlagsFromString('--no-minor-gc-task');
}

/** One run of `ta-exchange`. Never rejects for what a user can cause. */
export async function main(argv: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const fault = usageFault(argv);
  if (fault) return refuse(argv, fault, fault, surroundings);
  let code: ExitCode = 0;
  const finish = (finished: ExitCode): void => {
    code = finished;
  };
  const helps = argv.some((arg) => ['help', '--help', '-h'].includes(arg));
  const scenarios = helps ? (await import('../practice/scenarios.ts')).scenarios : {};
  const program = createProgram(finish, surroundings, scenarios);
  for (const each of [program, ...program.commands]) each.exitOverride();
  const command = program.commands.find((each) => each.name() === argv[0]);
  const missing = valueFault(argv, command?.options);
  if (missing) return refuse(argv, missing, missing, surroundings);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    const meant = oldPractice(argv);
    return refuse(argv, meant ?? sentenceOf(error), meant, surroundings);
  }
}

/** A command line that no command runs for. `said`: what was not said on stderr yet. */
function refuse(
  argv: readonly string[],
  sentence: string,
  said: string | undefined,
  { process }: Surroundings,
): ExitCode {
  if (said !== undefined) process.stderr.write(`${said}\n`);
  if (wantsDocument(argv))
    createTerminal(process, { json: true }).document(failureDocument(usageFailure(sentence)));
  return 3;
}

/** Where no command is named, the help is shown, and the error has no words of its own. */
const sentenceOf = ({ code, message }: CommanderError): string =>
  code === 'commander.help' ? 'No command is named.' : withoutPasted(message.replace(/^error: /, ''));
