import type { AddCommand, StartCommand } from './command.ts';
import { collect, examples, preferencesOption } from './program-options.ts';

export function addScopeCommand(add: AddCommand, start: StartCommand): void {
  add(
    'scope <customer>',
    "Limit the app to the sender's mailbox: write the script for Exchange, or prove that it holds.",
  )
    .option('--out <file>', 'write the PowerShell for an Exchange administrator')
    .option('--prove', 'prove both ways: the sender can send, and another mailbox is refused')
    .option(
      '--other <address>',
      'with --prove: the other mailbox (default: mail.otherMailbox of the customer)',
    )
    .option(...preferencesOption)
    .option('--to <address>', 'with --prove: who gets the mail; the sender itself unless told', collect)
    .option(
      '--wait-for-exchange <minutes>',
      'with --prove: how long Exchange may take to let the app in (default: 150 minutes)',
    )
    .addHelpText(
      'after',
      examples('scope contoso.ta-customer.json --out scope.ps1', 'scope contoso.ta-customer.json --prove'),
    )
    .action((file, options) =>
      start(options, async () => (await import('./commands/scope.ts')).scopeCommand(file, options)),
    );
}
