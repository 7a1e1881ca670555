import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Action, StageView } from '../../../src/contract/set-up.ts';
import { customerFile } from '../../../src/extension/customers/list.ts';
import { createSetUpPage, type SetUpPage } from '../../../src/extension/set-up/page.ts';
import type { Shell } from '../../../src/extension/shell/shell.ts';
import type { Script } from './script.ts';
import { until } from './wait.ts';

/** The one of the extension itself, which it gives to a suite only. */
export function shellOf(): Shell {
  const found = vscode.extensions.getExtension<Shell | undefined>('ta-exchange.ta-exchange-setup')?.exports;
  assert.ok(found);
  return found;
}

/** Shells besides the extension's own: a person sees their pages too. */
export const otherShells = new Set<Shell>();

const silentHost = { changed: () => undefined, created: async () => undefined };

interface Watching {
  /** Presses Cancel when the page shows this. */
  readonly cancelsAt: RegExp | undefined;
  /** Hears what the page shows of the stage at hand, whenever it changes. */
  readonly hears: (line: string) => void;
}

/** Presses a button of a customer's page. */
export async function pressOn(customer: vscode.Uri, action: Action): Promise<void> {
  const page = createSetUpPage(shellOf(), customerFile(customer), silentHost);
  await page.handlers.press({ action });
  page.dispose();
}

/** Sends a test email from the customer's page, and gives the outcome for its recipient. */
export async function sendEmail(customer: vscode.Uri, to: string): Promise<string> {
  const page = createSetUpPage(shellOf(), customerFile(customer), silentHost);
  try {
    const { view } = await page.handlers.ready({ attachments: [] });
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

/** Someone before the pages of all customers, who presses what the script names as soon as it is there. */
export function watchPages(script: Script, watching: Watching): vscode.Disposable {
  return vscode.Disposable.from(
    ...[shellOf(), ...otherShells].map((shell) => watchShell(shell, script, watching)),
  );
}

function watchShell(shell: Shell, script: Script, { cancelsAt, hears }: Watching): vscode.Disposable {
  const pages = new Map<string, SetUpPage>();
  const pageOf = (customer: vscode.Uri): SetUpPage => {
    const page = pages.get(customer.toString()) ?? createSetUpPage(shell, customerFile(customer), silentHost);
    pages.set(customer.toString(), page);
    return page;
  };
  let last = '';
  let turn = Promise.resolve();
  const look = async (customer: vscode.Uri): Promise<void> => {
    const page = pageOf(customer);
    const { stages, now } = await page.view();
    const stage = stages.find(({ name }) => name === now);
    const shown = stage ? JSON.stringify([stage.title, stage.lead, stage.blocks]) : last;
    if (shown !== last) hears(shown);
    last = shown;
    if (!stage || shell.runs.of(customer)?.isLive() !== true) return;
    const action = cancelsAt?.test(shown) ? 'cancel' : wantedAction(stage, script);
    if (action) await page.handlers.press({ action });
  };
  const listening = shell.runs.onDidChange((customer) => {
    turn = turn.then(() => look(customer));
  });
  return new vscode.Disposable(() => {
    listening.dispose();
    for (const page of pages.values()) page.dispose();
  });
}

/** What the script presses next, where the stage has such a button. */
function wantedAction({ blocks, bar }: StageView, script: Script): Action | undefined {
  const all = blocks.flatMap((block) => (block.kind === 'card' ? block.blocks : [block]));
  const presses = [
    ...all.flatMap((block) => (block.kind === 'presses' ? block.presses : [])),
    ...bar.presses,
  ];
  const fits = (label: string) => presses.find((press) => press.label.includes(label));
  const act = script.nextIf((next) => next.kind === 'pick' && fits(next.label) !== undefined);
  return act?.kind === 'pick' ? fits(act.label)?.action : undefined;
}
