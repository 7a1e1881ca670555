import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { coreSentences } from './said.ts';

// Collects the strings of the extension for translators and makes a pseudo-locale of them, which is not committed: in a VS Code that was
// started with --locale qps-ploc it shows what is not translated and what is cut off. Not by @vscode/l10n-dev, which was tried: it does
// not know core's tag `say`, and brings a beta of a client for Azure's translator into the lock file.

const root = new URL('../', import.meta.url);

/** A call of `l10n.t` with a string literal. */
const call = /\bl10n\s*\.t\(\s*('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\$]|\\.)*`)(?=\s*[,)])/g;
const anyCall = /\bl10n\s*\.t\(/g;

export function stringsIn(source: string, file: string): string[] {
  const strings = [...source.matchAll(call)].map(([, literal = '']) => textOf(literal));
  if (strings.length !== [...source.matchAll(anyCall)].length)
    throw new Error(`${file}: l10n.t must be called with a plain string`);
  return strings;
}

function textOf(literal: string): string {
  const inner = literal.slice(1, -1).replace(/\\(['`])/g, '$1');
  return JSON.parse(
    literal.startsWith('"') ? literal : `"${inner.replace(/(?<!\\)"/g, '\\"').replace(/\n/g, '\\n')}"`,
  );
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
  const strings: string[] = [];
  const names = await readdir(new URL('src/', root), { recursive: true });
  for (const name of names.filter((file) => file.endsWith('.ts')).sort())
    strings.push(...stringsIn(await readFile(new URL(`src/${name}`, root), 'utf8'), name));
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
