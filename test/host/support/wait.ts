import type * as vscode from 'vscode';

/** The first value that the event brings and that fits. Rejects after ten seconds. */
export function next<T>(event: vscode.Event<T>, fits: (value: T) => boolean = () => true): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The event did not come.')), 10_000);
    const listening = event((value) => {
      if (!fits(value)) return;
      clearTimeout(timer);
      listening.dispose();
      resolve(value);
    });
  });
}

/** Asks until there is an answer. Rejects after ten seconds. */
export async function until<T>(ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const end = Date.now() + 10_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error('What was waited for did not come.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
