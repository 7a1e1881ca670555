import * as vscode from 'vscode';

type Box = vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox;

/** Longer than a key is held down. */
const keyUpMs = 300;
/** Longer than VS Code takes to give the focus back to a page as the palette closes, which may be after a box has opened. */
const settledMs = 500;

/** Shows a question and waits for what `read` makes of it; `undefined` leaves it open. Rejects with a CancellationError on Esc. */
export async function answerOf<T>(
  box: Box,
  title: string | undefined,
  read: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  box.title = title;
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const accept = async (): Promise<void> => {
    const value = await read();
    if (value !== undefined) resolve(value);
  };
  box.onDidAccept(() => void accept().catch(reject));
  box.onDidHide(() => reject(new vscode.CancellationError()));
  // A walkthrough behind it takes the focus back now and then, and the answers so far must not go with it.
  box.ignoreFocusOut = true;
  box.show();
  const settled = setTimeout(
    () => void vscode.commands.executeCommand('workbench.action.focusQuickOpen'),
    settledMs,
  );
  try {
    return await promise;
  } finally {
    clearTimeout(settled);
    letGo(box);
  }
}

/**
 * An answered box stays until the next one takes its place, so that the focus does not fall between the two; and until the
 * key that gave the answer has come up, which a walkthrough behind it would take for its own.
 */
function letGo(box: Box): void {
  const end = setTimeout(() => box.dispose(), keyUpMs);
  box.onDidHide(() => {
    clearTimeout(end);
    box.dispose();
  });
}
