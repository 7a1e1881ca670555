import { clouds } from '../../core/cloud/clouds.ts';
import type { Customer } from '../../core/customer/customer.ts';
import type { CustomerRecord } from '../../core/customer/record.ts';
import type { Verification } from '../../core/mail/verify.ts';
import type { Onboarded } from '../../core/stories/onboard.ts';
import type { Job } from '../../core/stories/prepare.ts';
import { dayOf, minuteOf } from '../../core/words/moment.ts';
import { plain } from '../../core/words/say.ts';
import type { CommonOptions, Context } from '../command.ts';
import { commandLine, sameTenant } from '../command-line.ts';
import type { Terminal } from '../terminal.ts';
import { heading, practiceBand, secretIn } from './lines.ts';
import { endOf, showReceipt } from './mail-lines.ts';

export function showBeginning(
  customer: Customer,
  { kind }: Pick<CustomerRecord, 'kind'>,
  terminal: Terminal,
): void {
  const { paint } = terminal;
  const where = kind === 'practice' ? ` ${practiceBand(paint)}` : '';
  terminal.line(`${paint.bold('T&A Exchange Online Setup')}${where}`);
  terminal.line(`${plain(customer.name)}, ${customer.tenant}, ${clouds[customer.cloud].label}`);
}

export interface SetUp {
  readonly customer: Customer;
  readonly customerFile: string;
  readonly files: Job['files'];
}

/** Where everything is, and what to do next. */
export function showOnboarded(
  { record, verification, provedAt, trips }: Onboarded,
  { customer, customerFile, files }: SetUp,
  { terminal, options }: Context,
): void {
  if (verification) showReceipt(verification, terminal);
  terminal.line(heading(endOf(verification), terminal.paint).text);
  const rows: [string, string][] = [
    ['Preferences', `${files.preferences} (${secretIn(files.preferences)})`],
    ['Record', `${files.record} (no secret in it)`],
    ...recordRows(record, provedAt),
    ['Graph requests', `${trips.look} to look, ${trips.afterGo} to make the changes`],
  ];
  for (const [label, text] of rows) terminal.line(`  ${terminal.paint.dim(label.padEnd(15))}${plain(text)}`);
  terminal.line(heading('Next', terminal.paint).text);
  const next = options.practice
    ? practiceNext(customerFile, files.preferences)
    : enterNext(files, customer, verification, options);
  for (const line of next) terminal.line(`  ${line}`);
}

function recordRows(
  { application, grants, secret, mailboxScope }: CustomerRecord,
  provedAt: number,
): [string, string][] {
  return [
    ['Application', `client id ${application?.clientId ?? 'unknown'}`],
    ['Permissions', grants.map(({ permission }) => permission).join(', ')],
    ['Secret', secret ? `begins with ${secret.hint}, expires ${dayOf(secret.expiresAt)}` : 'none'],
    ['Proof', `token with all permissions, ${minuteOf(provedAt)}`],
    ...(mailboxScope ? [mailboxRow(mailboxScope)] : []),
  ];
}

function mailboxRow({
  mailbox,
  otherMailbox,
  at,
}: NonNullable<CustomerRecord['mailboxScope']>): [string, string] {
  return ['Mailbox scope', `${mailbox} alone; seen kept out of ${otherMailbox} on ${dayOf(at)}`];
}

/** Commands with `--practice` follow one another; a problem is rehearsed in a tenant that has nothing yet. */
const practiceNext = (customerFile: string, preferences: string): string[] => [
  `Send another email:        ${commandLine(['send', preferences, '--practice', '--to', 'robin@contoso.com'])}`,
  `See it fail, with advice:  ${commandLine(['onboard', customerFile, '--practice', '--fresh', '--scenario', 'app-admin-only', '--yes'])}`,
  'For a real customer leave out --practice.',
];

/** What is left once the preferences file holds the secret. */
export function enterNext(
  { preferences }: Job['files'],
  { mail }: Customer,
  verification: Verification | undefined,
  options: CommonOptions,
): string[] {
  const send = commandLine(['send', preferences, '--to', mail.fromAddress, ...sameTenant(options)]);
  return [
    ...(verification ? [] : [`No test email was sent. Send one: ${send}`]),
    'Enter the values of the preferences file in T&A: System preferences > Email, component EXCH, and press Test.',
  ];
}
