import * as vscode from 'vscode';
import type { RunningPractice } from './serve-practice.ts';

/** While it runs, every request of the extension goes to it and none to Microsoft. */
export interface PracticeRoom extends vscode.Disposable {
  readonly running: RunningPractice | undefined;
  /** The running one, or a healthy new one. */
  open(): Promise<RunningPractice>;
  /** A fresh one, in place of one that is running. */
  start(scenarios: readonly string[]): Promise<RunningPractice>;
  stop(): Promise<void>;
  readonly onDidChange: vscode.Event<void>;
}

export function createPracticeRoom(): PracticeRoom {
  const emitter = new vscode.EventEmitter<void>();
  let running: (RunningPractice & { close(): Promise<void> }) | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  /** A second press while the first one is at work waits for it. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work, work);
    turn = done;
    return done;
  };
  const stop = async (): Promise<void> => {
    const ending = running;
    running = undefined;
    if (!ending) return;
    await ending.close();
    emitter.fire();
  };
  const start = async (scenarios: readonly string[]): Promise<RunningPractice> => {
    await stop();
    const { servePractice } = await import('./serve-practice.ts');
    running = await servePractice(scenarios);
    emitter.fire();
    return running;
  };
  return {
    get running() {
      return running;
    },
    open: () => inTurn(async () => running ?? (await start([]))),
    start: (scenarios) => inTurn(() => start(scenarios)),
    stop: () => inTurn(stop),
    onDidChange: emitter.event,
    dispose() {
      void stop().finally(() => emitter.dispose());
    },
  };
}
