import { Option } from 'commander';
import { scriptExtensions } from '../core/hand-over/scripts/script-forms.ts';
import type { AddCommand, StartCommand } from './command.ts';
import { collect, examples, expectReceipt } from './program-options.ts';

/** The commands for customers whose admin does not sign in here. */
export function addTwoPersonCommands(add: AddCommand, start: StartCommand): void {
  add(
    'script <customer>',
    "Write the set-up as a script that the customer's own admin runs. Nobody signs in.",
  )
    .addOption(
      new Option('--form <name>', 'what the admin works with')
        .choices(Object.keys(scriptExtensions))
        .makeOptionMandatory(),
    )
    .requiredOption('--out <file>', 'where the script goes')
    .option(
      '--recipient <age key>',
      'seal the client secret to this age key (see "key"), so that it can be sent back',
    )
    .addHelpText('after', examples('script contoso.ta-customer.json --form powershell --out setup.ps1'))
    .action((file, options) =>
      start(options, async () => (await import('./commands/script.ts')).scriptCommand(file, options)),
    );

  add(
    'import-result <result> <customer>',
    "Go on where the script ended: read what the customer's admin sent, prove, send a mail.",
  )
    .option('--identity <file>', 'file of the age key that the script was created for (see "key")')
    .option('--out <file>', 'where the preferences file goes (default: beside the customer file)')
    .option('--to <address>', 'who gets the test email; may be repeated', collect)
    .option('--attach <file>', 'attach a file to the test email; may be repeated', collect)
    .option(...expectReceipt)
    .addHelpText(
      'after',
      examples('import-result result.txt contoso.ta-customer.json --identity my-age-key.txt'),
    )
    .action((result, customer, options) =>
      start(options, async () =>
        (await import('./commands/import-result.ts')).importResultCommand(result, customer, options),
      ),
    );
}
