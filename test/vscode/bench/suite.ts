import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';

interface Mark {
  readonly name: string;
  /** Milliseconds since 1970, whole ones. */
  readonly startTime: number;
}

/** VS Code's own clock for "Developer: Startup Performance"; not part of its API. */
declare const MonacoPerformanceMarks: { getMarks(): Mark[] } | undefined;

/** What ours gives to a suite. */
type Exports = { readonly started: () => Promise<unknown> } | undefined;

/**
 * Activates the extensions of BENCH_IDS in their order, in a host at rest, then puts the files of BENCH_CUSTOMERS into its folder and opens
 * the pages of BENCH_PAGES in theirs. Writes how long each took, in milliseconds: an extension as VS Code measured it, a page until the
 * window wrote into a file that it was painted. `started`: from the end of our activation until everything is registered.
 */
export async function run(): Promise<void> {
  const { BENCH_IDS = '', BENCH_PAGES = '', BENCH_PAINTS = '', BENCH_RESULTS = '' } = process.env;
  const { BENCH_CUSTOMERS = '' } = process.env;
  await pause(3000);
  const times: Record<string, number> = {};
  for (const id of BENCH_IDS.split(',')) {
    const extension = vscode.extensions.getExtension<Exports>(id);
    if (!extension) throw new Error(`${id} is not installed`);
    // VS Code would activate ours beside its own start if there were customers already.
    if (extension.isActive) throw new Error(`${id} was activated before it was measured`);
    const exported = await extension.activate();
    times[id] = between('LoadExtensionCode', id) + between('ActivateExtension', id);
    const since = performance.now();
    await exported?.started();
    if (exported) times.started = performance.now() - since;
  }
  cpSync(BENCH_CUSTOMERS, folderOfWindow().fsPath, { recursive: true });
  await pause(3000);
  for (const name of BENCH_PAGES.split(',')) {
    const [first, whole] = await untilPainted(name, join(BENCH_PAINTS, name));
    Object.assign(times, { [name]: first, [`${name} whole`]: whole });
  }
  writeFileSync(BENCH_RESULTS, JSON.stringify(times));
}

async function untilPainted(name: string, file: string): Promise<number[]> {
  const open = pages[name];
  if (!open) throw new Error(`${name} is no page`);
  const since = Date.now();
  // Some commands end when the person has done what they are for.
  void open();
  const painted = (): number[] => (existsSync(file) ? readFileSync(file, 'utf8').split(' ').map(Number) : []);
  while (painted().length === 0) {
    if (Date.now() > since + 30_000) throw new Error(`${name} was not painted`);
    await pause(50);
  }
  const when = painted();
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await pause(1000);
  return when.map((each) => Math.round(each - since));
}

const pages: Readonly<Record<string, () => Thenable<unknown>>> = {
  async empty() {
    const panel = vscode.window.createWebviewPanel('empty', 'Empty', vscode.ViewColumn.Active);
    panel.webview.html = '<!DOCTYPE html><main data-page="empty">Empty</main>';
  },
  // What Set Up Customer does where no work is waiting.
  'set-up': () => vscode.commands.executeCommand('_taExchange.openSetUpPage', customer()),
  form: () => vscode.commands.executeCommand('taExchange.openVerificationForm', customer()),
};

function folderOfWindow(): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('No folder is open');
  return folder.uri;
}

const customer = (): vscode.Uri => vscode.Uri.joinPath(folderOfWindow(), 'contoso.ta-customer.json');

function between(what: string, id: string): number {
  return at(`code/extHost/did${what}/${id}`) - at(`code/extHost/will${what}/${id}`);
}

function at(name: string): number {
  const mark = MonacoPerformanceMarks?.getMarks().find((each) => each.name === name);
  if (!mark) throw new Error(`VS Code did not mark ${name}`);
  return mark.startTime;
}
