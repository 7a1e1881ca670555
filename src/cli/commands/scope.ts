import { Address } from '../../core/customer/address.ts';
import type { Customer } from '../../core/customer/customer.ts';
import { readCustomer } from '../../core/customer/customer.ts';
import { writeOutput } from '../../core/files/own-files.ts';
import type { Verification } from '../../core/mail/verify.ts';
import { exchangePatienceMinutes } from '../../core/mailbox-scope/proof.ts';
import { mailboxScopeText, proveOneMailbox } from '../../core/stories/scope.ts';
import { drain } from '../../core/waiting.ts';
import type { CommonOptions, Context, ExitCode } from '../command.ts';
import { commandLine, sameTenant } from '../command-line.ts';
import { filesOf, verificationMail } from '../job.ts';
import { withCustomer } from '../open-cloud.ts';
import { sendDocument } from '../show/documents.ts';
import { done, heading } from '../show/lines.ts';
import { endOf, showReceipt } from '../show/mail-lines.ts';
import { showProgress } from '../show/progress.ts';
import type { Terminal } from '../terminal.ts';
import { usageFailure, waitOf } from '../usage.ts';

export interface ScopeOptions extends CommonOptions {
  readonly out?: string;
  readonly prove?: true;
  readonly other?: string;
  readonly preferences?: string;
  readonly to?: readonly string[];
  readonly waitForExchange?: string;
}

const proofFlags = [
  ['--other', 'other'],
  ['--to', 'to'],
  ['--preferences', 'preferences'],
  ['--wait-for-exchange', 'waitForExchange'],
] as const;

export const scopeCommand =
  (customerFile: string, options: ScopeOptions) =>
  async (context: Context): Promise<ExitCode> => {
    const { out, prove } = options;
    if ((out === undefined) === (prove === undefined))
      throw usageFailure('Name one of the two: --out FILE writes the script, --prove proves that it holds.');
    const [stray] = prove ? [] : proofFlags.filter(([, name]) => options[name] !== undefined);
    if (stray) throw usageFailure(`${stray[0]} belongs to --prove. Leave it out with --out.`);
    const customer = await readCustomer(customerFile);
    if (out === undefined) await runProof(customerFile, withOther(customer, options.other), options, context);
    else await write(out, customer, customerFile, context);
    return 0;
  };

async function write(
  out: string,
  customer: Customer,
  customerFile: string,
  { terminal, options }: Context,
): Promise<void> {
  if (!/\.ps1$/i.test(out))
    throw usageFailure('--out takes a file that ends in .ps1, as PowerShell wants it.');
  const script = await mailboxScopeText(customer, filesOf(customerFile, undefined).record);
  await writeOutput(out, script, { inputs: [customerFile] });
  if (options.json) return terminal.document({ file: out, mailbox: customer.mail.fromAddress });
  terminal.line(done(`Written: ${out}`, terminal.paint).text);
  terminal.line(heading('Next', terminal.paint).text);
  terminal.line(
    '  An Exchange administrator of the customer runs it in PowerShell. Nothing in it is secret.',
  );
  terminal.line(`  Then: ${commandLine(['scope', customerFile, '--prove', ...sameTenant(options)])}`);
}

async function runProof(
  customerFile: string,
  customer: Customer,
  options: ScopeOptions,
  context: Context,
): Promise<void> {
  const { terminal } = context;
  const files = filesOf(customerFile, undefined);
  const waitMs = waitOf('--wait-for-exchange', options.waitForExchange ?? true, exchangePatienceMinutes);
  const mail = verificationMail(customer, options.to ? { to: options.to } : {});
  await withCustomer(context, { customer, customerFile }, async (cloud) => {
    const { kind } = cloud;
    const by = 'ta-exchange scope';
    const job = { customer, files, preferencesFile: options.preferences, kind, by, mail };
    const proving = proveOneMailbox(job, { ...cloud, exchangePatienceMs: waitMs });
    const verification = await drain(proving, (event) => showProgress(event, terminal));
    if (options.json) terminal.document(proofDocument(verification, customer));
    else showProved(verification, customer, terminal);
  });
}

function proofDocument(verification: Verification | undefined, { mail }: Customer): Record<string, unknown> {
  const { fromAddress: mailbox, otherMailbox } = mail;
  return { mailbox, otherMailbox, ...(verification && sendDocument(verification)) };
}

function showProved(verification: Verification | undefined, { mail }: Customer, terminal: Terminal): void {
  if (verification) showReceipt(verification, terminal);
  terminal.line(heading(endOf(verification), terminal.paint).text);
  terminal.line(`  The app can use ${mail.fromAddress}, and is kept out of ${mail.otherMailbox}.`);
}

function withOther(customer: Customer, other: string | undefined): Customer {
  if (other === undefined) return customer;
  const parsed = Address.safeParse(other);
  if (!parsed.success) throw usageFailure('--other takes one email address such as robin@contoso.com.');
  return { ...customer, mail: { ...customer.mail, otherMailbox: parsed.data } };
}
