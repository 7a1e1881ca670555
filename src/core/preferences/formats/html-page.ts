import { createHash } from 'node:crypto';
import { Markup, markup } from '../../words/escape.ts';

interface Page {
  readonly title: string;
  readonly language?: string;
  readonly style: string;
  readonly script?: string;
  readonly body: Markup;
}

/**
 * One self-contained page. It needs no network and may ask none: its policy allows this style and this script by their
 * hashes and nothing else. Well-formed as XML too.
 */
export function pageOf({ title, language = 'en', style, script, body }: Page): string {
  return markup`<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="${Markup.verbatim(policyOf(style, script))}" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="referrer" content="no-referrer" />
<title>${title}</title>
<style>${Markup.verbatim(style)}</style>
</head>
<body>
<main>
${body}
</main>
${script === undefined ? undefined : markup`<script>${Markup.verbatim(script)}</script>\n`}</body>
</html>
`.text;
}

function policyOf(style: string, script: string | undefined): string {
  return [
    "default-src 'none'",
    `script-src ${script === undefined ? "'none'" : `'${hashOf(script)}'`}`,
    `style-src '${hashOf(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** The look of the entry sheet: calm, light and dark, one sheet of paper. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #f4f6f9; --card: #ffffff; --line: #d5dce6; --ink: #16202e; --soft: #4b5a6d;
  --accent: #0b5cab; --field: #f0f3f8; --warn-ink: #6b3d00; --warn: #fff4dd; --warn-line: #e8c27a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12171f; --card: #1a212c; --line: #35404f; --ink: #e8edf4; --soft: #a9b6c6;
    --accent: #7db8f5; --field: #121923; --warn-ink: #f5d9a3; --warn: #33270f; --warn-line: #7a5c1f;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; padding: 2rem 1rem; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, "Segoe UI", sans-serif;
}
main { max-width: 54rem; margin: 0 auto; }
h1 { margin: 0; font-size: 1.5rem; line-height: 1.25; }
h2 { margin: 0 0 .25rem; font-size: 1.05rem; }
p { margin: .25rem 0; }
.soft { color: var(--soft); }
ol { margin: .75rem 0 1rem; padding-left: 1.4rem; color: var(--soft); }
.warn {
  margin: 1rem 0; padding: .5rem .85rem; border: 1px solid var(--warn-line); border-radius: 8px;
  background: var(--warn); color: var(--warn-ink);
}
section {
  margin: 1rem 0; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: 12px;
  background: var(--card);
}
dl { margin: .5rem 0 0; }
.row {
  display: grid; grid-template-columns: 15.5rem 1fr; gap: .25rem 1rem; align-items: center;
  padding: .3rem 0; border-top: 1px solid var(--line);
}
dt { color: var(--soft); }
dd { display: flex; gap: .5rem; align-items: center; margin: 0; }
code {
  flex: 1; min-width: 0; padding: .2rem .5rem; border-radius: 6px; background: var(--field);
  font: 13px/1.5 ui-monospace, "Cascadia Mono", Consolas, monospace;
  white-space: pre-wrap; overflow-wrap: anywhere;
}
[hidden] { display: none; }
button {
  min-width: 4.5rem; padding: .25rem .6rem; border: 1px solid var(--line); border-radius: 6px;
  background: var(--card); color: var(--accent); font: inherit; font-size: 13px; cursor: pointer;
}
button:hover { border-color: var(--accent); }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
@media (max-width: 40rem) {
  .row { grid-template-columns: 1fr; }
  dd { flex-wrap: wrap; }
  code { min-width: 10rem; }
}
@media (forced-colors: active) { code { border: 1px solid; } }
@media print {
  @page { margin: 14mm; }
  :root {
    color-scheme: light;
    --page: #fff; --card: #fff; --line: #bbb; --ink: #000; --soft: #333; --field: #fff; --warn: #fff;
    --warn-ink: #000; --warn-line: #000;
  }
  body { padding: 0; font-size: 10pt; line-height: 1.35; }
  section { margin: .5rem 0; padding: .5rem .75rem; break-inside: avoid; }
  .row { padding: .1rem 0; grid-template-columns: 15.5rem 1fr; }
  code { font-size: 9pt; padding: 0; }
  button { display: none; }
}
`;
