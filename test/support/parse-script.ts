import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import treeSitter from '@vscode/tree-sitter-wasm';

/** The grammars that VS Code itself understands scripts with. */
export type ScriptLanguage = 'powershell' | 'bash';

const folder = dirname(createRequire(import.meta.url).resolve('@vscode/tree-sitter-wasm'));

export interface ParsedScript {
  /** Where the text is no script of this language; empty for a good one. */
  readonly faults: readonly string[];
  /** The texts of all nodes of a kind. */
  texts(kind: string): string[];
}

export async function parseScript(language: ScriptLanguage, text: string): Promise<ParsedScript> {
  const { Parser, Language } = treeSitter;
  await Parser.init({ locateFile: (name: string) => join(folder, name) });
  const parser = new Parser();
  parser.setLanguage(await Language.load(join(folder, `tree-sitter-${language}.wasm`)));
  const root = parser.parse(text)?.rootNode;
  if (!root) throw new Error('The parser gave nothing.');
  const nodesOf = (kind: string) => root.descendantsOfType(kind).filter((node) => node !== null);
  const errors = nodesOf('ERROR').map(
    ({ startPosition, text: at }) => `line ${startPosition.row + 1}: ${at}`,
  );
  return {
    faults: root.hasError && errors.length === 0 ? ['something is missing'] : errors,
    texts: (kind) => nodesOf(kind).map((node) => node.text),
  };
}
