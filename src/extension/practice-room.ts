import * as vscode from 'vscode';
import type { RunningPractice } from './running-practice.ts';

/** While it runs, every request of the extension goes to it and none to Microsoft. */
export interface PracticeRoom extends vscode.Disposable {
  readonly running: RunningPractice | undefined;
  start(scenarios: readonly string[]): Promise<RunningPractice>;
  stop(): Promise<void>;
  readonly onDidChange: vscode.Event<void>;
}

export function createPracticeRoom(): PracticeRoom {
  const emitter = new vscode.EventEmitter<void>();
  let running: (RunningPractice & { close(): Promise<void> }) | undefined;
  const stop = async (): Promise<void> => {
    const ending = running;
    running = undefined;
    if (!ending) return;
    await ending.close();
    emitter.fire();
  };
  return {
    get running() {
      return running;
    },
    async start(scenarios) {
      await stop();
      const { servePractice } = await import('./serve-practice.ts');
      running = await servePractice(scenarios);
      emitter.fire();
      return running;
    },
    stop,
    onDidChange: emitter.event,
    dispose() {
      void stop().finally(() => emitter.dispose());
    },
  };
}
