import type { Browser, Page } from 'playwright-core';
import { type PageKind, pageHtml } from '../../src/extension/shell/page.ts';
import type { FormHost } from './form-host.ts';
import { readTheme, type Theme, type ThemeName } from './theme.ts';

const origin = 'https://form.test';

export interface FormPageOptions {
  readonly host: Pick<FormHost, 'connect'>;
  /** Which page; the form unless told. */
  readonly page?: PageKind;
  readonly bundle: { readonly script: string; readonly style: string };
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: 'reduce' | 'no-preference';
}

export interface FormPage {
  readonly page: Page;
  /** Console errors, exceptions and violations of the content security policy. */
  readonly complaints: string[];
  /** What the page keeps by `setState`. */
  saved(): Promise<unknown>;
}

/** The page as the extension serves it, in Chromium, tied to a host in this process. */
export async function openFormPage(browser: Browser, options: FormPageOptions): Promise<FormPage> {
  const { host, bundle, theme = 'dark', width = 1280, height = 1100, reducedMotion } = options;
  const page = await browser.newPage({
    viewport: { width, height },
    ...(reducedMotion && { reducedMotion }),
  });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await serveFiles(page, bundle, options.page ?? 'form');
  await page.exposeFunction('tellTest', (text: string) => complaints.push(text));
  await connectHost(page, host);
  await page.addInitScript(standInForVscode, readTheme(theme));
  await page.goto(`${origin}/`);
  await page.locator('#page > :not(.opening)').waitFor();
  const saved = (): Promise<unknown> =>
    page.evaluate(() => JSON.parse(sessionStorage.getItem('saved') ?? 'null'));
  return { page, complaints, saved };
}

async function serveFiles(
  page: Page,
  { script, style }: FormPageOptions['bundle'],
  kind: PageKind,
): Promise<void> {
  const html = pageHtml({
    page: kind,
    nonce: 'bm9uY2U',
    script: `${origin}/main.js`,
    style,
    language: 'en',
    heading: 'Verification email',
  });
  const files: Readonly<Record<string, { contentType: string; body: string }>> = {
    '/': { contentType: 'text/html', body: html },
    '/main.js': { contentType: 'text/javascript', body: script },
    '/favicon.ico': { contentType: 'image/png', body: '' },
  };
  await page.route('**', (route) => {
    const file = files[new URL(route.request().url()).pathname];
    return file ? route.fulfill(file) : route.abort();
  });
}

async function connectHost(page: Page, host: FormPageOptions['host']): Promise<void> {
  let receive: (message: unknown) => void = () => undefined;
  host.connect({
    post: (message) => void page.evaluate((data) => window.postMessage(data), message).catch(() => undefined),
    listen(listener) {
      receive = listener;
      return () => undefined;
    },
  });
  await page.exposeFunction('postToHost', (text: string) => receive(JSON.parse(text)));
}

/** Runs in the page before its own script: what VS Code does to a webview. */
function standInForVscode({ variables, className, kind }: Theme): void {
  const post = (text: string): void => void Reflect.get(window, 'postToHost')(text);
  // VS Code's frame around a page stays while that is loaded anew. Here is none: what a page says as it goes, the next one passes on.
  const lastWord = sessionStorage.getItem('lastWord');
  sessionStorage.removeItem('lastWord');
  if (lastWord !== null) post(lastWord);
  let goes = false;
  window.addEventListener('pagehide', () => {
    goes = true;
  });
  const api = {
    postMessage(message: unknown) {
      const text = JSON.stringify(message);
      if (goes) sessionStorage.setItem('lastWord', text);
      else post(text);
    },
    getState: () => JSON.parse(sessionStorage.getItem('saved') ?? 'null') ?? undefined,
    setState: (state: unknown) => sessionStorage.setItem('saved', JSON.stringify(state)),
  };
  Object.assign(window, { acquireVsCodeApi: () => api });
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, sourceFile }) =>
    Reflect.get(window, 'tellTest')(`${violatedDirective} in ${sourceFile}`),
  );
  // VS Code's own style sheet for pages, as far as it matters to a form.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    '@layer vscode-default { body { padding: 0 20px; font-family: var(--vscode-font-family); } input:focus, select:focus, textarea:focus { outline: 1px solid -webkit-focus-ring-color; outline-offset: -1px; } }',
  );
  document.addEventListener('DOMContentLoaded', () => {
    document.adoptedStyleSheets.unshift(sheet);
    for (const [name, value] of Object.entries(variables)) {
      document.documentElement.style.setProperty(name, value);
    }
    document.body.className = className;
    document.body.dataset.vscodeThemeKind = kind;
  });
}
