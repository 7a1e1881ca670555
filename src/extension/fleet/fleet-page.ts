import * as vscode from 'vscode';
import { type CheckedCustomer, documentOf } from '../../core/check/checked.ts';
import { checkPage, type PagePlace, type Running } from '../../core/check/page.ts';
import type { FleetProgress, FleetState } from '../../core/stories/check-fleet.ts';
import { coreWords } from '../core-words.ts';
import { timeLeft } from './check-customers.ts';

/** The page of all customers: what a check has seen so far, and at its end the whole. */
export interface FleetPage {
  /** Takes one more result; the page follows soon. */
  add(progress: FleetState & Pick<FleetProgress, 'customer'>): void;
  /** Says for whom it has to wait. */
  wait(state: FleetState): void;
  /** Shows all that was added. `note`: how it ended, where that was before its end. */
  settle(note?: string): void;
}

/** As often as a person can follow: with a thousand customers each new page is a lot of text. */
const pauseMs = 1000;

const stopCommand = '_taExchange.stopChecking';

/** One page a window, which the next check fills anew. It asks for nothing. */
let panel: vscode.WebviewPanel | undefined;
/** Ends the check whose page it is. */
let leave: (() => void) | undefined;

/** `notes`: of whom nothing will be on the page, and why. `stop`: ends the check; so does whoever closes its page. */
export function openFleetPage(notes: readonly string[], stop: () => void): FleetPage {
  leave?.();
  const follows = { enableScripts: true, enableCommandUris: [stopCommand] };
  panel ??= newPanel(vscode.l10n.t('Customers'), follows, () => {
    panel = undefined;
  });
  const shown = panel;
  shown.reveal(undefined, true);
  let isMine = true;
  const stopping = vscode.Disposable.from(
    vscode.commands.registerCommand(stopCommand, stop),
    shown.onDidDispose(stop),
    // One that is out of sight hears no message, and begins with its text when it is back.
    shown.onDidChangeViewState(() => shown.visible || show()),
  );
  leave = () => {
    isMine = false;
    stopping.dispose();
    stop();
  };
  const link = `command:${stopCommand}`;
  const customers: CheckedCustomer[] = [];
  let running: Running | undefined = { stop: link, done: 0, total: 1 };
  let said = notes;
  let timer: NodeJS.Timeout | undefined;
  const show = (): void => {
    timer = undefined;
    if (panel !== shown || !isMine) return;
    const page = pageOf(customers, { running, notes: said });
    // Replaced, a page would lose the keyboard focus, and a click that has begun.
    if (running && shown.visible) void shown.webview.postMessage(page);
    else shown.webview.html = page;
  };
  shown.webview.html = pageOf(customers, { running, notes });
  // The same text again would leave there what an earlier check of the same beginning had added.
  show();
  const follow = ({ done, total, leftMs, waiting }: FleetState): void => {
    const left = leftMs === undefined ? undefined : timeLeft(leftMs);
    running = { stop: link, done, total, left, waiting };
    timer ??= setTimeout(show, pauseMs);
  };
  return {
    add({ customer, ...state }) {
      customers.push(customer);
      follow(state);
    },
    wait: follow,
    settle(note) {
      stopping.dispose();
      clearTimeout(timer);
      running = undefined;
      said = note === undefined ? notes : [note, ...notes];
      show();
    },
  };
}

/** All that was seen of one customer, on a page beside that of all, whose check may be running. */
export function showFindings(seen: CheckedCustomer): void {
  findings ??= newPanel(seen.name, {}, () => {
    findings = undefined;
  });
  findings.title = seen.name;
  findings.webview.html = pageOf([seen]);
  findings.reveal();
}

let findings: vscode.WebviewPanel | undefined;

function newPanel(title: string, may: vscode.WebviewOptions, closed: () => void): vscode.WebviewPanel {
  const options = { ...may, enableFindWidget: true, localResourceRoots: [] };
  const made = vscode.window.createWebviewPanel('taExchange.fleet', title, vscode.ViewColumn.Active, options);
  made.onDidDispose(closed);
  return made;
}

const pageOf = (customers: readonly CheckedCustomer[], place: PagePlace = {}): string =>
  checkPage(documentOf(customers), { ...place, themes, language: vscode.env.language, tell: coreWords });

/** In VS Code the theme decides between light and dark, not the system. High contrast has colours of its own. */
const themes = `
body.vscode-light {
  color-scheme: light; --page: #ffffff; --card: #ffffff; --line: #d5dce6; --ink: #16202e; --soft: #4b5a6d;
  --accent: #0b5cab; --field: #f0f3f8; --bad: #9b1c1c; --warned: #7a4300; --fine: #12602c;
}
body.vscode-dark {
  color-scheme: dark; --page: #12171f; --card: #1a212c; --line: #35404f; --ink: #e8edf4; --soft: #a9b6c6;
  --accent: #7db8f5; --field: #121923; --bad: #ff9d9d; --warned: #f3c27a; --fine: #8fdba8;
}
body.vscode-high-contrast {
  color-scheme: dark; --page: var(--vscode-editor-background); --card: var(--page); --field: var(--page);
  --line: var(--vscode-contrastBorder); --ink: var(--vscode-foreground); --soft: var(--ink);
  --accent: var(--vscode-textLink-foreground); --bad: var(--vscode-errorForeground);
  --warned: var(--vscode-editorWarning-foreground); --fine: var(--vscode-charts-green);
}
body.vscode-high-contrast-light { color-scheme: light; }
`;
