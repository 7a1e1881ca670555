import * as vscode from 'vscode';
import { type CheckedCustomer, documentOf } from '../../core/check/checked.ts';
import { checkPage, type Running } from '../../core/check/page.ts';
import { coreWords } from '../core-words.ts';

/** The page of all customers: what a check has seen so far, and at its end the whole. */
export interface FleetPage {
  /** Takes one more result; the page follows soon. */
  add(customer: CheckedCustomer, running: Running): void;
  /** Shows all that was added. */
  settle(): void;
}

/** As often as a person can follow: with a thousand customers each new page is a lot of text. */
const pauseMs = 500;

/** One page a window, which the next check fills anew. It has no script and asks for nothing. */
let panel: vscode.WebviewPanel | undefined;

/** `leftOut`: of whom nothing will be on the page, and why. */
export function openFleetPage(leftOut?: string): FleetPage {
  panel ??= newPanel();
  const shown = panel;
  shown.reveal(undefined, true);
  const customers: CheckedCustomer[] = [];
  let running: Running | undefined = { done: 0, total: 1 };
  let timer: NodeJS.Timeout | undefined;
  const show = (): void => {
    timer = undefined;
    const { language } = vscode.env;
    if (panel === shown)
      shown.webview.html = checkPage(documentOf(customers), {
        running,
        leftOut,
        themes,
        language,
        tell: coreWords,
      });
  };
  show();
  return {
    add(customer, now) {
      customers.push(customer);
      running = now;
      timer ??= setTimeout(show, pauseMs);
    },
    settle() {
      clearTimeout(timer);
      running = undefined;
      show();
    },
  };
}

function newPanel(): vscode.WebviewPanel {
  const title = vscode.l10n.t('Customers');
  const made = vscode.window.createWebviewPanel('taExchange.fleet', title, vscode.ViewColumn.Active, {
    enableFindWidget: true,
    localResourceRoots: [],
  });
  made.onDidDispose(() => {
    panel = undefined;
  });
  return made;
}

/** In VS Code the theme decides between light and dark, not the system. */
const themes = `
body.vscode-light {
  color-scheme: light; --page: #ffffff; --card: #ffffff; --line: #d5dce6; --ink: #16202e; --soft: #4b5a6d;
  --accent: #0b5cab; --field: #f0f3f8; --bad: #9b1c1c; --warned: #7a4300; --fine: #12602c;
}
body.vscode-dark, body.vscode-high-contrast:not(.vscode-high-contrast-light) {
  color-scheme: dark; --page: #12171f; --card: #1a212c; --line: #35404f; --ink: #e8edf4; --soft: #a9b6c6;
  --accent: #7db8f5; --field: #121923; --bad: #ff9d9d; --warned: #f3c27a; --fine: #8fdba8;
}
`;
