import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Wire } from '../../contract/channel.ts';
import { Markup, markup } from '../../core/words/escape.ts';
import type { Shell } from './shell.ts';

type Extension = Pick<Shell, 'context'>;

/** What a page may do. A panel that VS Code restored has those of the version that made it, and is given these again. */
export function pageOptions(shell: Extension): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [pageFolder(shell)] };
}

const pageFolder = ({ context }: Extension): vscode.Uri =>
  vscode.Uri.joinPath(context.extensionUri, 'dist', 'webview');

/** A page in its panel. What it says before the code behind it listens is kept. */
interface FilledPage extends Wire {
  /** Until the page has said something. */
  readonly spoke: Promise<void>;
}

/** Puts a page of ours into a panel, before the code behind it is loaded. `heading`: what the page begins with. */
export function fillPanel(
  panel: vscode.WebviewPanel,
  shell: Extension,
  page: PageKind,
  heading: string,
): FilledPage {
  const { webview } = panel;
  const early: unknown[] = [];
  const first = Promise.withResolvers<void>();
  let receive = (message: unknown): void => {
    early.push(message);
    first.resolve();
  };
  const listening = webview.onDidReceiveMessage((message) => receive(message));
  const folder = pageFolder(shell);
  webview.html = pageHtml({
    nonce: randomBytes(16).toString('base64url'),
    script: webview.asWebviewUri(vscode.Uri.joinPath(folder, 'main.js')).toString(),
    style: readFileSync(vscode.Uri.joinPath(folder, 'main.css').fsPath, 'utf8'),
    language: vscode.env.language,
    page,
    heading,
  });
  panel.iconPath = vscode.Uri.joinPath(shell.context.extensionUri, 'media', 'icon.png');
  return {
    spoke: first.promise,
    post: (message) => void webview.postMessage(message),
    listen(next) {
      receive = next;
      for (const message of early.splice(0)) next(message);
      return () => listening.dispose();
    },
  };
}

/** A page that is hidden at once says nothing until it is shown. */
const silenceMs = 250;

/**
 * The code behind a page that was just filled, once the page is there. Until then VS Code, which puts it up, has the processor to itself;
 * and a remote one sends nothing while code is loaded, for it writes what it has compressed when its event loop turns again
 * (`WebSocketNodeSocket` in microsoft/vscode, ipc.net.ts).
 */
export async function codeBehind({ spoke }: FilledPage) {
  await Promise.race([spoke, new Promise((resolve) => setTimeout(resolve, silenceMs))]);
  return await import('../commands/table.ts');
}

/** Which page the script shows. */
export type PageKind = 'form' | 'set-up';

export interface PageParts {
  readonly page: PageKind;
  /** Fresh for every page. */
  readonly nonce: string;
  /** Where it is served from. */
  readonly script: string;
  /** Ours, as it was built: in the page itself, for the first paint waits for a style sheet that is fetched. */
  readonly style: string;
  readonly language: string;
  /** Is read before the script has drawn the page, where the page has its heading too. */
  readonly heading: string;
}

/**
 * VS Code shows a page at its load event, and that waits for every script which stands in the page (`hookupOnLoadHandlers` in
 * microsoft/vscode, webview/browser/pre/index.html). Ours is put in once the heading is painted, which the running of it would hold up.
 */
const loader =
  "const {currentScript: own} = document; new PerformanceObserver((_, paints) => {paints.disconnect(); document.head.append(Object.assign(document.createElement('script'), {nonce: own.nonce, src: own.dataset.src}))}).observe({type: 'paint', buffered: true})";

/**
 * The hash is that of an empty style: the toolkit's base, FAST, inserts one to find out whether the browser knows
 * `:focus-visible` (fast-web-utilities, dom.js). It allows nothing else.
 */
const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

export function pageHtml({ nonce, script, style, language, page, heading }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}' ${emptyStyle}`,
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
<title>${heading}</title>
<script nonce="${nonce}" data-src="${script}">${Markup.verbatim(loader)}</script>
<style nonce="${nonce}">${Markup.verbatim(style)}</style>
</head>
<body>
<main id="page" data-page="${page}">${beginning}</main>
</body>
</html>
`.text;
}
