import type { Block, Line, Paper, Section } from './paper.ts';

const marks = {
  point: () => '-',
  number: (index: number) => `${index + 1}.`,
  box: () => '- [ ]',
} as const;

/** CommonMark with task lists. Values stand in code spans, where nothing is markup or a link. */
export function asMarkdown({ title, subtitle, notes, sections }: Paper): string {
  return [
    `# ${title}`,
    lineOf(subtitle),
    ...notes.map(({ line }) => `> ${lineOf(line)}`),
    ...sections.map(sectionOf),
  ]
    .join('\n\n')
    .concat('\n');
}

function sectionOf({ title, blocks }: Section): string {
  return [`## ${title}`, ...blocks.map(blockOf)].join('\n\n');
}

function blockOf(block: Block): string {
  switch (block.kind) {
    case 'text':
      return lineOf(block.line);
    case 'facts':
      return block.rows.map(([label, value]) => `- ${label}: ${lineOf(value)}`).join('\n');
    case 'list':
      return block.lines.map((line, index) => `${marks[block.mark](index)} ${lineOf(line)}`).join('\n');
    default:
      return block satisfies never;
  }
}

function lineOf(line: Line): string {
  return line.map((part) => (typeof part === 'string' ? part : codeSpan(part.value))).join('');
}

/** Fenced by more backticks than stand together in it; the blanks beside them are not part of it (spec.commonmark.org, code spans). */
function codeSpan(value: string): string {
  const longest = Math.max(0, ...(value.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const pad = /^`|`$|^ .* $/.test(value) ? ' ' : '';
  return `${fence}${pad}${value}${pad}${fence}`;
}
