import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './source-imports.ts';

export interface Document {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

const atRoot = [
  'README.md',
  'MARKETPLACE.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'SUPPORT.md',
  'CHANGELOG.md',
];

const read = (path: string): Document => ({ path, text: readFileSync(join(root, path), 'utf8') });

function pagesIn(folder: string): string[] {
  const names = readdirSync(join(root, folder)).filter((name) => name.endsWith('.md'));
  return names.map((name) => `${folder}/${name}`);
}

/** What people read. */
export const documents: readonly Document[] = [...atRoot, ...pagesIn('docs')].map(read);

/** One for each code, generated. */
export const errorPages: readonly Document[] = pagesIn('docs/errors').map(read);

/** What is measured, and what is asked of contributors. */
export const reports = ['RELIABILITY.md', 'BENCHMARKS.md', '.github/pull_request_template.md'].map(read);

export function documentNamed(path: string): string {
  const found = documents.find((each) => each.path === path);
  if (!found) throw new Error(`There is no ${path}.`);
  return found.text;
}

/** Languages of what is typed into a terminal. */
const shells = ['sh', 'bash', 'console', 'powershell'];

/** The lines of its blocks of code in these languages, in a list too. */
function blocksIn({ text }: Document, languages: readonly string[]): string[][] {
  const blocks = [...text.matchAll(/^( *)```(\w*)\n([\s\S]*?)^\1```$/gm)];
  return blocks
    .filter(([, , language = '']) => languages.includes(language))
    .map(([, indent = '', , block = '']) =>
      block
        .trimEnd()
        .split('\n')
        .map((line) => line.slice(indent.length)),
    );
}

/** What is printed for a shell, block by block. */
export const shellBlocksIn = (document: Document): string[][] => blocksIn(document, shells);

/** The lines of its blocks of commands, those without a language too: each with or without words on what it does. */
export const commandsIn = (document: Document): string[] =>
  blocksIn(document, ['', ...shells])
    .flat()
    .map((line) => line.split(/ {4,}(?=\w+ \w)/)[0] ?? '');

/** Where its links lead: those with words, pictures too, and bare addresses in angle brackets. */
export const linksIn = ({ text }: Document): string[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)|<(\w+:[^>\s]+)>/g)].map(([, link, bare]) => link ?? bare ?? '');

/** What stands between single backticks. */
export const codeIn = ({ text }: Document): string[] =>
  [...text.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
