import { existsSync, readFileSync, writeFileSync } from 'node:fs';
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

/**
 * Activates the extensions of BENCH_IDS in their order, in a host at rest, then opens the pages of BENCH_PAGES in theirs. Writes how long
 * each took, in milliseconds: an extension as VS Code measured it, a page until the window wrote into a file that it was painted.
 */
export async function run(): Promise<void> {
  const { BENCH_IDS = '', BENCH_PAGES = '', BENCH_PAINTS = '', BENCH_RESULTS = '' } = process.env;
  await pause(3000);
  const times: Record<string, number> = {};
  for (const id of BENCH_IDS.split(',')) {
    const extension = vscode.extensions.getExtension(id);
    if (!extension) throw new Error(`${id} is not installed`);
    await extension.activate();
    times[id] = between('LoadExtensionCode', id) + between('ActivateExtension', id);
  }
  for (const name of BENCH_PAGES.split(',')) times[name] = await untilPainted(name, join(BENCH_PAINTS, name));
  writeFileSync(BENCH_RESULTS, JSON.stringify(times));
}

async function untilPainted(name: string, file: string): Promise<number> {
  const open = pages[name];
  if (!open) throw new Error(`${name} is no page`);
  const since = Date.now();
  // Some commands end when the person has done what they are for.
  void open();
  const painted = (): number => (existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0);
  while (painted() === 0) {
    if (Date.now() > since + 30_000) throw new Error(`${name} was not painted`);
    await pause(50);
  }
  const when = painted();
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await pause(1000);
  return Math.round(when - since);
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

function customer(): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('No folder is open');
  return vscode.Uri.joinPath(folder.uri, 'contoso.ta-customer.json');
}

function between(what: string, id: string): number {
  return at(`code/extHost/did${what}/${id}`) - at(`code/extHost/will${what}/${id}`);
}

function at(name: string): number {
  const mark = MonacoPerformanceMarks?.getMarks().find((each) => each.name === name);
  if (!mark) throw new Error(`VS Code did not mark ${name}`);
  return mark.startTime;
}
