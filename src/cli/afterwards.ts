import { usualAtOnce } from '../core/check/turns.ts';
import type { CommandRow } from './command.ts';
import {
  adminSignIn,
  browser,
  checkFormats,
  option,
  options,
  preferences,
  recipient,
  testEmail,
  yes,
} from './options.ts';

/** Commands for a customer that is set up. */
export const afterwards: readonly CommandRow[] = [
  {
    usage: 'escrow <customer>',
    does: "Keep the client secret in an Azure Key Vault of the customer's own.",
    options: [
      option('--subscription <name>', 'Azure subscription, by name or id'),
      option('--resource-group <name>', 'resource group; with --location it is created if it does not exist'),
      option('--location <region>', 'region for what has to be created, such as westeurope'),
      option('--vault <name>', 'Key Vault; created if it does not exist'),
      preferences,
      yes,
      browser,
    ],
    examples: ['escrow contoso.ta-customer.json'],
    load: async () => (await import('./commands/escrow.ts')).escrowCommand,
  },
  {
    usage: 'check <paths...>',
    does: 'Look at customers again with the credentials of T&A alone: customer files, and folders of them.',
    options: [
      option('--fresh', 'also look at customers of a folder that were good within the last 12 hours'),
      option('--concurrency <number>', `requests under way at once (default: ${usualAtOnce})`),
      option('--format <name>', 'how the result is written (default: table)').choices(checkFormats),
      option('--out <file>', 'where it goes, instead of the terminal'),
      option('--shard <number/of>', 'look at one part of the customers, such as 2/10'),
      option(
        '--identity <file>',
        'file of an age key (see "key"): opens NAME.ta-email.json.age where the preferences themselves are not there',
      ),
      option(
        '--merge',
        'look at nothing: the paths are documents of "check --json", to be put together',
      ).conflicts(['fresh', 'concurrency', 'shard', 'identity']),
    ],
    examples: [
      'check contoso.ta-customer.json',
      'check customers --format html --out customers.html',
      'check --merge shard-1.json shard-2.json --format csv --out customers.csv',
    ],
    interrupted: 'Stopping. What was seen so far is kept. Press Ctrl+C again to end at once.',
    load: async () => (await import('./commands/check.ts')).checkCommand,
  },
  {
    usage: 'init-pipeline <platform> <folder>',
    does: 'Write a workflow that checks all customers of a repository every night: github or azure-pipelines.',
    asks: 'files',
    options: [
      option('--customers <folder>', 'where the customers are in the repository (default: anywhere)'),
      option('--shards <number>', 'on how many machines they are spread (default: 4)'),
      option('--key-vault <name>', 'the Key Vault with the age key (default: a secret of the platform)'),
      option('--yes', 'replace files that differ'),
    ],
    examples: [
      'init-pipeline github .',
      'init-pipeline azure-pipelines . --shards 10 --key-vault contoso-ta',
    ],
    load: async () => (await import('./commands/init-pipeline.ts')).initPipelineCommand,
  },
  {
    usage: 'renew <customer>',
    does: 'Renew the client secret: add a second one, prove and write it; --finish removes the first.',
    options: [
      option('--finish', "remove the first secret: the email of T&A's own Test has arrived"),
      yes,
      ...testEmail,
      ...adminSignIn,
    ],
    examples: [
      'renew contoso.ta-customer.json --to you@contoso.com',
      'renew contoso.ta-customer.json --finish',
    ],
    load: async () => (await import('./commands/renew.ts')).renewCommand,
  },
  {
    usage: 'handover <customer>',
    does: 'Write what the customer keeps: report with checklist, entry sheet, reminders.',
    asks: 'files',
    options: [
      option(
        '--out <folder>',
        'where it goes: a new folder, or that of an earlier hand-over',
      ).makeOptionMandatory(),
      preferences,
      option(
        '--secret <policy>',
        'what becomes of the client secret: left out, or the preferences encrypted (default: omit)',
      ).choices(['omit', 'encrypt']),
      recipient,
    ],
    examples: ['handover contoso.ta-customer.json --out contoso-hand-over'],
    load: async () => (await import('./commands/handover.ts')).handoverCommand,
  },
  {
    usage: 'scope <customer>',
    does: "Limit the app to the sender's mailbox: write the script for Exchange, or prove that it holds.",
    options: [
      option('--out <file>', 'write the PowerShell for an Exchange administrator'),
      option('--prove', 'prove both ways: the sender can send, and another mailbox is refused'),
      option(
        '--other <address>',
        'with --prove: the other mailbox (default: mail.otherMailbox of the customer)',
      ),
      preferences,
      options('--to <address>', 'with --prove: who gets the test email (default: the sender)'),
      option(
        '--wait-for-exchange <minutes>',
        'with --prove: how long Exchange may take to let the app in (default: 150 minutes)',
      ),
    ],
    examples: ['scope contoso.ta-customer.json --out scope.ps1', 'scope contoso.ta-customer.json --prove'],
    load: async () => (await import('./commands/scope.ts')).scopeCommand,
  },
  {
    usage: 'adopt <customer>',
    does: 'Adopt a registration that someone else created: look at it, and write customer file, preferences and record.',
    options: [
      option('--preferences <file>', "what T&A works with: a preferences file, or T&A's screen as text"),
      option(
        '--client-id <client id>',
        'or the application that it works with, where the customer file exists',
      ),
      option(
        '--name <name>',
        'the name of a customer that has no file yet (default: the domain of the sender)',
      ),
      option('--identity <file>', 'file of the age key that opens encrypted preferences (see "key")'),
      option('--yes', 'do not ask before the files are written'),
      ...adminSignIn,
    ],
    examples: [
      'adopt contoso.ta-customer.json --preferences pasted.txt',
      'adopt contoso.ta-customer.json --client-id 1b4e28ba-2fa1-4d2c-883f-0016d3cca427',
    ],
    load: async () => (await import('./commands/adopt.ts')).adoptCommand,
  },
  {
    usage: 'remove <customer>',
    does: 'Remove from the tenant what this tool registered for the customer, and nothing else.',
    options: [
      option('--confirm <name>', "the customer's name, as in the customer file; otherwise it is asked for"),
      option(
        '--purge',
        'delete the application permanently, so that no one can restore it; with --delete-copy the copy too',
      ),
      option(
        '--delete-copy',
        "delete the copy of the client secret in the customer's Key Vault too, with a sign-in to Azure",
      ),
      option(
        '--delete-preferences',
        'delete the preferences file too, the one before it and the encrypted copy beside it',
      ),
      ...adminSignIn,
    ],
    examples: ['remove contoso.ta-customer.json', 'remove contoso.ta-customer.json --confirm "Contoso Ltd"'],
    load: async () => (await import('./commands/remove.ts')).removeCommand,
  },
];
