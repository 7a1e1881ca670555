import * as vscode from 'vscode';
import { useBrowser } from './login-pages.ts';
import { createPatches } from './patches.ts';
import { fakeInputBox, fakeQuickPick, type Notes } from './quick-input.ts';
import { type Act, createScript, type Script } from './script.ts';
import { watchPages } from './shell.ts';

/** A message that VS Code would have shown. */
interface Told {
  readonly level: 'info' | 'warning' | 'error';
  readonly text: string;
  readonly detail: string;
  readonly modal: boolean;
  readonly buttons: readonly string[];
}

/** Someone in front of VS Code who answers by a script, and signs in on the pages that VS Code opens. */
export interface Person extends Notes {
  readonly told: Told[];
  /** What the page showed, one state after the other. */
  readonly shown: string[];
  readonly opened: string[];
  clipboard(): string;
  left(): readonly Act[];
  /** Puts VS Code's own windows back. */
  leave(): Promise<void>;
}

export interface Habits {
  /** Signs in as this person; nobody signs in where it is missing. */
  readonly as?: string;
  /** Presses Cancel on the customer's page when it shows this. */
  readonly cancelsAt?: RegExp;
  /** Hears what the page shows. */
  readonly hears?: (line: string) => void;
}

/** From here on every question of VS Code goes to this person. */
export function personWith(acts: readonly Act[], { as, cancelsAt, hears }: Habits = {}): Person {
  const script = createScript(acts);
  const patches = createPatches();
  const notes = { seen: [], problems: [], dropped: [] };
  const told: Told[] = [];
  const shown: string[] = [];
  const opened: string[] = [];
  let clipboard = '';
  const { window, env } = vscode;
  patches.put(window, 'createInputBox', () => fakeInputBox(script, notes));
  patches.put(window, 'createQuickPick', () => fakeQuickPick(script, notes));
  patches.put(window, 'showSaveDialog', async () => pathsFrom(script, 'save dialog')[0]);
  patches.put(window, 'showOpenDialog', async () => pathsFrom(script, 'open dialog'));
  patches.put(window, 'showInformationMessage', read('info', script, told));
  patches.put(window, 'showWarningMessage', read('warning', script, told));
  patches.put(window, 'showErrorMessage', read('error', script, told));
  const lookAway = watchPages(script, {
    cancelsAt,
    hears(line) {
      shown.push(line);
      hears?.(line);
    },
  });
  patches.put(env, 'clipboard', {
    readText: async () => clipboard,
    writeText: async (text: string) => {
      clipboard = text;
    },
  });
  patches.put(env, 'openExternal', async (uri: vscode.Uri) => {
    const url = uri.toString(true);
    opened.push(url);
    if (as) void useBrowser(url, as, clipboard);
    return true;
  });
  return {
    ...notes,
    told,
    shown,
    opened,
    clipboard: () => clipboard,
    left: script.left,
    async leave() {
      await lookAway();
      patches.restore();
    },
  };
}

function pathsFrom(script: Script, asked: string): vscode.Uri[] {
  const act = script.next(asked);
  return act.kind === 'files' ? act.paths.map((path) => vscode.Uri.file(path)) : [];
}

/** A modal question must be answered; any other message is answered if the script says so, else it is left alone. */
function read(level: Told['level'], script: Script, told: Told[]) {
  return async (text: string, ...rest: unknown[]): Promise<string | undefined> => {
    const buttons = rest.filter((each) => typeof each === 'string');
    const options = rest.find((each): each is vscode.MessageOptions => typeof each === 'object') ?? {};
    told.push({ level, text, detail: options.detail ?? '', modal: options.modal === true, buttons });
    if (options.modal) {
      const act = script.next(`question "${text}"`);
      return act.kind === 'pick' ? buttons.find((each) => each.includes(act.label)) : undefined;
    }
    const act = script.nextIf((next) => next.kind === 'pick' && buttons.some((each) => each === next.label));
    return act?.kind === 'pick' ? act.label : undefined;
  };
}
