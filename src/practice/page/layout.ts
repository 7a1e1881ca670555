import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

export type PageMarkup = HtmlEscapedString | Promise<HtmlEscapedString>;

interface PageContent {
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

/**
 * Keeps the page as the tenant is now: asks for it once a second while it is seen, and puts the new content in. What is folded or
 * open stays so, and so does the focus. It is text of ours alone, named in the page's policy by its hash.
 */
export const liveScript = `(() => {
  const main = document.querySelector('main');
  let shown = main.innerHTML;
  const put = (next) => {
    for (const box of next.querySelectorAll('details[id]')) {
      const old = document.getElementById(box.id);
      if (old) box.open = old.open;
    }
    const focused = document.activeElement?.closest('details[id], a[href]');
    const key = focused && (focused.id ? '#' + CSS.escape(focused.id) + ' > summary' : 'a[href="' + CSS.escape(focused.getAttribute('href')) + '"]');
    main.replaceChildren(...next.childNodes);
    if (key) main.querySelector(key)?.focus();
  };
  const look = async () => {
    if (document.hidden || getSelection()?.type === 'Range') return;
    const answer = await fetch('/').catch(() => undefined);
    document.body.classList.toggle('ended', !answer?.ok);
    if (!answer?.ok) return;
    const next = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
    if (!next || next.innerHTML === shown) return;
    shown = next.innerHTML;
    put(next);
  };
  setInterval(look, 1000);
})();`;

/** One style sheet for the root page and the login pages. */
export function styleRoute(): Hono {
  return new Hono().get('/practice.css', (c) => {
    c.header('Cache-Control', 'no-store');
    return c.body(css, 200, { 'Content-Type': 'text/css; charset=utf-8' });
  });
}

const css = `:root {
  color-scheme: light dark;
  --paper: #fbfaf8; --card: #ffffff; --ink: #1d232b; --quiet: #5c6672; --line: #dfe2e6;
  --accent: #0b5cad; --on-accent: #ffffff; --banner: #fff1c9; --on-banner: #4d3b00; --bad: #a4262c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14181d; --card: #1c2229; --ink: #e7eaee; --quiet: #a3adb8; --line: #343c46;
    --accent: #78b6f2; --on-accent: #0b1722; --banner: #443800; --on-banner: #ffe9a6; --bad: #ff9a9a;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", sans-serif; }
header { padding: .5rem 1.25rem; background: var(--banner); color: var(--on-banner); }
header strong { margin-right: .75rem; }
main { margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
main.narrow { max-width: 36rem; }
main.wide { max-width: 72rem; }
h1 { margin: .5rem 0 1rem; font-size: 1.6rem; line-height: 1.25; }
h2 { margin: 2.25rem 0 .6rem; font-size: 1.15rem; }
p { margin: .5rem 0; max-width: 46rem; }
a { color: var(--accent); }
.quiet { color: var(--quiet); }
.bad { color: var(--bad); font-weight: 600; }
code, pre { font: .9em/1.45 ui-monospace, "Cascadia Mono", Consolas, monospace; overflow-wrap: anywhere; }
pre { margin: .5rem 0; padding: .75rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; white-space: pre-wrap; }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .45rem .75rem; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
td code { overflow-wrap: break-word; }
thead th { border-top: 0; color: var(--quiet); font-size: .85rem; font-weight: 600; }
details { margin: .4rem 0; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
details > *:not(summary) { margin-left: 1rem; margin-right: 1rem; }
details.fold > div { padding-bottom: .75rem; }
details.fold h2:first-child { margin-top: .5rem; }
header .over { display: none; font-weight: 600; }
.ended header .over { display: inline; }
summary { padding: .55rem 1rem; cursor: pointer; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: .5rem 0; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
fieldset { display: grid; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); margin: 1rem 0; padding: .5rem 0; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
legend { margin-left: .75rem; padding: 0 .35rem; color: var(--quiet); }
label.person { display: grid; grid-template-columns: auto 1fr; gap: 0 .75rem; align-content: start; padding: .5rem 1rem; overflow-wrap: anywhere; cursor: pointer; }
label.person span { grid-column: 2; }
label.person:hover, label.person:focus-within { background: color-mix(in srgb, var(--accent) 10%, transparent); }
input[type=text] { width: 100%; padding: .6rem .75rem; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--quiet); border-radius: 6px; }
textarea { width: 100%; padding: .6rem .75rem; font: .9em/1.45 ui-monospace, "Cascadia Mono", Consolas, monospace; color: inherit; background: var(--card); border: 1px solid var(--quiet); border-radius: 6px; }
input.code { font: 1.3rem ui-monospace, Consolas, monospace; letter-spacing: .15em; text-transform: uppercase; }
.actions { display: flex; gap: .75rem; margin-top: 1rem; }
button { padding: .55rem 1.25rem; font: inherit; border: 1px solid var(--accent); border-radius: 6px; background: transparent; color: var(--accent); cursor: pointer; }
button.main { background: var(--accent); color: var(--on-accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;
