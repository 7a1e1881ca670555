import type { Customer } from '../../core/customer/customer.ts';
import { readCustomer } from '../../core/customer/customer.ts';
import { checkOutput } from '../../core/files/own-files.ts';
import { setUpFailures } from '../../core/setup/failures.ts';
import { isBlocked } from '../../core/setup/pre-flight.ts';
import { writeSavedPlan } from '../../core/setup/saved-plan.ts';
import { type LookJob, type Prepared, prepare } from '../../core/stories/prepare.ts';
import { drain } from '../../core/waiting.ts';
import { withIgnoreQuestion } from '../ask.ts';
import type { CommonOptions, Context, ExitCode } from '../command.ts';
import { commandLine, sameTenant } from '../command-line.ts';
import { filesOf } from '../job.ts';
import { type OpenCloud, withCustomer } from '../open-cloud.ts';
import { planDocument } from '../show/documents.ts';
import { showProgress } from '../show/progress.ts';
import { type SignInFlags, signInFrom } from '../sign-in.ts';
import type { Terminal } from '../terminal.ts';
import { clientIdOf } from '../usage.ts';

export interface PlanOptions extends CommonOptions, SignInFlags {
  readonly out?: string;
  readonly save?: string;
  readonly adopt?: string;
  readonly removeSurplus?: true;
}

/** Exit code 2 if there is something to do, 0 if not, 1 if the pre-flight says that it could not be done. */
export const planCommand =
  (customerFile: string, options: PlanOptions) =>
  async (context: Context): Promise<ExitCode> => {
    const { terminal } = context;
    const customer = await readCustomer(customerFile);
    const files = filesOf(customerFile, options.out);
    if (options.save !== undefined) await checkOutput(options.save, { inputs: [customerFile] });
    return await withCustomer(context, { customer, customerFile }, async (cloud) => {
      const job = {
        customer,
        files,
        kind: cloud.kind,
        adopt: clientIdOf('--adopt', options.adopt),
        removeSurplus: options.removeSurplus,
      };
      const prepared = await withIgnoreQuestion(files.preferences, terminal, () =>
        look(job, cloud, options, terminal),
      );
      if (isBlocked(prepared.findings)) throw setUpFailures.blocked(prepared.findings);
      const saved = await keep(prepared, customer, options.save);
      const next = [
        customerFile,
        ...outOf(options),
        ...asAsked(options),
        ...planOf(saved),
        ...consentOf(context),
      ];
      if (options.json) terminal.document({ ...planDocument(prepared), ...(saved && { saved }) });
      else showNext(prepared, saved, commandLine(['onboard', ...next, ...sameTenant(options)]), terminal);
      return prepared.plan.changes.length === 0 ? 0 : 2;
    });
  };

interface SavedFile {
  readonly file: string;
  readonly sha256: string;
}

async function keep(
  { plan }: Prepared,
  customer: Customer,
  file: string | undefined,
): Promise<SavedFile | undefined> {
  return file === undefined ? undefined : { file, sha256: await writeSavedPlan(file, customer, plan) };
}

function showNext(
  { plan }: Prepared,
  saved: SavedFile | undefined,
  onboard: string,
  terminal: Terminal,
): void {
  if (saved) terminal.line(`\nSaved: ${saved.file} (SHA-256 ${saved.sha256})`);
  if (plan.changes.length === 0) return;
  terminal.line(`\nNothing was changed. To make ${saved ? 'just ' : ''}these changes: ${onboard}`);
}

/** What decides the plan, and how the administrator signs in. */
const asAsked = ({ browser, signInClientId, adopt, removeSurplus }: PlanOptions): string[] => [
  ...(browser ? ['--browser'] : []),
  ...(signInClientId === undefined ? [] : ['--sign-in-client-id', signInClientId]),
  ...(adopt === undefined ? [] : ['--adopt', adopt]),
  ...(removeSurplus ? ['--remove-surplus'] : []),
];
const outOf = ({ out }: PlanOptions): string[] => (out === undefined ? [] : ['--out', out]);
const planOf = (saved: SavedFile | undefined): string[] => (saved ? ['--plan', saved.file] : []);
/** Where no one can be asked, the command has to say that the changes are wanted. */
const consentOf = ({ terminal }: Context): string[] => (terminal.interactive ? [] : ['--yes']);

async function look(
  job: LookJob,
  cloud: OpenCloud,
  options: PlanOptions,
  terminal: Terminal,
): Promise<Prepared> {
  const preparing = prepare(job, {
    ...cloud,
    signIn: signInFrom(terminal, cloud, job.customer, options),
  });
  return await drain(preparing, (event) => showProgress(event, terminal));
}
