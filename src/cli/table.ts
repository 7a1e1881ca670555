import { clouds } from '../core/cloud/clouds.ts';
import { scriptExtensions } from '../core/hand-over/scripts/script-forms.ts';
import { formats } from '../core/preferences/formats/formats.ts';
import { afterwards } from './afterwards.ts';
import type { CommandRow } from './command.ts';
import {
  adminSignIn,
  adoptOption,
  option,
  options,
  preferencesOut,
  recipient,
  removeSurplus,
  testEmail,
  yes,
} from './options.ts';

const signingIn: readonly CommandRow[] = [
  {
    usage: 'onboard <customer>',
    does: 'Set up a customer: sign in, look, plan, apply, prove, send a test email.',
    options: [
      yes,
      preferencesOut,
      ...testEmail,
      ...adminSignIn,
      adoptOption,
      removeSurplus,
      option(
        '--deleted <choice>',
        'what to do if the application was deleted: restore it, or purge it (delete it permanently) and register a new one',
      ).choices(['restore', 'purge']),
      option(
        '--wait-for-consent [minutes]',
        'where another administrator must grant the permissions, wait for that (default: 60 minutes)',
      ),
      option(
        '--wait-for-exchange [minutes]',
        'where the app is limited to one mailbox, wait until Exchange knows it (default: 150 minutes)',
      ),
      option('--plan <file>', 'only if nothing has changed since "plan --save" wrote this file'),
    ],
    examples: [
      'onboard contoso.ta-customer.json --practice --yes --to robin@contoso.com',
      'onboard contoso.ta-customer.json --practice --scenario app-admin-only --yes',
      'onboard contoso.ta-customer.json --to you@contoso.com --expect-receipt 120',
    ],
    load: async () => (await import('./commands/onboard.ts')).onboardCommand,
  },
  {
    usage: 'plan <customer>',
    does: 'Show what onboarding would change. Exit code 2 if there is something to do.',
    options: [
      option('--out <file>', 'where the preferences file would go'),
      option('--save <file>', 'save the plan, so that "onboard --plan" makes exactly these changes'),
      ...adminSignIn,
      adoptOption,
      removeSurplus,
    ],
    examples: ['plan contoso.ta-customer.json', 'plan contoso.ta-customer.json --save contoso-plan.json'],
    load: async () => (await import('./commands/plan.ts')).planCommand,
  },
  {
    usage: 'send <preferences>',
    does: 'Send an email exactly as T&A sends it, from the preferences file alone.',
    options: [
      options('--to <address>', 'recipient').makeOptionMandatory(),
      option('--subject <text>', 'subject; the receipt code is added'),
      option('--body <text>', 'text of the email'),
      options('--attach <file>', 'attach a file'),
      ...testEmail.slice(-1),
    ],
    examples: ['send contoso.ta-email.json --to you@contoso.com --attach roster.pdf'],
    load: async () => (await import('./commands/send.ts')).sendCommand,
  },
];

/** For customers whose admin does not sign in here. */
const twoPeople: readonly CommandRow[] = [
  {
    usage: 'script <customer>',
    does: "Write the set-up as a script that the customer's own administrator runs. You do not sign in.",
    options: [
      option('--form <name>', 'what the administrator works with')
        .choices(Object.keys(scriptExtensions))
        .makeOptionMandatory(),
      option('--out <file>', 'where the script goes').makeOptionMandatory(),
      option('--recipient <age key>', 'seal the client secret to this age key (see "key")'),
      adoptOption,
    ],
    examples: ['script contoso.ta-customer.json --form powershell --out setup.ps1'],
    load: async () => (await import('./commands/script.ts')).scriptCommand,
  },
  {
    usage: 'import-result <result> <customer>',
    does: "Continue where the script ended: read what the customer's administrator sent, prove, send a test email.",
    options: [
      option('--identity <file>', 'file of the age key that the script was created for (see "key")'),
      preferencesOut,
      ...testEmail,
    ],
    examples: ['import-result result.txt contoso.ta-customer.json --identity my-age-key.txt'],
    load: async () => (await import('./commands/import-result.ts')).importResultCommand,
  },
];

const withFiles: readonly CommandRow[] = [
  {
    usage: 'export <preferences>',
    does: 'Write the preferences in another form, or as a sheet to copy from into T&A.',
    asks: 'files',
    options: [
      option('--format <name>', 'how').choices(Object.keys(formats)).makeOptionMandatory(),
      option('--out <file>', 'where it goes').makeOptionMandatory(),
      option('--secret <policy>', 'what becomes of the client secret (default: omit)').choices([
        'include',
        'omit',
        'encrypt',
      ]),
      recipient,
    ],
    examples: ['export contoso.ta-email.json --format html --out contoso.html'],
    load: async () => (await import('./commands/export.ts')).exportCommand,
  },
  {
    usage: 'import <file>',
    does: "Compare preferences in any form, T&A's screen as text too, with a customer. Exit code 2 if they differ.",
    asks: 'files',
    options: [
      option('--customer <file>', 'the customer file to compare with'),
      option('--out <file>', 'write them as a preferences file if nothing differs'),
      option(
        '--identity <file>',
        'file of the age key that opens an encrypted file (see "key"); otherwise the passphrase is asked for',
      ),
    ],
    examples: ['import pasted.txt --customer contoso.ta-customer.json'],
    load: async () => (await import('./commands/import.ts')).importCommand,
  },
  {
    usage: 'key',
    does: 'Create an age key, so that files with the secret can be encrypted for you.',
    asks: 'files',
    options: [
      option(
        '--out <file>',
        'where the secret half goes: a file that does not exist yet',
      ).makeOptionMandatory(),
    ],
    examples: ['key --out my-age-key.txt'],
    load: async () => (await import('./commands/key.ts')).keyCommand,
  },
];

const practising: readonly CommandRow[] = [
  {
    usage: 'practice [folder]',
    does: 'Serve the practice tenant on this computer, for training and for other tools.',
    asks: 'itself',
    options: [
      option('--port <number>', 'port on 127.0.0.1 (default: a free one)'),
      options('--scenario <name>', 'a condition of the tenant'),
      option('--cloud <name>', 'the cloud that the tenant is in (default: global, or where it was)').choices(
        Object.keys(clouds),
      ),
      option('--fresh', 'begin with a new tenant'),
      option(
        '--tls [folder]',
        'serve the real host names too, for any Graph client, with certificates for this run in the folder (default: a temporary one)',
      ),
    ],
    examples: ['practice', 'practice --scenario slow-replication', 'practice --tls'],
    interrupted: '',
    load: async () => (await import('./commands/practice.ts')).practiceCommand,
  },
];

/** All commands, in the order of the help. */
export const table: readonly CommandRow[] = [
  ...signingIn,
  ...twoPeople,
  ...withFiles,
  ...afterwards,
  ...practising,
];
