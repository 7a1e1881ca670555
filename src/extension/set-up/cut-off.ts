import type * as vscode from 'vscode';
import * as z from 'zod/mini';
import { StageName } from '../../contract/set-up.ts';
import { isBusy } from '../../core/customer/lock.ts';
import { customerId } from '../mail-form/form-customers.ts';
import { type Memory, memoryOf } from '../mail-form/memory.ts';
import type { OpenRun } from '../shell/runs.ts';
import type { Shell } from '../shell/shell.ts';
import { type RunState, stageIfStopped } from './run-state.ts';

/** Work on a customer whose window may be closed or reloaded before it has ended. No secret. */
const UnderWay = z.object({
  title: z.string(),
  command: z.string(),
  aim: z.enum(['set-up', 'part', 'removal']),
  startedAt: z.number(),
  stage: StageName,
});

const key = 'setUp.run';

/** Keeps how far the work is, so that the next window can say it; `undefined`: it is over. */
export function keeperFor(
  { context, log, runs }: Pick<Shell, 'context' | 'log' | 'runs'>,
  customer: vscode.Uri,
): (state: RunState | undefined) => void {
  const memory = memoryOf(context.workspaceState, customerId(customer));
  return (state) => {
    // What ends with its window stays as it was.
    if (!runs.of(customer)) return;
    const now = state && underWay(state);
    if (JSON.stringify(memory.get(key)) === JSON.stringify(now)) return;
    memory.update(key, now).then(undefined, (cause: unknown) => log.error(`Set-up page: ${String(cause)}`));
  };
}

/** A wait for a consent is in the record. */
function underWay(state: RunState): z.infer<typeof UnderWay> | undefined {
  const { title, command, aim, startedAt, end, consent } = state;
  if (end || consent) return undefined;
  return { title, command, aim, startedAt, stage: stageIfStopped(state) ?? 'changes' };
}

/** That window may be about to end. */
const lookAgainMs = 2000;

/** What an earlier window left unfinished of one customer. */
export interface CutOff extends vscode.Disposable {
  /** The run of this window, else what was left; not while another window works on the customer. */
  orRun(run: OpenRun | undefined, recordFile: string | undefined): Promise<RunState | undefined>;
  last(): RunState | undefined;
  dismiss(): Promise<void>;
}

/** `onChange`: told when it may be something else. */
export function createCutOff(memory: Memory, onChange: () => void): CutOff {
  let last: RunState | undefined;
  let timer: NodeJS.Timeout | undefined;
  return {
    last: () => last,
    dispose: () => clearTimeout(timer),
    async orRun(run, recordFile) {
      last = undefined;
      clearTimeout(timer);
      if (run || recordFile === undefined) return run?.state();
      const found = z.safeParse(UnderWay, memory.get(key)).data;
      if (!found) return undefined;
      if (await isBusy(recordFile)) {
        timer = setTimeout(onChange, lookAgainMs);
        return undefined;
      }
      const { stage, ...facts } = found;
      last = { ...facts, proves: false, steps: [], end: { kind: 'cut off', stage } };
      return last;
    },
    async dismiss() {
      await memory.update(key, undefined);
      onChange();
    },
  };
}
