import { Option } from 'commander';
import { formats } from '../core/preferences/formats/formats.ts';
import type { AddCommand, StartCommand } from './command.ts';
import { examples } from './program-options.ts';

/** The commands that turn preferences into other forms and back. */
export function addPreferencesCommands(add: AddCommand, start: StartCommand): void {
  add(
    'export <preferences>',
    'Write the preferences in another form, or as a sheet to copy from into T&A.',
    'files',
  )
    .addOption(new Option('--format <name>', 'how').choices(Object.keys(formats)).makeOptionMandatory())
    .requiredOption('--out <file>', 'where it goes')
    .addOption(
      new Option('--secret <policy>', 'what becomes of the client secret (default: omit)').choices([
        'include',
        'omit',
        'encrypt',
      ]),
    )
    .option(
      '--recipient <age key>',
      'encrypt for the holder of this age key (see "key"), instead of by a passphrase',
    )
    .addHelpText('after', examples('export contoso.ta-email.json --format html --out contoso.html'))
    .action((file, options) =>
      start(options, async () => (await import('./commands/export.ts')).exportCommand(file, options)),
    );

  add(
    'import <file>',
    "Compare preferences in any form, T&A's screen as text too, with a customer. Exit code 2 if they differ.",
    'files',
  )
    .option('--customer <file>', 'the customer file to compare with')
    .option('--out <file>', 'write them as a preferences file if nothing differs')
    .option(
      '--identity <file>',
      'file of the age key that opens an encrypted file (see "key"); otherwise the passphrase is asked for',
    )
    .addHelpText('after', examples('import pasted.txt --customer contoso.ta-customer.json'))
    .action((file, options) =>
      start(options, async () => (await import('./commands/import.ts')).importCommand(file, options)),
    );

  add('key', 'Make an age key, with which files that hold the secret are encrypted for you.', 'files')
    .requiredOption('--out <file>', 'where the secret half goes: a file that does not exist yet')
    .addHelpText('after', examples('key --out my-age-key.txt'))
    .action((options) => start(options, async () => (await import('./commands/key.ts')).keyCommand(options)));
}
