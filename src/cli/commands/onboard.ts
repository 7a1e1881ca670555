import type { Customer } from '../../core/customer/customer.ts';
import { readCustomer } from '../../core/customer/customer-file.ts';
import { withLock } from '../../core/customer/lock.ts';
import { drain } from '../../core/drain.ts';
import type { OutgoingMail } from '../../core/mail/mail.ts';
import { createReceiptCode } from '../../core/mail/receipt-code.ts';
import { type Onboarded, onboard } from '../../core/onboard.ts';
import type { Prepared } from '../../core/prepare.ts';
import type { CommonOptions, Context, ExitCode } from '../command.ts';
import { filesOf } from '../customer-files.ts';
import { onboardDocument } from '../documents.ts';
import { heading } from '../lines.ts';
import { type OpenCloud, withCloud } from '../open-cloud.ts';
import { showProgress, showWait } from '../show-progress.ts';
import { showBeginning, showOnboarded } from '../show-summary.ts';
import { signInFrom } from '../sign-in.ts';
import type { Terminal } from '../terminal.ts';
import { usageFailure } from '../usage-failure.ts';

export interface OnboardOptions extends CommonOptions {
  readonly yes?: true;
  readonly out?: string;
  readonly to: readonly string[];
  readonly attach: readonly string[];
  readonly browser?: true;
}

export const onboardCommand =
  (customerFile: string, options: OnboardOptions) =>
  async (context: Context): Promise<ExitCode> => {
    const { terminal } = context;
    if (!options.yes && !terminal.interactive) {
      throw usageFailure(
        'Nobody can be asked here before the first change. Add --yes if the plan is known and wanted.',
      );
    }
    const customer = await readCustomer(customerFile);
    const files = filesOf(customerFile, options.out);
    const work = async (cloud: OpenCloud): Promise<void> => {
      showBeginning(customer, cloud, terminal);
      const done = await runStory({ customer, files, options }, cloud, terminal);
      if (options.json) terminal.document(onboardDocument(done));
      else showOnboarded(done, files, cloud, terminal);
    };
    await withLock(files.record, 'ta-exchange onboard', () => withCloud(context, showWait(terminal), work));
    return 0;
  };

interface Story {
  readonly customer: Customer;
  readonly files: { readonly record: string; readonly preferences: string };
  readonly options: OnboardOptions;
}

async function runStory(
  { customer, files, options }: Story,
  cloud: OpenCloud,
  terminal: Terminal,
): Promise<Onboarded> {
  const job = { customer, files, kind: cloud.kind, mail: verificationMail(customer, options) };
  const confirm = (prepared: Prepared): Promise<boolean> => mayGo(prepared, options, terminal);
  const story = onboard(job, {
    ...cloud,
    signIn: signInFrom(terminal, cloud, customer, options.browser === true),
    confirm,
  });
  const done = await drain(story, (event) => showProgress(event, terminal));
  done.prepared.session.signOut();
  return done;
}

function verificationMail({ name }: Customer, { to, attach }: OnboardOptions): OutgoingMail | undefined {
  if (to.length === 0 && attach.length > 0)
    throw usageFailure('--attach needs --to: who gets the verification mail?');
  if (to.length === 0) return undefined;
  return {
    to,
    subject: 'T&A e-mail verification',
    body: `This mail shows that T&A can send for ${name} through Exchange Online.\nIf you were asked for a receipt code, read it back to the person who asked.`,
    attachments: attach,
    code: createReceiptCode(),
  };
}

async function mayGo(prepared: Prepared, { yes }: OnboardOptions, terminal: Terminal): Promise<boolean> {
  const { changes } = prepared.plan;
  if (changes.length === 0) return true;
  const go = yes === true || (await askToGo(prepared));
  if (go) terminal.line(heading('Apply', terminal.paint).text);
  return go;
}

/** Stopping at the question, by No or by Ctrl+C, is the same. */
async function askToGo({ plan: { tenant }, session }: Prepared): Promise<boolean> {
  const { confirm } = await import('@clack/prompts');
  const answer = await confirm({
    message: `Make these changes in ${tenant.displayName} (${tenant.domain}) as ${session.admin.userPrincipalName}?`,
    active: 'Go',
    inactive: 'Stop',
    initialValue: false,
  });
  return answer === true;
}
