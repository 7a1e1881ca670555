import { Option } from 'commander';
import { formats } from '../core/preferences/formats/formats.ts';
import type { AddCommand, StartCommand } from './command.ts';
import { offline } from './program-options.ts';

/** The commands that turn preferences into other forms and back. */
export function addPreferencesCommands(add: AddCommand, start: StartCommand): void {
  offline(
    add(
      'export <preferences>',
      'Write the preferences in another form, or as a sheet to copy from into T&A.',
    ),
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
    .option('--recipient <age key>', 'encrypt for the holder of this age key, instead of by a passphrase')
    .action((file, options) =>
      start(options, async () => (await import('./commands/export.ts')).exportCommand(file, options)),
    );

  offline(
    add(
      'import <file>',
      "Compare preferences in any form, T&A's screen as text too, with a customer. Exit code 2 if they differ.",
    ),
  )
    .option('--customer <file>', 'the customer file to compare with')
    .option('--out <file>', 'write them as a preferences file if nothing differs')
    .option(
      '--identity <file>',
      'the age key that opens an encrypted file; otherwise the passphrase is asked for',
    )
    .action((file, options) =>
      start(options, async () => (await import('./commands/import.ts')).importCommand(file, options)),
    );
}
