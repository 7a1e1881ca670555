import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Action, StageView } from '../../../src/contract/set-up.ts';
import { customerFile } from '../../../src/extension/customers/list.ts';
import { createSetUpHost, type SetUpHost } from '../../../src/extension/set-up/page.ts';
import type { OpenRun } from '../../../src/extension/shell/runs.ts';
import type { Shell } from '../../../src/extension/shell/shell.ts';
import type { Started } from '../../../src/extension/start.ts';
import type { ForSuites } from '../../../src/extension.ts';
import type { Script } from './script.ts';
import { until } from './wait.ts';

const extension = vscode.extensions.getExtension<ForSuites | undefined>('ta-exchange.ta-exchange-setup');
const started = await (await extension?.activate())?.started();

function theExtension(): Started {
  assert.ok(started);
  return started;
}

/** The one of the extension itself, which it gives to a suite only. */
export const shellOf = (): Shell => theExtension().shell;

const others = new WeakSet<Shell>();
const people = new Set<(shell: Shell) => void>();

/** A shell besides the extension's own: whoever is there sees its pages too. */
export function showOther(shell: Shell): void {
  others.add(shell);
  for (const see of people) see(shell);
}

const silentHost = { changed: () => undefined, created: async () => undefined };

/** The extension makes its own pages; a story that was begun in this suite has pages of the suite. */
async function pageIn(shell: Shell, customer: vscode.Uri): Promise<SetUpHost> {
  const create = others.has(shell) ? createSetUpHost : theExtension().createPage;
  return await create(shell, customerFile(customer), silentHost);
}

interface Watching {
  /** Presses Cancel when the page shows this, and nothing that the script names. */
  readonly cancelsAt: RegExp | undefined;
  /** Hears what the page shows of the stage at hand, whenever it changes. */
  readonly hears: (line: string) => void;
}

/** Presses a button of a customer's page. */
export async function pressOn(customer: vscode.Uri, action: Action): Promise<void> {
  const page = await pageIn(shellOf(), customer);
  await page.handlers.press({ action });
  page.dispose();
}

/** What the last stage of a customer's page shows. */
export async function handOverStageOf(customer: vscode.Uri): Promise<string> {
  const page = await pageIn(shellOf(), customer);
  const { stages } = await page.view();
  page.dispose();
  return JSON.stringify(stages.find(({ name }) => name === 'handOver')?.blocks);
}

/** What the stage at hand of a customer's page shows, whatever is in front in VS Code. */
export async function stageOf(customer: vscode.Uri): Promise<string> {
  const page = await pageIn(shellOf(), customer);
  const { stages, now } = await page.view();
  page.dispose();
  const at = stages.find(({ name }) => name === now);
  return JSON.stringify([at?.title, at?.blocks, at?.bar]);
}

/** The tab that is in front. */
export const inFront = (): string | undefined => vscode.window.tabGroups.activeTabGroup.activeTab?.label;

/** Sends a test email from the customer's page, and gives the outcome for its recipient. */
export async function sendEmail(customer: vscode.Uri, to: string): Promise<string> {
  const page = await pageIn(shellOf(), customer);
  try {
    const { view } = await page.handlers.ready({});
    const [choice] = view.customers;
    assert.ok(choice);
    const draft = {
      customer: choice.id,
      to,
      cc: '',
      subject: 'Hours',
      body: 'See below.',
      receiptSeconds: 60,
    };
    const { attachments } = await page.handlers.addTestFile({});
    const { problems } = await page.handlers.send({ draft, attachments: attachments.map(({ id }) => id) });
    assert.deepEqual(problems, [], problems[0]?.message);
    const run = await until(async () => {
      const found = (await page.form.view()).run;
      return found?.verdict === undefined ? undefined : found;
    });
    return run.recipients[0]?.outcome ?? run.failure?.message ?? '';
  } finally {
    page.dispose();
  }
}

/** Looks away once all that the pages have become was seen. */
type LookAway = () => Promise<void>;

/** Someone before the pages of all customers, who presses what the script names as soon as it is there. */
export function watchPages(script: Script, watching: Watching): LookAway {
  const watched: LookAway[] = [];
  const see = (shell: Shell): void => void watched.push(watchShell(shell, script, watching));
  see(shellOf());
  people.add(see);
  return async () => {
    people.delete(see);
    for (const lookAway of watched) await lookAway();
  };
}

function watchShell(shell: Shell, script: Script, { cancelsAt, hears }: Watching): LookAway {
  const pages = new Map<string, Promise<SetUpHost>>();
  const pageOf = (customer: vscode.Uri): Promise<SetUpHost> => {
    const page = pages.get(customer.toString()) ?? pageIn(shell, customer);
    pages.set(customer.toString(), page);
    return page;
  };
  let last = '';
  let turn = Promise.resolve();
  const look = async (customer: vscode.Uri): Promise<void> => {
    const page = await pageOf(customer);
    const { stages, now } = await page.view();
    const stage = stages.find(({ name }) => name === now);
    const shown = stage ? JSON.stringify([stage.title, stage.lead, stage.blocks, stage.bar]) : last;
    if (shown !== last) hears(shown);
    last = shown;
    if (!stage || !leadsOn(shell.runs.of(customer))) return;
    const action = wantedAction(stage, shown, script) ?? (cancelsAt?.test(shown) ? 'cancel' : undefined);
    if (action) await page.handlers.press({ action });
  };
  const listening = shell.runs.onDidChange((customer) => {
    turn = turn
      .then(() => look(customer))
      .catch((error: unknown) => hears(`The page cannot be shown: ${String(error)}`));
  });
  return async () => {
    listening.dispose();
    await turn;
    for (const page of pages.values()) (await page).dispose();
  };
}

/** What has ended may do so by its outcome. */
const leadsOn = (run: OpenRun | undefined): boolean =>
  run !== undefined && (run.isLive() || run.state().outcome !== undefined);

/** What the script presses next, where the stage has such a button. */
function wantedAction({ blocks, bar }: StageView, shown: string, script: Script): Action | undefined {
  const all = blocks.flatMap((block) => (block.kind === 'card' ? block.blocks : [block]));
  const presses = [
    ...all.flatMap((block) => (block.kind === 'presses' ? block.presses : [])),
    ...bar.presses,
  ];
  const fits = (label: string) => presses.find((press) => press.label.includes(label));
  const act = script.nextIf(
    (next) => next.kind === 'pick' && next.when?.test(shown) !== false && fits(next.label) !== undefined,
  );
  return act?.kind === 'pick' ? fits(act.label)?.action : undefined;
}
