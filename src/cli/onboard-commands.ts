import type { AddCommand, StartCommand } from './command.ts';
import { collect } from './program-options.ts';

const browser = ['--browser', 'sign in with the browser of this machine instead of a device code'] as const;

/** The commands that sign in and look, or sign in and set up. */
export function addOnboardCommands(add: AddCommand, start: StartCommand): void {
  add('onboard <customer>', 'Set up a customer: sign in, look, plan, apply, prove, send a mail.')
    .option('--yes', 'do not ask before the first change')
    .option('--out <file>', 'where the preferences file goes (default: beside the customer file)')
    .option('--to <address>', 'who gets the verification mail', collect, [])
    .option('--attach <file>', 'attach a file to the verification mail; may be repeated', collect, [])
    .option(...browser)
    .option(
      '--wait-for-consent [minutes]',
      'where another admin must grant the permissions, wait for that (default: 60 minutes)',
    )
    .option(
      '--wait-for-exchange [minutes]',
      'where the app is limited to one mailbox, wait until Exchange knows it (default: 150 minutes)',
    )
    .option('--plan <file>', 'only if nothing has changed since "plan --save" wrote this file')
    .action((file, options) =>
      start(options, async () => (await import('./commands/onboard.ts')).onboardCommand(file, options)),
    );

  add('plan <customer>', 'Show what onboarding would change. Exit code 2 if there is something to do.')
    .option('--out <file>', 'where the preferences file would go')
    .option('--save <file>', 'keep the plan, so that "onboard --plan" makes just this')
    .option(...browser)
    .action((file, options) =>
      start(options, async () => (await import('./commands/plan.ts')).planCommand(file, options)),
    );
}
