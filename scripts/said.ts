import { readdirSync, readFileSync } from 'node:fs';
import type treeSitter from '@vscode/tree-sitter-wasm';
import { parserOf } from './grammar.ts';

// What core says is made by the tag `say`, as what VS Code's face says is a call of `l10n.t`.

const core = new URL('../src/core/', import.meta.url);
/** Papers of the hand-over are in English, whatever language VS Code has. */
const notShown = /^hand-over\/(?:sections\/|texts\.ts|report\.ts|reminders\.ts)/;

type Node = treeSitter.Node;

/** The patterns of all sentences of core: `No answer from {0} ({1}).` */
export async function coreSentences(): Promise<string[]> {
  const parser = await parserOf('typescript');
  const files = readdirSync(core, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !notShown.test(path),
  );
  const texts = files.flatMap((path) => sentencesIn(parser, readFileSync(new URL(path, core), 'utf8')));
  return [...new Set(texts)].sort();
}

function sentencesIn(parser: treeSitter.Parser, source: string): string[] {
  const templates = parser.parse(source)?.rootNode.descendantsOfType('template_string') ?? [];
  return templates.flatMap((node) => {
    if (node?.parent?.childForFieldName('function')?.text !== 'say') return [];
    const pattern = patternOf(node);
    // A value alone is nothing to translate.
    return /\p{L}/u.test(pattern.replace(/\{\d+\}/g, '')) ? [pattern] : [];
  });
}

/** The text of a string. Values become `{0}`, `{1}`, in the order in which they stand. */
export function patternOf(template: Node): string {
  let values = 0;
  let pattern = '';
  let end = template.startIndex + 1;
  for (const part of template.namedChildren) {
    if (!part) continue;
    pattern += template.text.slice(end - template.startIndex, part.startIndex - template.startIndex);
    pattern += part.type === 'template_substitution' ? `{${values++}}` : unescaped(part);
    end = part.endIndex;
  }
  return pattern + template.text.slice(end - template.startIndex, -1);
}

function unescaped({ type, text }: Node): string {
  if (type !== 'escape_sequence') return text;
  return /^\\[bfnrtu]/.test(text) ? JSON.parse(`"${text}"`) : text.slice(1);
}
