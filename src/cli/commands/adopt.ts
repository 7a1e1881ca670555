import { type CloudName, clouds } from '../../core/cloud/clouds.ts';
import { readCustomer } from '../../core/customer/customer.ts';
import { exists } from '../../core/files/target.ts';
import { nearestCloud } from '../../core/preferences/endpoints.ts';
import { importPreferences } from '../../core/preferences/import.ts';
import {
  type Adopted,
  type Adoption,
  type AdoptJob,
  type AdoptPorts,
  adopt,
} from '../../core/stories/adopt.ts';
import { drain } from '../../core/waiting.ts';
import { plain } from '../../core/words/say.ts';
import { askClientSecret, withIgnoreQuestion } from '../ask.ts';
import type { CommonOptions, Context, ExitCode } from '../command.ts';
import { commandLine, sameTenant } from '../command-line.ts';
import { filesOf } from '../job.ts';
import { type OpenCloud, withCloud } from '../open-cloud.ts';
import { planDocument } from '../show/documents.ts';
import { caution, done, heading, practiceBand } from '../show/lines.ts';
import { findingLines, planLines } from '../show/plan-lines.ts';
import { showProgress, showWait } from '../show/progress.ts';
import { type SignInFlags, signInFrom } from '../sign-in.ts';
import type { Terminal } from '../terminal.ts';
import { clientIdOf, usageFailure } from '../usage.ts';
import { openerOf } from './import.ts';

export interface AdoptOptions extends CommonOptions, SignInFlags {
  readonly preferences?: string;
  readonly clientId?: string;
  readonly name?: string;
  readonly identity?: string;
  readonly yes?: true;
}

export const adoptCommand =
  (customerFile: string, options: AdoptOptions) =>
  async (context: Context): Promise<ExitCode> => {
    const { terminal } = context;
    if (!options.yes && !terminal.interactive)
      throw usageFailure(
        'No one can be asked here before the files are written. Add --yes if they are wanted.',
      );
    const from = await sourceOf(options, terminal);
    const job = {
      customerFile,
      preferencesFile: filesOf(customerFile, undefined).preferences,
      name: options.name,
      from,
      by: 'ta-exchange adopt',
    };
    const cloud = await cloudFor(customerFile, from);
    const work = (open: OpenCloud): Promise<Adopted> => {
      if (open.kind === 'practice') terminal.line(practiceBand(terminal.paint));
      const signIn = signInFrom(terminal, open, { cloud }, options);
      const take = () => lookAndAdopt(job, options, { ...open, signIn }, context);
      return withIgnoreQuestion(job.preferencesFile, terminal, take);
    };
    const adopted = await withCloud(context, customerFile, showWait(terminal), work, cloud);
    if (options.json) terminal.document(documentOf(adopted));
    else showAdopted(adopted, customerFile, context);
    return 0;
  };

async function sourceOf(options: AdoptOptions, terminal: Terminal): Promise<AdoptJob['from']> {
  const { preferences, identity } = options;
  const clientId = clientIdOf('--client-id', options.clientId);
  if ((preferences === undefined) === (clientId === undefined))
    throw usageFailure(
      'Name one of the two: --preferences FILE with what T&A works with, or --client-id ID.',
    );
  if (clientId !== undefined) return { kind: 'client id', clientId };
  const opened = await importPreferences(preferences ?? '', () => openerOf(identity, terminal));
  return { kind: 'preferences', found: opened.preferences };
}

/** What does not fit together is refused by the story. */
async function cloudFor(customerFile: string, from: AdoptJob['from']): Promise<CloudName> {
  if (await exists(customerFile)) return (await readCustomer(customerFile)).cloud;
  return from.kind === 'preferences' ? nearestCloud(from.found.apiEndpoints).name : 'global';
}

async function lookAndAdopt(
  job: Omit<AdoptJob, 'kind'>,
  options: AdoptOptions,
  open: OpenCloud & Pick<AdoptPorts, 'signIn'>,
  { terminal }: Context,
): Promise<Adopted> {
  const story = adopt(
    { ...job, kind: open.kind },
    {
      ...open,
      askSecret: () => askClientSecret(terminal),
      confirm: async (adoption) => {
        show(adoption, terminal);
        return options.yes === true || (await mayWrite(adoption));
      },
    },
  );
  return await drain(story, (event) => {
    if (event.kind === 'seen by the application itself')
      terminal.line(
        done('Seen with the rights of the application itself; no one signed in', terminal.paint).text,
      );
    else if (event.kind !== 'looked') showProgress(event, terminal);
  });
}

function show({ customer, findings, plan, differences }: Adoption, terminal: Terminal): void {
  const { paint } = terminal;
  const { mail, tenant, cloud } = customer;
  terminal.line(
    heading(`${customer.name}, ${tenant}, ${clouds[cloud].label}, sender ${mail.fromAddress}`, paint).text,
  );
  for (const { text } of findingLines(findings, paint)) terminal.line(text);
  for (const { label, expected, found } of differences)
    terminal.line(caution(`${label}: the customer file has "${expected}", T&A has "${found}"`, paint).text);
  const nothing = 'The registration is as a set-up would create it.';
  for (const { text } of planLines(plan, paint, nothing)) terminal.line(text);
}

async function mayWrite({ isNew, hasPreferences }: Adoption): Promise<boolean> {
  const { confirm } = await import('../prompts.ts');
  const files = [isNew && 'customer file', hasPreferences && 'preferences', 'record'].filter(Boolean);
  const answer = await confirm({
    message: plain(
      `Is this the application that T&A works with? These files are written: ${files.join(', ')}. Nothing changes in the tenant.`,
    ),
    active: 'Write the Files',
    inactive: 'Stop',
    initialValue: false,
  });
  return answer === true;
}

function documentOf(adopted: Adopted): Record<string, unknown> {
  const { customer, differences, record, written } = adopted;
  return { ...planDocument(adopted), customer, differences, record, written };
}

function showAdopted(
  { written, plan, clientId, record }: Adopted,
  customerFile: string,
  { terminal, options }: Context,
): void {
  const { paint } = terminal;
  terminal.line(heading('Adopted', paint).text);
  for (const file of written) terminal.line(done(`Written: ${file}`, paint).text);
  if (written.length === 0) terminal.line('  The files were right already. Nothing was written.');
  if (plan.changes.length === 0) {
    terminal.line(`  To look at it again: ${commandLine(['check', customerFile, ...sameTenant(options)])}`);
    return;
  }
  if (!record.secret)
    terminal.line(
      "  The client secret is not known here. If you have it, run this with T&A's preferences (--preferences FILE). Otherwise the plan adds a second one for T&A.",
    );
  const close = ['onboard', customerFile, '--adopt', clientId, ...sameTenant(options)];
  terminal.line(
    `  Nothing was changed in the tenant. To make the changes of the plan: ${commandLine(close)}`,
  );
}
