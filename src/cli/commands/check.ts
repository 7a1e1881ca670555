import { dirname, join } from 'node:path';
import {
  type CheckDocument,
  type CheckedCustomer,
  documentOf,
  exitCodeOf,
  mergeChecks,
  readCheckDocument,
  type Shard,
  shardOf,
} from '../../core/check/checked.ts';
import { toCsv } from '../../core/check/csv.ts';
import { checkPage } from '../../core/check/page.ts';
import { mostAtOnce, usualAtOnce } from '../../core/check/turns.ts';
import { type FoundCustomer, findCustomers } from '../../core/customer/find-customers.ts';
import { checkOutput, stateName, writeOutput } from '../../core/files/own-files.ts';
import { readText } from '../../core/files/read-text.ts';
import { exists } from '../../core/files/target.ts';
import { jsonText } from '../../core/json.ts';
import { Secret } from '../../core/secret.ts';
import { checkFleet } from '../../core/stories/check-fleet.ts';
import { drain } from '../../core/waiting.ts';
import { say } from '../../core/words/say.ts';
import type { CommonOptions, Context, ExitCode } from '../command.ts';
import { type OpenCloud, withCloud } from '../open-cloud.ts';
import type { CheckFormat } from '../options.ts';
import { checkLines, countsText, progressText, skippedText } from '../show/check-lines.ts';
import { done, practiceBand } from '../show/lines.ts';
import { createTerminal } from '../terminal.ts';
import { usageFailure } from '../usage.ts';

export interface CheckOptions extends CommonOptions {
  readonly concurrency?: string;
  readonly format?: CheckFormat;
  readonly out?: string;
  readonly shard?: string;
  readonly merge?: true;
  readonly identity?: string;
}

/** Exit code 1 where a customer could not be looked at, 2 where something needs action, 0 otherwise. */
export const checkCommand =
  (paths: readonly string[], options: CheckOptions) =>
  async (context: Context): Promise<ExitCode> => {
    const { out, merge } = options;
    const concurrency = numberOf('--concurrency', options.concurrency ?? String(usualAtOnce), mostAtOnce);
    const shard = options.shard === undefined ? { number: 1, of: 1 } : shardFrom(options.shard);
    if (out !== undefined) await checkOutput(out, { inputs: paths });
    const document = merge
      ? mergeChecks(await Promise.all(paths.map(readCheckDocument)))
      : await checkAll(paths, options, { shard, concurrency }, context);
    await write(document, options, context);
    return exitCodeOf(document);
  };

async function checkAll(
  paths: readonly string[],
  { fresh, practice, identity, format = 'table', out }: CheckOptions,
  { shard, concurrency }: { readonly shard: Shard; readonly concurrency: number },
  context: Context,
): Promise<CheckDocument> {
  const { terminal } = context;
  const all = await findCustomers(paths);
  const found = shardOf(all, shard);
  const keyFile =
    identity === undefined ? undefined : new Secret(await readText(identity, say`an age key file`));
  const { fresh: _, ...options } = context.options;
  const quiet = (): void => undefined;
  const customers: CheckedCustomer[] = [];
  let skipped = 0;
  const check = async (group: readonly FoundCustomer[], cloud: OpenCloud): Promise<void> => {
    const { http, clock, signal, kind } = cloud;
    const jobs = group.map(({ file, isNamed, unread }) => ({
      file,
      unread,
      kind,
      keyFile,
      mayBeFresh: !isNamed && fresh !== true,
    }));
    const before = customers.length;
    const show = (state: Parameters<typeof progressText>[0]): void =>
      terminal.passing(progressText({ ...state, done: before + state.done, total: found.length }));
    await drain(checkFleet(jobs, { http, clock, signal, concurrency, onWait: show }), (event) => {
      customers.push(event.customer);
      if (event.skipped) skipped += 1;
      show(event);
    });
  };
  // What another program reads from stdout begins with its first character.
  const tell = format === 'table' || out !== undefined ? terminal.line : terminal.error;
  if (practice) tell(practiceBand(terminal.paint));
  const place = all[0]?.isNamed ? all[0].file : join(paths[0] ?? '', 'folder');
  for (const [file, group] of practice ? await byTenant(found, place) : [[place, found] as const])
    await withCloud({ ...context, options }, file, quiet, (cloud) => check(group, cloud), undefined);
  if (skipped > 0) tell(skippedText(skipped));
  return documentOf(customers);
}

/** A practice tenant is kept in the folder of the customer file; where there is none, in the one that is checked. */
async function byTenant(
  found: readonly FoundCustomer[],
  place: string,
): Promise<Map<string, FoundCustomer[]>> {
  const groups = new Map<string, FoundCustomer[]>();
  for (const customer of found) {
    const own = join(dirname(customer.file), stateName);
    const at = (await exists(own)) ? own : join(dirname(place), stateName);
    groups.set(at, [...(groups.get(at) ?? []), customer]);
  }
  return groups;
}

async function write(
  document: CheckDocument,
  { out, json, format = json ? 'json' : 'table' }: CheckOptions,
  { terminal }: Context,
): Promise<void> {
  if (out !== undefined) {
    await writeOutput(out, textOf(document, format));
    terminal.line(countsText(document));
    terminal.line(done(`Written: ${out}`, terminal.paint).text);
  }
  if (json) terminal.document(document);
  else if (out === undefined && format === 'table')
    for (const line of checkLines(document, terminal.paint)) terminal.line(line);
  else if (out === undefined) terminal.text(textOf(document, format));
}

function textOf(document: CheckDocument, format: CheckFormat): string {
  switch (format) {
    case 'json':
      return `${jsonText(document)}\n`;
    case 'csv':
      return toCsv(document);
    case 'html':
      return checkPage(document);
    case 'table':
      return `${checkLines(document, unpainted).join('\n')}\n`;
    default:
      return format satisfies never;
  }
}

const noStream = { write: () => undefined };
const unpainted = createTerminal({ stdin: {}, stdout: noStream, stderr: noStream, env: {} }, {}).paint;

function numberOf(flag: string, text: string, most: number): number {
  const number = Number(text);
  if (/^\d{1,4}$/.test(text) && number >= 1 && number <= most) return number;
  throw usageFailure(`${flag} takes a whole number from 1 to ${most}.`);
}

function shardFrom(text: string): Shard {
  const [, number = '', of = ''] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? [];
  const shard = { number: Number(number), of: Number(of) };
  if (shard.number >= 1 && shard.number <= shard.of) return shard;
  throw usageFailure('--shard takes which part of how many, such as 2/10.');
}
