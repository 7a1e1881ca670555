import * as vscode from 'vscode';
import { coreWords } from '../core-words.ts';
import type { KnownCustomer } from '../customers/choose.ts';
import { type Ports, portsOf } from '../shell/ports.ts';
import type { Shell } from '../shell/shell.ts';
import { timeLeft } from '../shell/time-left.ts';

/** What a piece of work that takes a while works with; its notification can be cancelled. */
export interface ShownRun extends Ports {
  readonly signal: AbortSignal;
  readonly say: (message: string) => void;
  /** Says why nothing happens for `ms`, with the time left. */
  readonly sayWait: (reason: string, ms: number) => void;
}

/** Does the work under one notification, with a Cancel button that aborts the signal. */
export async function withRun<T>(
  { record }: Pick<KnownCustomer, 'record'>,
  shell: Shell,
  title: string,
  work: (run: ShownRun) => Promise<T>,
): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return await vscode.window.withProgress(options, async (progress, token) => {
    const stop = new AbortController();
    const watching = token.onCancellationRequested(() => stop.abort());
    const voice = createVoice((message) => progress.report({ message }));
    const ports = portsOf(shell, record, stop.signal, ({ doing, ms, reason }) =>
      voice.sayWait(`${coreWords(doing)}: ${coreWords(reason)}`, ms),
    );
    try {
      return await work({ ...ports, signal: stop.signal, say: voice.say, sayWait: voice.sayWait });
    } finally {
      voice.dispose();
      watching.dispose();
    }
  });
}

/** The same for work on one customer: afterwards the list shows what became of it. */
export async function withCustomerRun<T>(
  known: KnownCustomer,
  shell: Shell,
  title: string,
  work: (run: ShownRun) => Promise<T>,
): Promise<T> {
  try {
    return await withRun(known, shell, title, work);
  } finally {
    shell.customers.changed(known.file.uri);
  }
}

interface Voice extends vscode.Disposable {
  readonly say: (message: string) => void;
  readonly sayWait: (reason: string, ms: number) => void;
}

function createVoice(report: (message: string) => void): Voice {
  let counting: NodeJS.Timeout | undefined;
  let ended = false;
  const stop = (): void => clearInterval(counting);
  return {
    say(message) {
      stop();
      report(message);
    },
    sayWait(reason, ms) {
      stop();
      // A session renews its token through the ports of the run that signed in, which may be over.
      if (ended) return;
      const until = Date.now() + ms;
      const tick = (): void =>
        report(vscode.l10n.t('{0}; asking again in {1}', reason, timeLeft(until, Date.now())));
      counting = setInterval(tick, 1000);
      tick();
    },
    dispose() {
      stop();
      ended = true;
    },
  };
}
