import { Option } from 'commander';

/** What a command asks: Microsoft, or what is put in its place; files alone; itself, as the practice tenant is. */
export type Needs = 'services' | 'files' | 'itself';

const collect = (value: string, earlier: readonly string[] = []): string[] => [...earlier, value];

export const option = (flags: string, description: string): Option => new Option(flags, description);

/** An option that may be repeated. */
export const options = (flags: string, description: string): Option =>
  option(flags, `${description}; may be repeated`).argParser(collect);

export const yes = option('--yes', 'do not ask before the first change');

export const browser = option(
  '--browser',
  'sign in with the browser of this computer instead of a device code',
);

/** How the result of a check is written. */
export const checkFormats = ['table', 'json', 'csv', 'html'] as const;
export type CheckFormat = (typeof checkFormats)[number];

/** How an admin signs in to Microsoft Graph. */
export const adminSignIn: readonly Option[] = [
  browser,
  option(
    '--sign-in-client-id <client id>',
    'sign in with this application instead of Microsoft Graph Command Line Tools; needed in the cloud china',
  ),
];

export const adoptOption = option(
  '--adopt <client id>',
  'use this application, which someone else registered, with the owners and credentials that the pre-flight lists',
);

export const removeSurplus = option(
  '--remove-surplus',
  'remove permissions of the application that the customer file does not name',
);

export const preferencesOut = option(
  '--out <file>',
  'where the preferences file goes (default: beside the customer file)',
);

/** For commands that read the preferences where the record says: it is believed within its own folder only. */
export const preferences = option(
  '--preferences <file>',
  'where the preferences are, if not in the folder of the customer file',
);

/** The test email of a set-up. */
export const testEmail: readonly Option[] = [
  options('--to <address>', 'who gets the test email'),
  options('--attach <file>', 'attach a file to the test email'),
  option(
    '--expect-receipt <seconds>',
    'end with exit code 1 unless the test email is seen to arrive within so many seconds',
  ),
];

/** Without it a secret that is encrypted opens by a passphrase, which is asked for. */
export const recipient = option(
  '--recipient <age key>',
  'encrypt for the holder of this age key (see "key"), instead of by a passphrase',
);

const services: readonly Option[] = [
  option('--practice', 'use the practice tenant of this folder: it plays Microsoft on this computer'),
  options('--scenario <name>', 'with --practice: a condition of the tenant'),
  option('--fresh', 'with --practice: begin with a new tenant'),
  option('--manual', 'with --practice: approve the sign-in yourself on its page'),
  options('--connect-to <host=origin>', 'send what is meant for HOST to a server on this computer'),
];

/** The same, taken and not told of: one set of flags fits every command, so they do no harm where files alone are read. */
const unused = services.map(({ flags, parseArg }) => {
  const hidden = option(flags, '').hideHelp();
  return parseArg ? hidden.argParser(collect) : hidden;
});

const verbose: Readonly<Record<Needs, Option>> = {
  services: option('--verbose', 'print the version, and a line for every request'),
  files: option('--verbose', 'print the version, and where an unexpected error arose'),
  itself: option('--verbose', 'print the version, and where an unexpected error arose'),
};

const tenants: Readonly<Record<Needs, readonly Option[]>> = { services, files: unused, itself: [] };

/** The options that a command shares with all others that ask the same; one of its own name stands in place of such a one. */
export const commonOptions = (asks: Needs): readonly Option[] => [
  option('--json', 'print one JSON document on stdout'),
  ...tenants[asks],
  verbose[asks],
];
