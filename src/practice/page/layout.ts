import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

export type PageMarkup = HtmlEscapedString | Promise<HtmlEscapedString>;

export interface PageContent {
  readonly title: string;
  readonly body: PageMarkup;
  /** Origins a form of the page may lead to, besides the page's own: browsers check redirects after a post too. */
  readonly formTargets?: readonly string[];
  /** The one script of the page; it may ask the page's own origin. */
  readonly script?: string;
  /** Uses the whole width. */
  readonly wide?: boolean;
}

/** Sends the page's first form at once, as Entra does with response_mode=form_post. */
export const submitScript = 'document.forms[0].submit()';

const hashOf = (script: string): string => createHash('sha256').update(script).digest('base64');

/** Answers with a page that runs nothing of others and loads nothing from elsewhere, and is marked as practice. */
export function showPage(
  c: Context,
  content: PageContent,
  status: 200 | 400 | 401 | 403 | 413 = 200,
): Response | Promise<Response> {
  const script =
    content.script === undefined ? '' : ` script-src 'sha256-${hashOf(content.script)}'; connect-src 'self';`;
  const targets = ["'self'", ...(content.formTargets ?? [])].join(' ');
  c.header(
    'Content-Security-Policy',
    `default-src 'none'; style-src 'self';${script} form-action ${targets}; base-uri 'none'; frame-ancestors 'none'`,
  );
  c.header('Cache-Control', 'no-store');
  c.header('X-Content-Type-Options', 'nosniff');
  // With 'no-referrer' browsers send the page's own forms with `Origin: null` (fetch.spec.whatwg.org, "append a request Origin header").
  c.header('Referrer-Policy', 'same-origin');
  return c.html(document(content), status);
}

function document(content: PageContent): PageMarkup {
  const script = content.script === undefined ? '' : html`<script>${raw(content.script)}</script>`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${content.title} - Practice tenant</title>
<link rel="stylesheet" href="/practice.css">
</head>
<body>
<header><strong>Practice tenant</strong> <span>A rehearsal on this computer. Nothing here reaches Microsoft.</span>
<span class="over" role="status">The practice tenant is not running. This page shows how it was.</span></header>
<main class="${content.wide ? 'wide' : 'narrow'}">
<h1>${content.title}</h1>
${content.body}
</main>
${script}
</body>
</html>`;
}
