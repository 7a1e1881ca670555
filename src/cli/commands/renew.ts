import { dirname, join } from 'node:path';
import type { Customer } from '../../core/customer/customer.ts';
import { readCustomer } from '../../core/customer/customer.ts';
import { recordFileOf } from '../../core/customer/file-names.ts';
import { findRecord, preferencesPlace } from '../../core/customer/record-file.ts';
import { setUpFailures } from '../../core/setup/failures.ts';
import { isBlocked } from '../../core/setup/pre-flight.ts';
import type { Evidence } from '../../core/setup/secret-uses.ts';
import {
  endRenewal,
  type Finished,
  type FinishProgress,
  testQuestion,
} from '../../core/stories/finish-renewal.ts';
import type { Job, Prepared } from '../../core/stories/prepare.ts';
import { type Renewed, type RenewProgress, renew } from '../../core/stories/renew.ts';
import { drain } from '../../core/waiting.ts';
import { dayOf, lifeOf } from '../../core/words/moment.ts';
import { plain, say, type Words } from '../../core/words/say.ts';
import { withIgnoreQuestion } from '../ask.ts';
import type { CommonOptions, Context, ExitCode } from '../command.ts';
import { commandLine, sameTenant } from '../command-line.ts';
import { type MailFlags, receiptCode, receiptTime, verificationMail } from '../job.ts';
import { type OpenCloud, withCustomer } from '../open-cloud.ts';
import { planDocument, sendDocument } from '../show/documents.ts';
import { escrowLines } from '../show/escrow-lines.ts';
import { caution, done, heading, type Shown } from '../show/lines.ts';
import { showReceipt } from '../show/mail-lines.ts';
import { findingLines, planLines } from '../show/plan-lines.ts';
import { showProgress } from '../show/progress.ts';
import { type SignInFlags, signInFrom, signInToAzureFrom } from '../sign-in.ts';
import type { Terminal } from '../terminal.ts';
import { usageFailure } from '../usage.ts';
import { chooseInTerminal } from './escrow.ts';

export interface RenewOptions extends CommonOptions, MailFlags, SignInFlags {
  readonly yes?: true;
  readonly finish?: true;
}

export const renewCommand =
  (customerFile: string, options: RenewOptions) =>
  async (context: Context): Promise<ExitCode> => {
    const { terminal } = context;
    const { finish, yes, to, attach, expectReceipt } = options;
    if (!yes && !terminal.interactive)
      throw usageFailure(
        finish
          ? "No one can be asked here whether the email of T&A's own Test arrived. If it did, add --yes."
          : 'No one can be asked here before the first change. Add --yes if the secret is to be renewed.',
      );
    if (finish && (to ?? attach ?? expectReceipt) !== undefined)
      throw usageFailure("--finish sends no test email: T&A's own Test is what counts. Leave --to out.");
    const customer = await readCustomer(customerFile);
    const files = await filesIn(recordFileOf(customerFile));
    const renewal = { customer, customerFile, files, options };
    return await withCustomer(context, { customer, customerFile }, async (cloud) => {
      return finish ? await runFinish(renewal, cloud, terminal) : await runRenewal(renewal, cloud, context);
    });
  };

/** Where the record says that the preferences are. */
async function filesIn(record: string): Promise<Job['files']> {
  return { record, preferences: await preferencesPlace(record, await findRecord(record), undefined) };
}

interface Renewal {
  readonly customer: Customer;
  readonly customerFile: string;
  readonly files: Job['files'];
  readonly options: RenewOptions;
}

async function runRenewal(renewal: Renewal, cloud: OpenCloud, context: Context): Promise<ExitCode> {
  const { customer, files, options } = renewal;
  const { terminal } = context;
  const receiptMs = receiptTime(options);
  const mail = verificationMail(customer, options);
  const signIn = signInFrom(terminal, cloud, customer, options);
  const vault = {
    signInToAzure: signInToAzureFrom(terminal, cloud, customer, options),
    choose: (choice: Parameters<typeof chooseInTerminal>[0]) => chooseInTerminal(choice, terminal),
  };
  const confirm = (prepared: Prepared): Promise<boolean> => mayGo(prepared, options, terminal);
  const renewed = await withIgnoreQuestion(files.preferences, terminal, () => {
    const story = renew(
      { customer, files, kind: cloud.kind, by: 'ta-exchange renew', mail },
      { ...cloud, signIn, confirm, vault, receiptMs },
    );
    return drain(story, (event) => show(event, terminal));
  });
  if (options.json) terminal.document(documentOf(renewed));
  else showRenewed(renewed, renewal, context);
  return receiptCode(options, renewed.verification);
}

async function runFinish(
  { customer, files, options }: Renewal,
  cloud: OpenCloud,
  terminal: Terminal,
): Promise<ExitCode> {
  const story = endRenewal(
    { customer, files, kind: cloud.kind, by: 'ta-exchange renew --finish' },
    {
      ...cloud,
      signIn: signInFrom(terminal, cloud, customer, options),
      confirm: (_prepared, line, evidence) => mayEnd({ line, evidence }, options, terminal),
    },
  );
  const finished = await drain(story, (event) => show(event, terminal));
  if (options.json) terminal.document(finishedDocument(finished));
  else {
    terminal.line(heading('Finished', terminal.paint).text);
    terminal.line('  The old client secret is removed. From now on T&A needs the new one.');
  }
  return 0;
}

function show(event: RenewProgress | FinishProgress, terminal: Terminal): void {
  const { paint } = terminal;
  switch (event.kind) {
    case 'looked':
      print(findingLines(event.findings, paint), terminal);
      if (!isBlocked(event.findings))
        print(planLines(event.plan, paint, 'Nothing is left to change in the tenant.'), terminal);
      break;
    case 'last use': {
      const mark = event.evidence.kind === 'new in use' ? done : caution;
      print([heading('Which secret T&A uses', paint), mark(event.line, paint)], terminal);
      break;
    }
    case 'renewed elsewhere': {
      const { displayName, hint } = event.rival;
      const told = say`Another run renewed this secret too, a moment later: "${displayName}" (begins with ${hint}). That run removes its own. Tell your colleague that yours stays.`;
      print([caution(told, paint)], terminal);
      break;
    }
    case 'vault':
      print(escrowLines(event.progress, paint), terminal);
      break;
    case 'papers':
      print([done(`Entry sheet: ${event.papers.sheet}`, paint)], terminal);
      break;
    default:
      showProgress(event, terminal);
  }
}

function print(lines: readonly Shown[], terminal: Terminal): void {
  for (const { text } of lines) terminal.line(text);
}

async function mayGo(prepared: Prepared, { yes }: RenewOptions, terminal: Terminal): Promise<boolean> {
  const { plan, session } = prepared;
  if (plan.changes.length === 0) return true;
  const go = yes === true || (await askToRenew(plan.tenant, session.admin.userPrincipalName));
  if (go) terminal.line(heading('Renew', terminal.paint).text);
  return go;
}

/** Stopping at the question, by No or by Ctrl+C, is the same. */
async function askToRenew(tenant: Prepared['plan']['tenant'], admin: string): Promise<boolean> {
  const { confirm } = await import('../prompts.ts');
  const answer = await confirm({
    message: plain(
      `Add a second client secret in ${tenant.displayName} (${tenant.domain}) as ${admin}? The first one stays.`,
    ),
    active: 'Renew',
    inactive: 'Stop',
    initialValue: false,
  });
  return answer === true;
}

/** `--yes` says that T&A's own Test arrived. Where the old secret was used since, and the new one not by T&A, a person is asked. */
async function mayEnd(
  { line, evidence }: { readonly line: Words; readonly evidence: Evidence },
  { yes }: RenewOptions,
  terminal: Terminal,
): Promise<boolean> {
  const isSaid = yes && evidence.kind !== 'old at rest';
  if (!isSaid && !terminal.interactive) throw setUpFailures.oldSecretInUse(line);
  const go = isSaid || (await didTestArrive());
  if (go) terminal.line(heading('Finish the renewal', terminal.paint).text);
  return go;
}

async function didTestArrive(): Promise<boolean> {
  const { confirm } = await import('../prompts.ts');
  const answer = await confirm({
    message: `${testQuestion.title} ${testQuestion.text}`,
    active: 'It Arrived: Remove Old Secret',
    inactive: 'Not Yet',
    initialValue: false,
  });
  return answer === true;
}

function documentOf({ prepared, record, verification, papers }: Renewed): Record<string, unknown> {
  return { ...planDocument(prepared), record, papers, ...(verification && sendDocument(verification)) };
}

function finishedDocument({ prepared, record, evidence }: Finished): Record<string, unknown> {
  return { ...planDocument(prepared), record, lastUse: evidence };
}

function showRenewed(
  { record, verification, papers, provedAt }: Renewed,
  { customerFile, files }: Renewal,
  { terminal, options }: Context,
): void {
  const { paint, line } = terminal;
  if (verification) showReceipt(verification, terminal);
  line(heading('Renewed', paint).text);
  const { secret, renewal } = record;
  const rows = [
    ['New secret', `begins with ${secret?.hint}, until ${dayOf(secret?.expiresAt)}; in ${files.preferences}`],
    [
      'Old secret',
      renewal && `begins with ${renewal.oldSecret.hint}, ${lifeOf(renewal.oldSecret, provedAt)}`,
    ],
    ['Reminders', papers.reminders],
  ];
  for (const [label = '', text] of rows)
    if (text !== undefined) line(`  ${paint.dim(label.padEnd(12))}${plain(text)}`);
  line(heading('Next', paint).text);
  const finish = commandLine(['renew', customerFile, '--finish', ...sameTenant(options)]);
  const next = [...nextInTa(papers, files), `When the email of that Test has arrived: ${finish}`];
  for (const text of next) line(`  ${text}`);
}

function nextInTa({ reminders, staleCopy }: Renewed['papers'], { preferences }: Job['files']): string[] {
  const sheet = join(dirname(preferences), 'with-secret.html');
  const asPage = ['export', preferences, '--format', 'html', '--secret', 'include', '--out', sheet];
  const stale = `${staleCopy} still contains the old secret. Encrypt the new preferences again (export --secret encrypt).`;
  return [
    ...(reminders === undefined ? [] : ['Import the reminders into your calendar: the entries move.']),
    ...(staleCopy === undefined ? [] : [stale]),
    'In T&A replace the Client Secret with the new one, and press Test.',
    `To copy it from a page: ${commandLine(asPage)}`,
  ];
}
