import { Command, type Option } from 'commander';
import type { CommandRow, CommonOptions, ExitCode } from './command.ts';
import { calledAs } from './command-line.ts';
import { commonOptions } from './options.ts';
import { run } from './run.ts';
import { ownVersion, realSurroundings, type Surroundings } from './surroundings.ts';
import { table } from './table.ts';
import { refuseWhatLiesBeside, withoutPasted } from './usage.ts';

/** What a scenario is, by its name. */
type Scenarios = Readonly<Record<string, { readonly description: string }>>;

/** The command line as its table has it. */
export function createProgram(
  finish: (code: ExitCode) => void,
  surroundings: Surroundings = realSurroundings,
  scenarios: Scenarios = {},
): Command {
  const program = addVersion(new Command('ta-exchange'))
    .description(
      'Connects T&A (Time & Attendance) to Microsoft Exchange Online and proves it by a real email.',
    )
    .configureOutput({
      writeOut: (text) => surroundings.process.stdout.write(text),
      writeErr: (text) => surroundings.process.stderr.write(text),
      outputError: (text, write) => write(`${withoutPasted(text.trimEnd())}\n`),
    })
    .addHelpText('after', `${examplesText(firstExamples)}\n\n${exitCodes}`);
  for (const row of table) {
    const command = addRow(program, row);
    if (command.name() === 'practice') command.addHelpText('after', scenariosText(scenarios));
    command.action(async (...given) => {
      const options: CommonOptions = command.opts();
      const work = async () => {
        for (const [at, argument] of command.registeredArguments.entries())
          if (argument.name() === 'customer') refuseWhatLiesBeside(String(given[at]));
        const begin = await row.load();
        surroundings.loaded?.();
        return begin(...given);
      };
      finish(await run(options, surroundings, async (context) => (await work())(context), row.interrupted));
    });
  }
  return program;
}

function addRow(
  program: Command,
  { usage, does, asks = 'services', options, examples }: CommandRow,
): Command {
  const command = addVersion(program.command(usage).description(does));
  const isOwn = ({ long }: Option): boolean => options.some((option) => option.long === long);
  const shared = commonOptions(asks).filter((option) => !isOwn(option));
  for (const option of [...shared, ...options]) command.addOption(option);
  return command.addHelpText('after', examplesText(examples));
}

const addVersion = (command: Command): Command =>
  command
    .version(ownVersion, '-V, --version', 'print the version')
    .showHelpAfterError('Use --help to see what there is.');

const firstExamples = [
  'onboard contoso.ta-customer.json --practice --yes',
  'onboard contoso.ta-customer.json --to you@contoso.com',
  'help onboard',
];

const exitCodes =
  'Exit codes: 0 done, 1 failed, 2 something has to be done first, 3 bad usage or bad input file.';

/** What follows the options in a help text. */
const examplesText = (lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((line) => `  ${calledAs()} ${line}`).join('\n')}`;

function scenariosText(scenarios: Scenarios): string {
  const lines = Object.entries(scenarios).map(
    ([name, { description }]) => `  ${name.padEnd(26)}${description}`,
  );
  return `\nScenarios:\n${lines.join('\n')}`;
}
