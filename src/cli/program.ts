import { Command, Option } from 'commander';
import type { AddCommand, ExitCode, StartCommand } from './command.ts';
import { addEscrowCommand } from './escrow-command.ts';
import { addHandOverCommand } from './hand-over-command.ts';
import { addOnboardCommands } from './onboard-commands.ts';
import { addPreferencesCommands } from './preferences-commands.ts';
import { collect } from './program-options.ts';
import { run } from './run.ts';
import { addScopeCommand } from './scope-command.ts';
import { realSurroundings, type Surroundings } from './surroundings.ts';
import { addTwoPersonCommands } from './two-person-commands.ts';

/** The command table. A command's code is loaded when it runs. */
export function createProgram(
  finish: (code: ExitCode) => void,
  surroundings: Surroundings = realSurroundings,
): Command {
  const start: StartCommand = (options, load) =>
    run(options, surroundings, async (context) => (await load())(context)).then(finish);
  const program = new Command('ta-exchange')
    .description(
      'Connects T&A (Time & Attendance) to Microsoft Exchange Online and proves it by a real mail.',
    )
    .configureOutput({
      writeOut: (text) => surroundings.process.stdout.write(text),
      writeErr: (text) => surroundings.process.stderr.write(text),
    })
    .showHelpAfterError('Use --help to see what there is.');

  const add: AddCommand = (usage, description) => command(program, usage, description);
  addOnboardCommands(add, start);
  addTwoPersonCommands(add, start);

  command(
    program,
    'send <preferences>',
    'Send a mail exactly as T&A sends it, from the preferences file alone.',
  )
    .requiredOption('--to <address>', 'recipient; may be repeated', collect)
    .option('--subject <text>', 'subject; the receipt code is added')
    .option('--body <text>', 'text of the mail')
    .option('--attach <file>', 'attach a file; may be repeated', collect, [])
    .option('--expect-receipt <seconds>', 'fail unless the mail arrives within so many seconds')
    .action((file, options) =>
      start(options, async () => (await import('./commands/send.ts')).sendCommand(file, options)),
    );

  command(program, 'practice', 'Serve the practice tenant on this machine, for training and for other tools.')
    .option('--port <number>', 'port on 127.0.0.1 (default: a free one)')
    .option('--scenario <name>', 'a condition of the tenant; may be repeated', collect, [])
    .action((options) =>
      start(options, async () => (await import('./commands/practice.ts')).practiceCommand(options)),
    );

  addPreferencesCommands(add, start);
  addEscrowCommand(add, start);
  addHandOverCommand(add, start);
  addScopeCommand(add, start);
  return program;
}

function command(program: Command, usage: string, description: string): Command {
  return program
    .command(usage)
    .description(description)
    .addOption(
      new Option('--practice [scenario]', 'use the practice tenant, with scenarios separated by commas'),
    )
    .option('--manual', 'with --practice: approve the sign-in yourself on its page')
    .option(
      '--connect-to <host=origin>',
      'send what is meant for HOST to a server on this machine',
      collect,
      [],
    )
    .option('--json', 'print one JSON document on stdout')
    .option('--verbose', 'print a line for every request')
    .showHelpAfterError('Use --help to see what there is.');
}
