import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import treeSitter from '@vscode/tree-sitter-wasm';

const folder = dirname(createRequire(import.meta.url).resolve('@vscode/tree-sitter-wasm'));

/** The grammars with which VS Code itself understands a text. */
export async function parserOf(language: 'bash' | 'powershell' | 'typescript'): Promise<treeSitter.Parser> {
  await treeSitter.Parser.init({ locateFile: (name: string) => join(folder, name) });
  const parser = new treeSitter.Parser();
  parser.setLanguage(await treeSitter.Language.load(join(folder, `tree-sitter-${language}.wasm`)));
  return parser;
}
