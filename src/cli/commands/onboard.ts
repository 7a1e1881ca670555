import type { Customer } from '../../core/customer/customer.ts';
import { readCustomer } from '../../core/customer/customer.ts';
import { exchangePatienceMinutes } from '../../core/mailbox-scope/proof.ts';
import type { DeletedChoice } from '../../core/setup/existing.ts';
import { readSavedPlan, requireFit, type SavedPlan } from '../../core/setup/saved-plan.ts';
import { type Onboarded, onboard } from '../../core/stories/onboard.ts';
import type { Prepared } from '../../core/stories/prepare.ts';
import type { NamedApplication } from '../../core/tenant/applications.ts';
import { drain } from '../../core/waiting.ts';
import { errors } from '../../core/words/errors.ts';
import { dayOf } from '../../core/words/moment.ts';
import { plain, say } from '../../core/words/say.ts';
import { withIgnoreQuestion } from '../ask.ts';
import type { CommonOptions, Context, ExitCode } from '../command.ts';
import { filesOf, type MailFlags, receiptCode, receiptTime, verificationMail } from '../job.ts';
import { type OpenCloud, withCustomer } from '../open-cloud.ts';
import { onboardDocument } from '../show/documents.ts';
import { heading } from '../show/lines.ts';
import { showProgress } from '../show/progress.ts';
import { showOnboarded } from '../show/summary.ts';
import { type SignInFlags, signInFrom } from '../sign-in.ts';
import type { Terminal } from '../terminal.ts';
import { clientIdOf, usageFailure, waitOf } from '../usage.ts';

export interface OnboardOptions extends CommonOptions, MailFlags, SignInFlags {
  readonly yes?: true;
  readonly out?: string;
  /** `true`: for the usual time. */
  readonly waitForConsent?: string | true;
  readonly waitForExchange?: string | true;
  readonly plan?: string;
  readonly adopt?: string;
  readonly removeSurplus?: true;
  readonly deleted?: string;
}

export const onboardCommand =
  (customerFile: string, options: OnboardOptions) =>
  async (context: Context): Promise<ExitCode> => {
    const { terminal } = context;
    if (!options.yes && !terminal.interactive) {
      throw usageFailure(
        'No one can be asked here before the first change. Add --yes if the plan is known and wanted.',
      );
    }
    const customer = await readCustomer(customerFile);
    const files = filesOf(customerFile, options.out);
    const receiptMs = receiptTime(options);
    const saved = options.plan === undefined ? undefined : await readSavedPlan(options.plan);
    const work = async (cloud: OpenCloud): Promise<ExitCode> => {
      if (saved) terminal.line(`Saved plan, SHA-256 ${saved.sha256}`);
      const done = await withIgnoreQuestion(files.preferences, terminal, () =>
        runStory({ customer, files, options, saved, receiptMs }, cloud, terminal),
      );
      if (options.json) terminal.document(onboardDocument(done));
      else showOnboarded(done, { customer, customerFile, files }, context);
      return receiptCode(options, done.verification);
    };
    return await withCustomer(context, { customer, customerFile }, work);
  };

interface Story {
  readonly customer: Customer;
  readonly files: { readonly record: string; readonly preferences: string };
  readonly options: OnboardOptions;
  /** What was agreed to. */
  readonly saved: SavedPlan | undefined;
  readonly receiptMs: number | undefined;
}

async function runStory(
  { customer, files, options, saved, receiptMs }: Story,
  cloud: OpenCloud,
  terminal: Terminal,
): Promise<Onboarded> {
  const job = {
    customer,
    files,
    kind: cloud.kind,
    by: 'ta-exchange onboard',
    mail: verificationMail(customer, options),
    adopt: clientIdOf('--adopt', options.adopt),
    removeSurplus: options.removeSurplus,
  };
  const confirm = async (prepared: Prepared): Promise<boolean> => {
    if (saved) requireFit(saved, customer, prepared.plan);
    return mayGo(prepared, options, terminal);
  };
  const story = onboard(job, {
    ...cloud,
    signIn: signInFrom(terminal, cloud, customer, options),
    confirm,
    askAboutDeleted: (deleted) => askAboutDeleted(deleted, options, terminal),
    receiptMs,
    ...patienceOf(options),
  });
  return await drain(story, (event) => showProgress(event, terminal));
}

const consentPatienceMinutes = 60;

/** No one waits unless asked to. */
function patienceOf({ waitForConsent, waitForExchange }: OnboardOptions) {
  return {
    ...(waitForConsent && {
      consentPatienceMs: waitOf('--wait-for-consent', waitForConsent, consentPatienceMinutes),
    }),
    ...(waitForExchange && {
      exchangePatienceMs: waitOf('--wait-for-exchange', waitForExchange, exchangePatienceMinutes),
    }),
  };
}

async function mayGo(prepared: Prepared, { yes }: OnboardOptions, terminal: Terminal): Promise<boolean> {
  const { changes } = prepared.plan;
  if (changes.length === 0) return true;
  const go = yes === true || (await askToGo(prepared));
  if (go) terminal.line(heading('Apply', terminal.paint).text);
  return go;
}

/** `--deleted` says it beforehand. Where no one can be asked the deleted application stays as it is. */
async function askAboutDeleted(
  { displayName, clientId, deletedAt = '' }: NamedApplication,
  { deleted, yes }: OnboardOptions,
  { interactive }: Terminal,
): Promise<DeletedChoice> {
  if (deleted === 'restore' || deleted === 'purge') return deleted;
  if (yes || !interactive) return 'leave';
  const { isCancel, select } = await import('../prompts.ts');
  const day = dayOf(deletedAt);
  const choice = await select<DeletedChoice>({
    message: plain(`"${displayName}" (client id ${clientId}) was deleted on ${day}. What do you want to do?`),
    options: [
      { value: 'restore', label: 'Restore it; what comes back with it is checked' },
      { value: 'leave', label: 'Leave it deleted and register a new one' },
      { value: 'purge', label: 'Delete it permanently and register a new one' },
    ],
  });
  if (isCancel(choice))
    throw errors.cancelled(say`Nothing was changed in the tenant.`, { doing: say`confirm` });
  return choice;
}

/** Stopping at the question, by No or by Ctrl+C, is the same. */
async function askToGo({ plan: { tenant }, session }: Prepared): Promise<boolean> {
  const { confirm } = await import('../prompts.ts');
  const answer = await confirm({
    message: plain(
      `Make these changes in ${tenant.displayName} (${tenant.domain}) as ${session.admin.userPrincipalName}?`,
    ),
    active: 'Go',
    inactive: 'Stop',
    initialValue: false,
  });
  return answer === true;
}
