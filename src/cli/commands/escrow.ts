import type { Customer } from '../../core/customer/customer.ts';
import { readCustomer } from '../../core/customer/customer.ts';
import { recordFileOf } from '../../core/customer/file-names.ts';
import type { Kept } from '../../core/escrow/keep-in-vault.ts';
import type { Choice, VaultPlace } from '../../core/escrow/place.ts';
import { escrow } from '../../core/stories/escrow.ts';
import { drain } from '../../core/waiting.ts';
import { errors } from '../../core/words/errors.ts';
import { plain, say } from '../../core/words/say.ts';
import type { CommonOptions, Context, ExitCode } from '../command.ts';
import { type OpenCloud, withCustomer } from '../open-cloud.ts';
import { escrowLines, keptLines } from '../show/escrow-lines.ts';
import { heading, type Shown } from '../show/lines.ts';
import { signInToAzureFrom } from '../sign-in.ts';
import type { Terminal } from '../terminal.ts';
import { usageFailure } from '../usage.ts';

const by = 'ta-exchange escrow';

export interface EscrowOptions extends CommonOptions {
  readonly subscription?: string;
  readonly resourceGroup?: string;
  readonly location?: string;
  readonly vault?: string;
  readonly preferences?: string;
  readonly yes?: true;
  readonly browser?: true;
}

export const escrowCommand =
  (customerFile: string, options: EscrowOptions) =>
  async (context: Context): Promise<ExitCode> => {
    const { terminal } = context;
    if (!options.yes && !terminal.interactive)
      throw usageFailure('No one can be asked here before the first change. Add --yes if it is wanted.');
    const customer = await readCustomer(customerFile);
    const recordFile = recordFileOf(customerFile);
    await withCustomer(context, { customer, customerFile }, async (cloud) => {
      const kept = await keep({ customer, recordFile }, options, cloud, terminal);
      if (options.json) terminal.document(keptDocument(kept));
      else show(keptLines(kept, terminal.paint), terminal);
    });
    return 0;
  };

async function keep(
  { customer, recordFile }: { readonly customer: Customer; readonly recordFile: string },
  options: EscrowOptions,
  cloud: OpenCloud,
  terminal: Terminal,
): Promise<Kept> {
  const { subscription, resourceGroup: group, location, vault } = options;
  const wish = { subscription, group, location, vault };
  const keeping = escrow(
    { customer, recordFile, preferencesFile: options.preferences, kind: cloud.kind, by, wish },
    {
      ...cloud,
      signInToAzure: signInToAzureFrom(terminal, cloud, customer, options),
      choose: (choice) => chooseInTerminal(choice, terminal),
      confirm: async (place) => options.yes === true || (await mayWrite(place)),
    },
  );
  show([heading('Sign in to Azure', terminal.paint)], terminal);
  return await drain(keeping, (event) => show(escrowLines(event, terminal.paint), terminal));
}

function show(lines: readonly Shown[], terminal: Terminal): void {
  for (const { text } of lines) terminal.line(text);
}

function keptDocument({ place, escrow, otherCopies, wasThere }: Kept): Record<string, unknown> {
  return { place, escrow, otherCopies, wasThere };
}

const flags: Readonly<Record<Choice['what'], string>> = {
  subscription: '--subscription',
  'resource group': '--resource-group',
  vault: '--vault',
};

export async function chooseInTerminal({ what, from }: Choice, terminal: Terminal): Promise<string> {
  if (!terminal.interactive) {
    const names = from.map(({ label }) => label).join(', ');
    throw usageFailure(`Which ${what}? Name it with ${flags[what]}; there are: ${names}.`);
  }
  const { isCancel, select } = await import('../prompts.ts');
  const answer = await select({
    message: `Which ${what}?`,
    options: from.map(({ value, label }) => ({ value, label: plain(label) })),
  });
  if (isCancel(answer)) throw errors.cancelled(say`Nothing was changed in Azure.`, { doing: say`choose` });
  return answer;
}

/** Stopping at the question, by No or by Ctrl+C, is the same. */
async function mayWrite({ subscription, group, vault }: VaultPlace): Promise<boolean> {
  const { confirm } = await import('../prompts.ts');
  const answer = await confirm({
    message: plain(
      `Keep the client secret in the vault ${vault.name} (${group.name}, ${subscription.name})?`,
    ),
    active: 'Go',
    inactive: 'Stop',
    initialValue: false,
  });
  return answer === true;
}
