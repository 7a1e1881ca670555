import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import treeSitter from '@vscode/tree-sitter-wasm';

// Core speaks English and knows no translator. Its sentences are found by how they read, so that VS Code's face can look
// each of them up in another language.

const core = new URL('../src/core/', import.meta.url);
/** Papers of the hand-over, and scripts for other programs: files are in English, whatever language VS Code has. */
const notShown = /^hand-over\//;

type Node = treeSitter.Node;

/** The patterns of all sentences, and of headings and phrases that stand for steps: `No answer from {0} ({1}).` */
export async function coreSentences(): Promise<string[]> {
  const parser = await typescriptParser();
  const files = readdirSync(core, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  );
  const texts = files
    .filter((path) => !notShown.test(path))
    .flatMap((path) => sentencesIn(parser, readFileSync(new URL(path, core), 'utf8')));
  return [...new Set(texts)].sort();
}

async function typescriptParser(): Promise<treeSitter.Parser> {
  const folder = dirname(createRequire(import.meta.url).resolve('@vscode/tree-sitter-wasm'));
  await treeSitter.Parser.init({ locateFile: () => join(folder, 'tree-sitter.wasm') });
  const parser = new treeSitter.Parser();
  parser.setLanguage(await treeSitter.Language.load(join(folder, 'tree-sitter-typescript.wasm')));
  return parser;
}

function sentencesIn(parser: treeSitter.Parser, source: string): string[] {
  const literals = parser.parse(source)?.rootNode.descendantsOfType(['string', 'template_string']) ?? [];
  return literals.flatMap((node) => {
    const text = node ? patternOf(node) : '';
    return isSentence(text) || (node && (isSaid(node) || isDoing(node) || isWho(node))) ? [text] : [];
  });
}

/** What the tag says. */
function isSaid({ parent }: Node): boolean {
  return parent?.childForFieldName('function')?.text === 'say';
}

/** What a failure names as being done stands inside of sentences: `look at the tenant`. */
function isDoing({ text, parent }: Node): boolean {
  const name = parent?.childForFieldName(parent.type === 'pair' ? 'key' : 'name')?.text;
  return name === 'doing' && text.includes(' ');
}

/** Values become `{0}`, `{1}`, in the order in which they stand. */
function patternOf(literal: Node): string {
  let values = 0;
  let pattern = '';
  let end = literal.startIndex + 1;
  for (const part of literal.namedChildren) {
    if (!part) continue;
    pattern += literal.text.slice(end - literal.startIndex, part.startIndex - literal.startIndex);
    pattern += part.type === 'template_substitution' ? `{${values++}}` : unescaped(part);
    end = part.endIndex;
  }
  return pattern + literal.text.slice(end - literal.startIndex, -1);
}

function unescaped({ type, text }: Node): string {
  if (type !== 'escape_sequence') return text;
  return text === '\\n' ? '\n' : text.slice(1);
}

/** Whose move it is: the words of the type `Who`. */
function isWho({ parent }: Node): boolean {
  let node = parent?.type === 'literal_type' ? parent : null;
  while (node && node.type !== 'type_alias_declaration') node = node.parent;
  return node?.childForFieldName('name')?.text === 'Who';
}

/**
 * Begins with a capital, a value or a quoted name, and ends as sentences do, or is a heading of several words. What has
 * hardly a word beside its values could be anything.
 */
function isSentence(text: string): boolean {
  const words = text.replace(/\{\d+\}/g, '').match(/\p{L}{2,}/gu) ?? [];
  // What a sentence says is expected, found or to be done by somebody.
  if (/^(?:an?|the|one|no|each|text|at (?:least|most)) .*\p{L}/u.test(text)) return true;
  const isWhole = /^["(]?(?:\p{Lu}|\{\d+\}).*\s.*[.!?)]$/u.test(text);
  return words.length > 1 && (isWhole || /^\p{Lu}\p{Ll}+(?: [\p{L}&]+)+$/u.test(text));
}
