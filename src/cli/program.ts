import { Command } from 'commander';
import type { AddCommand, ExitCode, StartCommand } from './command.ts';
import { addEscrowCommand } from './escrow-command.ts';
import { addHandOverCommand } from './hand-over-command.ts';
import { addOnboardCommands } from './onboard-commands.ts';
import { addPracticeCommand, type Scenarios } from './practice-command.ts';
import { addPreferencesCommands } from './preferences-commands.ts';
import {
  addCommonOptions,
  addFileOptions,
  addServiceOptions,
  examples,
  takeServiceOptions,
} from './program-options.ts';
import { run } from './run.ts';
import { addScopeCommand } from './scope-command.ts';
import { realSurroundings, type Surroundings } from './surroundings.ts';
import { addTwoPersonCommands } from './two-person-commands.ts';
import { version } from './version.ts';

/** The command table. A command's code is loaded when it runs. */
export function createProgram(
  finish: (code: ExitCode) => void,
  surroundings: Surroundings = realSurroundings,
  scenarios: Scenarios = {},
): Command {
  const start: StartCommand = (options, load, interrupted) =>
    run(options, surroundings, async (context) => (await load())(context), interrupted).then(finish);
  const program = new Command('ta-exchange')
    .description(
      'Connects T&A (Time & Attendance) to Microsoft Exchange Online and proves it by a real mail.',
    )
    .configureOutput({
      writeOut: (text) => surroundings.process.stdout.write(text),
      writeErr: (text) => surroundings.process.stderr.write(text),
    })
    .version(version, '-V, --version', 'print the version')
    .showHelpAfterError('Use --help to see what there is.')
    .addHelpText(
      'after',
      `${examples(
        'onboard contoso.ta-customer.json --practice --yes',
        'onboard contoso.ta-customer.json --to you@contoso.com',
        'help onboard',
      )}\n\nExit codes: 0 done, 1 failed, 2 something is to be done first, 3 bad usage or bad input file.`,
    );

  const add: AddCommand = (usage, description, asks = 'services') => {
    const command = addCommonOptions(program.command(usage).description(description));
    if (asks === 'services') return addServiceOptions(command);
    return addFileOptions(asks === 'files' ? takeServiceOptions(command) : command);
  };
  addOnboardCommands(add, start);
  addTwoPersonCommands(add, start);
  addPreferencesCommands(add, start);
  addEscrowCommand(add, start);
  addHandOverCommand(add, start);
  addScopeCommand(add, start);
  addPracticeCommand(add, start, scenarios);
  return program;
}
