import { Markup, markup } from '../../core/words/escape.ts';

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
  readonly title: string;
}

/**
 * The hash is that of an empty style: the toolkit's base, FAST, inserts one to find out whether the browser knows
 * `:focus-visible` (fast-web-utilities, dom.js). It allows nothing else.
 */
const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

export function pageHtml({ cspSource, nonce, script, style, language, page, title }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${markup`${cspSource}`.text} ${emptyStyle}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return markup`<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${Markup.verbatim(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>${title}</title>
</head>
<body>
<main id="page" data-page="${page}"></main>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>
`.text;
}
