import { Option } from 'commander';
import type { AddCommand, StartCommand } from './command.ts';
import { examples, preferencesOption } from './program-options.ts';

export function addHandOverCommand(add: AddCommand, start: StartCommand): void {
  add(
    'handover <customer>',
    'Write what the customer keeps: report with checklist, entry sheet, reminders.',
    'files',
  )
    .requiredOption('--out <folder>', 'where it goes: a new folder, or that of an earlier hand-over')
    .option(...preferencesOption)
    .addOption(
      new Option(
        '--secret <policy>',
        'what becomes of the client secret: left out, or the preferences encrypted (default: omit)',
      ).choices(['omit', 'encrypt']),
    )
    .option(
      '--recipient <age key>',
      'encrypt for the holder of this age key (see "key"), instead of by a passphrase',
    )
    .addHelpText('after', examples('handover contoso.ta-customer.json --out contoso-hand-over'))
    .action((file, options) =>
      start(options, async () => (await import('./commands/handover.ts')).handoverCommand(file, options)),
    );
}
