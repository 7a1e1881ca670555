import * as vscode from 'vscode';
import type { Log } from '../../core/ports.ts';

/** The one log of the extension, an output channel that is made with its first line. Core redacts what it logs. */
export interface ShownLog extends Log, vscode.Disposable {
  error(message: string): void;
  show(): void;
}

/** `first`: the line that it begins with. */
export function createLog(first: string): ShownLog {
  let opened: vscode.LogOutputChannel | undefined;
  const channel = (): vscode.LogOutputChannel => {
    if (opened) return opened;
    opened = vscode.window.createOutputChannel('T&A Exchange', { log: true });
    opened.info(first);
    return opened;
  };
  return {
    info: (message) => channel().info(message),
    debug: (message) => channel().debug(message),
    error: (message) => channel().error(message),
    show: () => channel().show(true),
    dispose: () => opened?.dispose(),
  };
}
