import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { openChannel, type Wire } from '../../contract/channel.ts';
import { fromPage, toPage } from '../../contract/messages.ts';
import { Markup, markup } from '../../core/words/escape.ts';
import { coreWords } from '../core-words.ts';
import type { Shell } from '../shell/shell.ts';
import { refusalOf } from './failure-view.ts';
import { createForm } from './form.ts';
import { customerId } from './form-customers.ts';
import { portsOfForm } from './shell-ports.ts';

export interface FormPanel {
  choose(customer: vscode.Uri): void;
}

/** Fills a new panel, or one that VS Code restored. The page comes and goes with its tab's visibility; the form stays. */
export function showForm(shell: Shell, panel: vscode.WebviewPanel): FormPanel {
  const ports = portsOfForm(shell, () => shell.customers.list(), shell.context.workspaceState);
  const form = createForm(
    ports,
    () => void update().catch(ports.logError),
    (name) => {
      panel.title = vscode.l10n.t('Test email: {0}', name);
    },
  );
  const channel = openChannel({
    wire: fillPanel(panel, shell, 'form', ports.strings.title),
    ours: toPage,
    theirs: fromPage,
    handlers: form.handlers,
    log: (line) => shell.log.info(`Verification form: ${line}`),
    refusalOf(error) {
      ports.logError(error);
      return refusalOf(error, coreWords);
    },
  });
  const update = async (): Promise<void> => channel.tell('view', await form.view());
  const changed = shell.customers.onDidChange(() => void update().catch(ports.logError));
  panel.onDidDispose(() => {
    form.stop();
    changed.dispose();
    channel.dispose();
  });
  return {
    // A page that is not there yet gets the choice when it is ready.
    choose(uri) {
      const customer = customerId(uri);
      form.choose(customer);
      const taken = (): void => form.choose(undefined);
      channel.ask('choose', { customer }).then(taken, () => undefined);
    },
  };
}

/** Puts a page of ours into a panel, and gives the wire to it. `heading`: what it begins with. */
export function fillPanel(
  panel: vscode.WebviewPanel,
  { context }: Pick<Shell, 'context'>,
  page: PageKind,
  heading: string,
): Wire {
  const { webview } = panel;
  panel.iconPath = vscode.Uri.joinPath(context.extensionUri, 'media', 'icon.png');
  const folder = vscode.Uri.joinPath(context.extensionUri, 'dist', 'webview');
  webview.options = { enableScripts: true, localResourceRoots: [folder] };
  const served = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
  webview.html = pageHtml({
    cspSource: webview.cspSource,
    nonce: randomBytes(16).toString('base64url'),
    script: served('main.js'),
    style: served('main.css'),
    language: vscode.env.language,
    page,
    heading,
  });
  return {
    post: (message) => void webview.postMessage(message),
    listen(receive) {
      const listening = webview.onDidReceiveMessage(receive);
      return () => listening.dispose();
    },
  };
}

/** Which page the script shows. */
export type PageKind = 'form' | 'set-up';

export interface PageParts {
  readonly page: PageKind;
  /** Where VS Code serves the extension's files to this page from. */
  readonly cspSource: string;
  /** Fresh for every page. */
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
  readonly language: string;
  /** Is read before the script has drawn the page, where the page has its heading too. */
  readonly heading: string;
}

/**
 * The hash is that of an empty style: the toolkit's base, FAST, inserts one to find out whether the browser knows
 * `:focus-visible` (fast-web-utilities, dom.js). It allows nothing else.
 */
const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

export function pageHtml({ cspSource, nonce, script, style, language, page, heading }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${markup`${cspSource}`.text} ${emptyStyle}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const beginning = {
    form: markup`<div class="page opening"><header><h1>${heading}</h1></header></div>`,
    'set-up': markup`<div class="set-up opening"><div class="columns"><nav class="stages"><h1>${heading}</h1></nav></div></div>`,
  }[page];
  return markup`<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${Markup.verbatim(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>${heading}</title>
<script nonce="${nonce}" src="${script}" defer></script>
</head>
<body>
<main id="page" data-page="${page}">${beginning}</main>
</body>
</html>
`.text;
}
