import { type Command, Option } from 'commander';
import { calledAs } from './command-line.ts';
import { version } from './version.ts';

/** For options that may be repeated. */
export const collect = (value: string, earlier: readonly string[] = []): string[] => [...earlier, value];

export const expectReceipt = [
  '--expect-receipt <seconds>',
  'end with exit code 1 unless the test email is seen to arrive within so many seconds',
] as const;

/** What follows the options in a help text. */
export const examples = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((line) => `  ${calledAs()} ${line}`).join('\n')}`;

const services = [
  new Option('--practice', 'use a practice tenant: it plays Microsoft on this machine, for this one run'),
  new Option('--scenario <name>', 'with --practice: a condition of the tenant; may be repeated').argParser(
    collect,
  ),
  new Option('--manual', 'with --practice: approve the sign-in yourself on its page'),
  new Option(
    '--connect-to <host=origin>',
    'send what is meant for HOST to a server on this machine; may be repeated',
  ).argParser(collect),
];

/** The options of commands that ask Microsoft, or what is put in its place. */
export function addServiceOptions(command: Command): Command {
  for (const option of services) command.addOption(option);
  return command.option('--verbose', 'print the version, and a line for every request');
}

/** The options of commands that ask nothing of Microsoft. */
export const addFileOptions = (command: Command): Command =>
  command.option('--verbose', 'print the version, and where an unexpected error arose');

/** For commands that read and write files alone: the flags of the others do no harm, so that one set of them fits every command. */
export function takeServiceOptions(command: Command): Command {
  for (const { flags, parseArg } of services) {
    const unused = new Option(flags).hideHelp();
    command.addOption(parseArg ? unused.argParser(collect) : unused);
  }
  return command;
}

/** The options of every command. */
export function addCommonOptions(command: Command): Command {
  return command
    .option('--json', 'print one JSON document on stdout')
    .version(version, '-V, --version', 'print the version')
    .showHelpAfterError('Use --help to see what there is.');
}

/** For commands that read the preferences where the record says: it is believed within its own folder only. */
export const preferencesOption = [
  '--preferences <file>',
  'where the preferences are, if not in the folder of the customer file',
] as const;
