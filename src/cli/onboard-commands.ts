import type { AddCommand, StartCommand } from './command.ts';
import { collect, examples, expectReceipt } from './program-options.ts';

const adopt = [
  '--adopt <client id>',
  'use this application, which someone else registered, with the owners and credentials that the pre-flight lists',
] as const;

const removeSurplus = [
  '--remove-surplus',
  'remove permissions of the application that the customer file does not name',
] as const;

const browser = ['--browser', 'sign in with the browser of this machine instead of a device code'] as const;

/** The commands that look, set up and send. */
export function addOnboardCommands(add: AddCommand, start: StartCommand): void {
  add('onboard <customer>', 'Set up a customer: sign in, look, plan, apply, prove, send a mail.')
    .option('--yes', 'do not ask before the first change')
    .option('--out <file>', 'where the preferences file goes (default: beside the customer file)')
    .option('--to <address>', 'who gets the test email; may be repeated', collect)
    .option('--attach <file>', 'attach a file to the test email; may be repeated', collect)
    .option(...expectReceipt)
    .option(...browser)
    .option(...adopt)
    .option(...removeSurplus)
    .option(
      '--wait-for-consent [minutes]',
      'where another admin must grant the permissions, wait for that (default: 60 minutes)',
    )
    .option(
      '--wait-for-exchange [minutes]',
      'where the app is limited to one mailbox, wait until Exchange knows it (default: 150 minutes)',
    )
    .option('--plan <file>', 'only if nothing has changed since "plan --save" wrote this file')
    .addHelpText(
      'after',
      examples(
        'onboard contoso.ta-customer.json --practice --yes --to robin@contoso.com',
        'onboard contoso.ta-customer.json --practice --scenario app-admin-only --yes',
        'onboard contoso.ta-customer.json --to you@contoso.com --expect-receipt 120',
      ),
    )
    .action((file, options) =>
      start(options, async () => (await import('./commands/onboard.ts')).onboardCommand(file, options)),
    );

  add('plan <customer>', 'Show what onboarding would change. Exit code 2 if there is something to do.')
    .option('--out <file>', 'where the preferences file would go')
    .option('--save <file>', 'keep the plan, so that "onboard --plan" makes just this')
    .option(...browser)
    .option(...adopt)
    .option(...removeSurplus)
    .addHelpText(
      'after',
      examples('plan contoso.ta-customer.json', 'plan contoso.ta-customer.json --save contoso-plan.json'),
    )
    .action((file, options) =>
      start(options, async () => (await import('./commands/plan.ts')).planCommand(file, options)),
    );
  addSendCommand(add, start);
}

function addSendCommand(add: AddCommand, start: StartCommand): void {
  add('send <preferences>', 'Send a mail exactly as T&A sends it, from the preferences file alone.')
    .requiredOption('--to <address>', 'recipient; may be repeated', collect)
    .option('--subject <text>', 'subject; the receipt code is added')
    .option('--body <text>', 'text of the mail')
    .option('--attach <file>', 'attach a file; may be repeated', collect)
    .option(...expectReceipt)
    .addHelpText('after', examples('send contoso.ta-email.json --to you@contoso.com --attach roster.pdf'))
    .action((file, options) =>
      start(options, async () => (await import('./commands/send.ts')).sendCommand(file, options)),
    );
}
