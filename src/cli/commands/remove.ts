import type { Customer } from '../../core/customer/customer.ts';
import { readCustomer } from '../../core/customer/customer.ts';
import { exchangeRemovalFileOf, recordFileOf } from '../../core/customer/file-names.ts';
import { findRecord, preferencesPlace } from '../../core/customer/record-file.ts';
import { whatRemains } from '../../core/setup/removal.ts';
import type { Prepared } from '../../core/stories/prepare.ts';
import { type Removed, type RemoveProgress, remove } from '../../core/stories/remove.ts';
import { drain } from '../../core/waiting.ts';
import { plain } from '../../core/words/say.ts';
import type { CommonOptions, Context, ExitCode } from '../command.ts';
import { type OpenCloud, withCustomer } from '../open-cloud.ts';
import { planDocument } from '../show/documents.ts';
import { done, heading } from '../show/lines.ts';
import { findingLines, planLines } from '../show/plan-lines.ts';
import { showProgress } from '../show/progress.ts';
import { type SignInFlags, signInFrom, signInToAzureFrom } from '../sign-in.ts';
import type { Terminal } from '../terminal.ts';
import { usageFailure } from '../usage.ts';

export interface RemoveOptions extends CommonOptions, SignInFlags {
  readonly confirm?: string;
  readonly purge?: true;
  readonly deletePreferences?: true;
  readonly deleteCopy?: true;
}

export const removeCommand =
  (customerFile: string, options: RemoveOptions) =>
  async (context: Context): Promise<ExitCode> => {
    const { terminal } = context;
    if (options.confirm === undefined && !terminal.interactive)
      throw usageFailure(
        `No one can be asked here for the customer's name. If the customer is to be removed, add --confirm and the name.`,
      );
    const customer = await readCustomer(customerFile);
    await withCustomer(context, { customer, customerFile }, async (cloud) => {
      const removed = await takeAway({ customer, customerFile }, options, cloud, terminal);
      if (options.json) terminal.document(documentOf(removed));
      else showRemoved(removed, terminal);
    });
    return 0;
  };

async function takeAway(
  { customer, customerFile }: { readonly customer: Customer; readonly customerFile: string },
  options: RemoveOptions,
  cloud: OpenCloud,
  terminal: Terminal,
): Promise<Removed> {
  const record = recordFileOf(customerFile);
  const preferences = await preferencesPlace(record, await findRecord(record), undefined);
  const { kind } = cloud;
  const wish = {
    preferences: options.deletePreferences === true,
    vault: options.deleteCopy === true,
    exchangeScript: exchangeRemovalFileOf(record),
  };
  const files = { record, preferences };
  const job = { customer, files, kind, by: 'ta-exchange remove', wish, purge: options.purge === true };
  const story = remove(job, {
    ...cloud,
    signIn: signInFrom(terminal, cloud, customer, options),
    askName: (prepared) => askName(prepared, customer, options),
    confirmPurge: () => confirmPurge(options),
    signInToAzure: signInToAzureFrom(terminal, cloud, customer, options),
  });
  return await drain(story, (event) => show(event, terminal));
}

function show(event: RemoveProgress, terminal: Terminal): void {
  const { paint } = terminal;
  if (event.kind === 'looked') {
    const plan = planLines(event.plan, paint, 'Nothing of this customer is left to remove.');
    for (const { text } of [...findingLines(event.findings, paint), ...plan]) terminal.line(text);
  } else if (event.kind === 'purged') terminal.line(done('Deleted permanently', paint).text);
  else if (event.kind === 'copy')
    terminal.line(done(`Copy of the client secret in the Key Vault ${event.end.kind}`, paint).text);
  else showProgress(event, terminal);
}

async function askName(
  { plan: { tenant } }: Prepared,
  { name }: Customer,
  { confirm }: RemoveOptions,
): Promise<string | undefined> {
  if (confirm !== undefined) return confirm;
  const { isCancel, text } = await import('../prompts.ts');
  const answer = await text({
    message: plain(
      `To remove this in ${tenant.displayName} (${tenant.domain}), enter the customer's name: ${name}`,
    ),
  });
  return isCancel(answer) ? undefined : answer;
}

/** Who gives the name on the command line has given `--purge` there too. */
async function confirmPurge({ confirm: name, deleteCopy }: RemoveOptions): Promise<boolean> {
  if (name !== undefined) return true;
  const { confirm } = await import('../prompts.ts');
  const answer = await confirm({
    message: `Delete the application${deleteCopy ? ' and the copy in the Key Vault' : ''} permanently? No one can restore it.`,
    active: 'Delete Permanently',
    inactive: 'Keep It Restorable',
    initialValue: false,
  });
  return answer === true;
}

function documentOf(removed: Removed): Record<string, unknown> {
  const { prepared, record, restorableUntil } = removed;
  const remains = whatRemains(removed);
  return { ...planDocument(prepared), record, restorableUntil: restorableUntil ?? null, remains };
}

function showRemoved(removed: Removed, terminal: Terminal): void {
  terminal.line(heading('Removed', terminal.paint).text);
  for (const words of whatRemains(removed)) terminal.line(`  ${words}`);
}
