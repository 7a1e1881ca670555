import { createHash } from 'node:crypto';
import { Markup, markup } from '../../words/escape.ts';

export interface Page {
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
