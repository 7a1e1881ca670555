import type { Customer } from '../../core/customer/customer.ts';
import type { Imported, ImportProgress } from '../../core/stories/import-result.ts';
import type { Job } from '../../core/stories/prepare.ts';
import { plain } from '../../core/words/say.ts';
import type { Context } from '../command.ts';
import type { Terminal } from '../terminal.ts';
import { done, heading, secretIn } from './lines.ts';
import { endOf, showReceipt } from './mail-lines.ts';
import { showProgress } from './progress.ts';
import { enterNext } from './summary.ts';

export function showImportProgress(event: ImportProgress, terminal: Terminal): void {
  if (event.kind === 'recorded') {
    const { clientId } = event.record.application ?? {};
    terminal.line(done(`Read: application with client id ${clientId}`, terminal.paint).text);
  } else if (event.kind === 'opened') {
    terminal.line(done(`Opened the sealed secret into ${event.file}`, terminal.paint).text);
  } else showProgress(event, terminal);
}

export function showImported(
  { record, opened, verification }: Imported,
  customer: Customer,
  files: Job['files'],
  { terminal, options }: Context,
): void {
  const { paint } = terminal;
  if (verification) showReceipt(verification, terminal);
  const rows = opened ? ownRows(files) : adminRows(customer, record);
  terminal.line(heading(opened ? endOf(verification) : 'The secret is with the admin', paint).text);
  for (const [label, text] of rows) terminal.line(`  ${paint.dim(label.padEnd(20))}${plain(text)}`);
  terminal.line(heading('Next', paint).text);
  for (const line of opened ? enterNext(files, customer, verification, options) : adminNext(record))
    terminal.line(`  ${line}`);
}

const ownRows = ({ preferences, record }: Job['files']): [string, string][] => [
  ['Preferences', `${preferences} (${secretIn(preferences)})`],
  ['Record', `${record} (no secret in it)`],
];

/** As T&A's Connection tab calls them. */
const adminRows = (
  { mail }: Customer,
  { tenant, application, secret }: Imported['record'],
): [string, string][] => [
  ['Tenant ID', tenant.id],
  ['Client ID', application?.clientId ?? ''],
  ['From name', mail.fromName],
  ['From email address', mail.fromAddress],
  ['Client Secret', secret ? `the one that begins with ${secret.hint}` : 'the one the admin adds in Entra'],
];

const adminNext = ({ secret }: Imported['record']): string[] => [
  'The admin enters these values and the client secret in T&A: System preferences > Email, component EXCH.',
  'Then press Test there, and check that the email arrived. Nothing can be proved from here without the secret.',
  ...(secret
    ? [
        'If no one has that secret, they run the script with --new-secret (PowerShell: -NewSecret) and send the new result.',
      ]
    : []),
];
