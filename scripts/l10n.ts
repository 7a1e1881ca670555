import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import type treeSitter from '@vscode/tree-sitter-wasm';
import { parserOf } from './grammar.ts';
import { coreSentences, patternOf } from './said.ts';

// Collects the strings of the extension for translators and makes a pseudo-locale of them, which is not committed: in a VS Code that was
// started with --locale qps-ploc it shows what is not translated and what is cut off. Not by @vscode/l10n-dev, tried as 0.0.35 on 2026-11-28: it
// finds the same 720 strings, but passes over one that is put together without a word, so the walk over all calls would stay. It brings 85
// packages, among them TypeScript 4.9 and a client for Azure's translator, and changes in a pseudo-locale what is code.

const root = new URL('../', import.meta.url);

/** What `l10n.t` is called with. VS Code looks for a translation of the whole text, so one that is put together is refused. */
export function stringsIn(parser: treeSitter.Parser, source: string, file: string): string[] {
  const calls = parser.parse(source)?.rootNode.descendantsOfType('call_expression') ?? [];
  return calls.flatMap((call) => {
    if (!/\bl10n\s*\.t$/.test(call?.childForFieldName('function')?.text ?? '')) return [];
    const [first] = call?.childForFieldName('arguments')?.namedChildren ?? [];
    const isPlain =
      /string$/.test(first?.type ?? '') && first?.descendantsOfType('template_substitution').length === 0;
    if (!first || !isPlain) throw new Error(`${file}: l10n.t must be called with a plain string`);
    return [patternOf(first)];
  });
}

const accents: Readonly<Record<string, string>> = {
  a: 'á',
  e: 'é',
  i: 'í',
  o: 'ó',
  u: 'ú',
  A: 'Á',
  E: 'É',
  I: 'Í',
  O: 'Ó',
  U: 'Ú',
};
/** Not for translators: placeholders, links to commands, code, icons. */
const kept = /\{\d+\}|\]\([^)]*\)|`[^`]*`|\$\([^)]*\)/g;

/** `Sign Out` becomes `[Sígn Óút~~~]`: a third longer, as German is. */
export function pseudo(text: string): string {
  const accented = (part: string): string => part.replace(/[aeiou]/gi, (letter) => accents[letter] ?? letter);
  const keeps = [...text.matchAll(kept)].map(([keep]) => keep);
  const parts = text.split(kept).map(accented);
  const whole = parts.map((part, index) => part + (keeps[index] ?? '')).join('');
  // In a text with lines the brackets would make a line with a link alone more than that, and so no button.
  return whole.includes('\n') ? whole : `[${whole}${'~'.repeat(Math.ceil(text.length / 3))}]`;
}

export type Texts = Readonly<Record<string, string>>;

/** All files that are made here, by their path. */
export async function l10nFiles(): Promise<Record<string, string>> {
  const parser = await parserOf('typescript');
  const strings: string[] = [];
  const names = await readdir(new URL('src/', root), { recursive: true });
  for (const name of names.filter((file) => file.endsWith('.ts')).sort())
    strings.push(...stringsIn(parser, await readFile(new URL(`src/${name}`, root), 'utf8'), name));
  const sorted = [...new Set(strings)].sort((one, other) => (one < other ? -1 : 1));
  const bundle = Object.fromEntries(sorted.map((text) => [text, text]));
  // VS Code's key for a message with a comment: the same words of our own face may want another translation.
  for (const text of await coreSentences()) bundle[`${text}/core`] = text;
  const manifest: Texts = JSON.parse(await readFile(new URL('package.nls.json', root), 'utf8'));
  return {
    'l10n/bundle.l10n.json': json(bundle),
    'l10n/bundle.l10n.qps-ploc.json': json(pseudoOf(bundle)),
    'package.nls.qps-ploc.json': json(pseudoOf(manifest)),
  };
}

function pseudoOf(texts: Texts): Texts {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, pseudo(text)]));
}

function json(texts: Texts): string {
  return `${JSON.stringify(texts, undefined, 2)}\n`;
}

if (import.meta.main) {
  await mkdir(new URL('l10n/', root), { recursive: true });
  for (const [path, text] of Object.entries(await l10nFiles())) await writeFile(new URL(path, root), text);
}
