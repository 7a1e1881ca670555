import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';

interface Mark {
  readonly name: string;
  /** Milliseconds since 1970, whole ones. */
  readonly startTime: number;
}

/** VS Code's own clock for "Developer: Startup Performance"; not part of its API. */
declare const MonacoPerformanceMarks: { getMarks(): Mark[] } | undefined;

/** Activates the extensions of BENCH_IDS in their order, in a host at rest, and writes what VS Code measured, in milliseconds. */
export async function run(): Promise<void> {
  const { BENCH_IDS = '', BENCH_RESULTS = '' } = process.env;
  await pause(3000);
  const times: Record<string, number> = {};
  for (const id of BENCH_IDS.split(',')) {
    const extension = vscode.extensions.getExtension(id);
    if (!extension) throw new Error(`${id} is not installed`);
    await extension.activate();
    times[id] = between('LoadExtensionCode', id) + between('ActivateExtension', id);
  }
  writeFileSync(BENCH_RESULTS, JSON.stringify(times));
}

function between(what: string, id: string): number {
  return at(`code/extHost/did${what}/${id}`) - at(`code/extHost/will${what}/${id}`);
}

function at(name: string): number {
  const mark = MonacoPerformanceMarks?.getMarks().find((each) => each.name === name);
  if (!mark) throw new Error(`VS Code did not mark ${name}`);
  return mark.startTime;
}
