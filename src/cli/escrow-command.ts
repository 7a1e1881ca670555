import type { AddCommand, StartCommand } from './command.ts';
import { examples, preferencesOption } from './program-options.ts';

export function addEscrowCommand(add: AddCommand, start: StartCommand): void {
  add('escrow <customer>', "Keep the client secret in an Azure Key Vault of the customer's own.")
    .option('--subscription <name>', 'Azure subscription, by name or id')
    .option('--resource-group <name>', 'resource group; with --location it is made if it is not there')
    .option('--location <region>', 'region for what has to be made, such as westeurope')
    .option('--vault <name>', 'Key Vault; made if it is not there')
    .option(...preferencesOption)
    .option('--yes', 'do not ask before the first change')
    .option('--browser', 'sign in with the browser of this machine instead of a device code')
    .addHelpText('after', examples('escrow contoso.ta-customer.json'))
    .action((file, options) =>
      start(options, async () => (await import('./commands/escrow.ts')).escrowCommand(file, options)),
    );
}
