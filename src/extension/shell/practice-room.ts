import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { stateName } from '../../core/files/own-files.ts';
import type { RunningPractice } from './serve-practice.ts';

/** While it runs, every request of the extension goes to it and none to Microsoft. */
export interface PracticeRoom extends vscode.Disposable {
  readonly running: RunningPractice | undefined;
  /** The running one, or the one that was stopped, or a healthy new one. */
  open(): Promise<RunningPractice>;
  /** Continues the one that was running when an earlier window closed: what followed would go to Microsoft otherwise. */
  resume(): Promise<void>;
  /** A fresh one, in place of one that is running. */
  start(scenarios: readonly string[]): Promise<RunningPractice>;
  /** Nothing goes to it any more. It is kept as it is. */
  stop(): Promise<void>;
  readonly onDidChange: vscode.Event<void>;
}

const runningKey = 'practiceIsRunning';

/** The practice tenant lasts until a fresh one takes its place, across windows of one workspace: a file of VS Code's storage keeps it. */
export function createPracticeRoom({
  storageUri,
  globalStorageUri,
  workspaceState,
}: Pick<vscode.ExtensionContext, 'storageUri' | 'globalStorageUri' | 'workspaceState'>): PracticeRoom {
  const folder = (storageUri ?? globalStorageUri).fsPath;
  const file = join(folder, stateName);
  const emitter = new vscode.EventEmitter<void>();
  let running: (RunningPractice & { close(): Promise<void> }) | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  /** A second press while the first one is at work waits for it. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work, work);
    turn = done;
    return done;
  };
  const leave = async (): Promise<void> => {
    const ending = running;
    running = undefined;
    await ending?.close();
    if (ending) emitter.fire();
  };
  const stop = async (): Promise<void> => {
    await leave();
    await workspaceState.update(runningKey, undefined);
  };
  const begin = async (scenarios: readonly string[]): Promise<RunningPractice> => {
    const { servePractice } = await import('./serve-practice.ts');
    running = await servePractice(scenarios, folder);
    await workspaceState.update(runningKey, true);
    emitter.fire();
    return running;
  };
  return {
    get running() {
      return running;
    },
    open: () => inTurn(async () => running ?? (await begin([]))),
    resume: () =>
      inTurn(async () => {
        if (!running && workspaceState.get(runningKey, false)) await begin([]);
      }),
    start: (scenarios) =>
      inTurn(async () => {
        await leave();
        await rm(file, { force: true });
        return await begin(scenarios);
      }),
    stop: () => inTurn(stop),
    onDidChange: emitter.event,
    dispose() {
      void leave().finally(() => emitter.dispose());
    },
  };
}
