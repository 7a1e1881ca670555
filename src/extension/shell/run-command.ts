import * as vscode from 'vscode';
import type { Shell } from './shell.ts';

/**
 * The one catch of the extension: a failure is logged with its codes and shown as one message with its next move. Where
 * waiting or a change of the tenant may have mended it, the message offers to do the work once more.
 */
export async function runCommand(shell: Shell, id: string, work: () => Promise<void>): Promise<void> {
  try {
    await untilWalkthroughRests();
    // A practice tenant that an earlier window left running goes on first: what is asked now is meant for it.
    await shell.practice.resume();
    await work();
  } catch (error) {
    const { showError } = await import('./show-error.ts');
    if (await showError(shell, id, error)) await runCommand(shell, id, work);
  }
}

/** Longer than a key is held down, and the quarter of a second after it. */
const restMs = 500;

/**
 * A step of VS Code's walkthrough takes the focus a quarter of a second after a key came up on it, be it the one that pressed
 * its button (`selectStep` in microsoft/vscode, gettingStarted.ts; issues 204522 and 214787). What asks comes after that.
 */
async function untilWalkthroughRests(): Promise<void> {
  const { activeTab } = vscode.window.tabGroups.activeTabGroup;
  // VS Code tells no kind of such a tab.
  if (activeTab && activeTab.input === undefined) await new Promise((resolve) => setTimeout(resolve, restMs));
}
