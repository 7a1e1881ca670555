import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { getL10nJson } from '@vscode/l10n-dev';
import { scenarios } from '../src/practice/scenarios.ts';
import { coreSentences } from './said.ts';

// Collects the strings of the extension for translators and makes a pseudo-locale of them, which is not committed: in a VS Code that was
// started with --locale qps-ploc it shows what is not translated and what is cut off. The one of @vscode/l10n-dev has no brackets at the
// ends of a text, and these show what is cut off.

const root = new URL('../', import.meta.url);
const folder = new URL('src/extension/', root);

/** What `l10n.t` is called with. A text that is put together is passed over without a word: a test looks for those. */
async function extensionStrings(): Promise<string[]> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, folder), 'utf8')));
  // As one: it loads its grammar again for each.
  const contents = texts.filter((text) => text.includes('l10n')).join('\n');
  return Object.keys(await getL10nJson([{ extension: '.ts', contents }]));
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
  const conditions = Object.values(scenarios).map(({ description }) => description);
  const sorted = [...(await extensionStrings()), ...conditions].sort();
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
