import { parserOf } from '../../scripts/grammar.ts';

export type ScriptLanguage = 'powershell' | 'bash';

export interface ParsedScript {
  /** Where the text is no script of this language; empty for a good one. */
  readonly faults: readonly string[];
  /** The texts of all nodes of a kind. */
  texts(kind: string): string[];
}

export async function parseScript(language: ScriptLanguage, text: string): Promise<ParsedScript> {
  const root = (await parserOf(language)).parse(text)?.rootNode;
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
