import { plain } from '../core/advice/plain.ts';
import { clouds } from '../core/cloud/clouds.ts';
import type { Customer } from '../core/customer/customer.ts';
import type { CustomerRecord } from '../core/customer/record.ts';
import type { Onboarded } from '../core/onboard.ts';
import { heading } from './lines.ts';
import type { OpenCloud } from './open-cloud.ts';
import { showReceipt } from './show-receipt.ts';
import type { Terminal } from './terminal.ts';

export function showBeginning(customer: Customer, { kind }: OpenCloud, terminal: Terminal): void {
  const { paint } = terminal;
  const where = kind === 'practice' ? paint.yellow(' PRACTICE: nothing outside this machine is touched') : '';
  terminal.line(`${paint.bold('T&A Exchange Online Setup')}${where}`);
  terminal.line(`${plain(customer.name)}, ${customer.tenant}, ${clouds[customer.cloud].label}`);
}

/** Where everything is, and what to do next. */
export function showOnboarded(
  done: Onboarded,
  files: { readonly record: string; readonly preferences: string },
  { kind }: OpenCloud,
  terminal: Terminal,
): void {
  const { record, verification, provedAt, trips } = done;
  if (verification) showReceipt(verification, terminal);
  terminal.line(heading('Done', terminal.paint).text);
  const rows: [string, string][] = [
    ['Preferences', `${files.preferences} (holds the secret; readable by you alone)`],
    ['Record', `${files.record} (no secret in it)`],
    ...recordRows(record, provedAt),
    ['Graph requests', `${trips.look} to look, ${trips.afterGo} to make the changes`],
  ];
  for (const [label, text] of rows) terminal.line(`  ${terminal.paint.dim(label.padEnd(15))}${plain(text)}`);
  showNext(done, kind, terminal);
}

function recordRows(
  { application, grants, secret, mailboxScope }: CustomerRecord,
  provedAt: number,
): [string, string][] {
  return [
    ['Application', `client id ${application?.clientId ?? 'unknown'}`],
    ['Permissions', grants.map(({ permission }) => permission).join(', ')],
    ['Secret', secret ? `begins with ${secret.hint}, expires ${secret.expiresAt.slice(0, 10)}` : 'none'],
    ['Proof', `token with all permissions, ${new Date(provedAt).toISOString()}`],
    ...(mailboxScope ? [mailboxRow(mailboxScope)] : []),
  ];
}

function mailboxRow({
  mailbox,
  otherMailbox,
  at,
}: NonNullable<CustomerRecord['mailboxScope']>): [string, string] {
  return ['Mailbox scope', `${mailbox} alone; seen kept out of ${otherMailbox} on ${at.slice(0, 10)}`];
}

function showNext({ verification }: Onboarded, kind: CustomerRecord['kind'], terminal: Terminal): void {
  terminal.line(heading('Next', terminal.paint).text);
  for (const line of kind === 'practice' ? practiceNext : realNext(verification !== undefined))
    terminal.line(`  ${line}`);
}

const practiceNext = [
  'See it fail, with advice:  npm run cli -- onboard practice-run/contoso.ta-customer.json --practice app-admin-only --yes',
  'A real customer:           npm run cli -- onboard NAME.ta-customer.json --to you@customer.com',
];

const realNext = (proven: boolean): string[] => [
  ...(proven
    ? []
    : ['No mail was sent. Prove it: ta-exchange send NAME.ta-email.json --to you@customer.com']),
  'Enter the values of the preferences file in T&A: System preferences > Email, component EXCH, and press Test.',
];
