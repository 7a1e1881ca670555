import { glob, readFile } from 'node:fs/promises';
import { fieldWords, Repeat, repeat } from '../src/core/words/faces.ts';
import { ownAdvice } from '../src/core/words/own.ts';
import { parserOf } from './grammar.ts';
import { patternOf } from './said.ts';

/** The codes of failures that have no row in a table, each with the sentences that are said with it; a value is `…`. */
export async function otherCodes(): Promise<[code: string, says: string[]][]> {
  const parser = await parserOf('typescript');
  const places = new Map<string, Node[]>();
  for await (const path of glob('src/{core,cli,extension,contract}/**/*.ts')) {
    const strings =
      parser.parse(inWords(await readFile(path, 'utf8')))?.rootNode.descendantsOfType('string') ?? [];
    for (const string of strings) {
      const code = string?.text.slice(1, -1) ?? '';
      if (isOther(code)) places.set(code, [...(places.get(code) ?? []), string]);
    }
  }
  return [...places].sort().map(([code, strings]) => [code, [...new Set(saidWith(strings))]]);
}

/** What a terminal says, and the names of the file, stand in a sentence as values and are words all the same. */
const inWords = (source: string): string =>
  source
    .replaceAll(/\$\{inTerminal`([^`$]*)`(?:\s*\.or\(\s*say`[^`]*`,?\s*\))?,?\s*\}/g, '$1')
    .replaceAll(/\$\{(?:fieldWords\.)?(\w+)\}/g, (all, name) => String(words.get(name) ?? all))
    .replaceAll(/\b(?:ports\.)?strings\.(\w+)/g, (all, name) =>
      form.has(name) ? `say\`${form.get(name)}\`` : all,
    );

/** What the form of the email says, by the names that it has there. */
const form = new Map(
  [
    ...(await readFile('src/extension/mail-form/strings.ts', 'utf8')).matchAll(
      /(\w+): l10n\.t\((['"])(.*)\2\)/g,
    ),
  ].map(([, name = '', , text = '']) => [name, text]),
);

const words = new Map<string, unknown>(Object.entries({ ...fieldWords, repeat, Repeat }));

const isOther = (code: string): boolean => /^TA-[A-Z-]+[A-Z]$/.test(code) && !Object.hasOwn(ownAdvice, code);

const sentence = /^[A-Z…].*[a-z].*(?:\.|: …)$/;

type Node = Parameters<typeof patternOf>[0] | null;

/** In the last resort what its files say. */
function saidWith(strings: readonly Node[]): string[] {
  const near = strings.flatMap(sentencesAround);
  return near.length > 0 ? near : strings.flatMap((string) => sentencesIn(string?.tree.rootNode ?? null));
}

/**
 * What stands beside a code; or what a refusal says with it, of which one function has several; or what the function says that it
 * stands in; or those that call it, where it takes its words from them.
 */
function sentencesAround(string: Node): string[] {
  const maker = functionAround(string);
  const name = maker?.childForFieldName('name')?.text;
  const calls = maker?.tree.rootNode.descendantsOfType('call_expression') ?? [];
  const callers = calls.filter((call) => name && call?.childForFieldName('function')?.text === name);
  const places = [
    () => literalsIn(string?.parent?.type === 'pair' ? string.parent.parent : (string?.parent ?? null)),
    () => sentencesIn(refusalAround(string)),
    () => sentencesIn(maker),
    () => callers.flatMap((call) => sentencesIn(functionAround(call))),
  ];
  for (const place of places) {
    const found = place();
    if (found.length > 0) return found;
  }
  return [];
}

/** The page's side of the contract has its sentences as they are. */
const literalsIn = (around: Node): string[] =>
  (around?.descendantsOfType('string') ?? [])
    .map((each) => each?.text.slice(1, -1) ?? '')
    .filter((text) => sentence.test(text));

function refusalAround(node: Node): Node {
  const made = node?.parent?.parent?.parent?.parent ?? null;
  return made?.childForFieldName('constructor')?.text === 'Refusal' ? made : null;
}

function functionAround(node: Node): Node {
  let around = node?.parent ?? null;
  while (around && !/function|method/.test(around.type)) around = around.parent;
  return around;
}

/** Whole sentences, no names of deeds. */
function sentencesIn(maker: Node): string[] {
  const templates = maker?.descendantsOfType('template_string') ?? [];
  const said = templates.filter((each) => each?.parent?.childForFieldName('function')?.text === 'say');
  const patterns = said.map((each) => (each ? patternOf(each).replaceAll(/\{\d+\}/g, '…') : ''));
  return patterns.filter((pattern) => sentence.test(pattern));
}
