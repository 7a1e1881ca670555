import { pageOf, style as sheetStyle } from '../preferences/formats/html-page.ts';
import { Markup, markup } from '../words/escape.ts';
import type { Words } from '../words/say.ts';
import type { Paper, PaperBlock, Section } from './paper.ts';

/** One page in the entry sheet's look, without a script. */
export function asHtml({ title, subtitle, notes, sections }: Paper, language: string): string {
  return pageOf({
    title: `${title}: ${String(subtitle)}`,
    language,
    style: sheetStyle + style,
    body: markup`<h1>${title}</h1>
<p class="soft">${lineOf(subtitle)}</p>
${Markup.lines(notes.map(({ tone, line }) => markup`<p class="${tone}">${lineOf(line)}</p>`))}
${Markup.lines(sections.map(sectionOf))}`,
  });
}

/** What a report has and the entry sheet has not: values inside sentences, and lists. */
const style = `
:root { --good: #e4f3e8; --good-ink: #12401f; --good-line: #9cc9a8; }
@media (prefers-color-scheme: dark) {
  :root { --good: #14301d; --good-ink: #bfe8ca; --good-line: #2f6b41; }
}
.good {
  margin: 1rem 0; padding: .5rem .85rem; border: 1px solid var(--good-line); border-radius: 8px;
  background: var(--good); color: var(--good-ink);
}
p code, li code { display: inline; padding: .05rem .3rem; }
section p { margin: .6rem 0 .25rem; }
section ol, section ul { margin: .5rem 0 0; padding-left: 1.4rem; color: inherit; }
section li { margin: .3rem 0; }
section .box { padding-left: 0; list-style: "\\2610  " inside; }
dd { display: block; }
dd code { display: inline; }
@page { @bottom-right { content: counter(page) " / " counter(pages); font: 9pt system-ui, sans-serif; color: #555; } }
@media print {
  :root { --good: #fff; --good-ink: #000; --good-line: #000; }
  /* A box that goes on on the next sheet is closed on this one. */
  section { break-inside: auto; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
  .row { break-inside: avoid; }
  section li { margin: .1rem 0; break-inside: avoid; }
  h2 { break-after: avoid; }
}
`;

function sectionOf({ title, blocks }: Section, index: number): Markup {
  const id = `part-${index + 1}`;
  return markup`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
${Markup.lines(blocks.map(blockOf))}
</section>`;
}

function blockOf(block: PaperBlock): Markup {
  switch (block.kind) {
    case 'text':
      return markup`<p>${lineOf(block.line)}</p>`;
    case 'facts':
      return markup`<dl>\n${Markup.lines(block.rows.map(([label, value]) => row(label, value)))}\n</dl>`;
    case 'list': {
      const items = Markup.lines(block.lines.map((line) => markup`<li>${lineOf(line)}</li>`));
      if (block.mark === 'number') return markup`<ol>\n${items}\n</ol>`;
      return markup`<ul${block.mark === 'box' ? markup` class="box"` : undefined}>\n${items}\n</ul>`;
    }
    default:
      return block satisfies never;
  }
}

function row(label: string, value: Words): Markup {
  return markup`<div class="row"><dt>${label}</dt><dd>${lineOf(value)}</dd></div>`;
}

function lineOf(line: Words): Markup {
  return markup`${line.parts.map((part) =>
    typeof part === 'string' ? markup`${part}` : markup`<code translate="no">${part.value}</code>`,
  )}`;
}
