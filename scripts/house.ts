import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type treeSitter from '@vscode/tree-sitter-wasm';
import { parserOf } from './grammar.ts';
import { walks, walkText } from './walks.ts';

// Prints how big the house is, beside codebases that were measured the same way: a figure to compare, not a gate.
// Source is every .ts below src and webview but .d.ts; a function is anything with a body of its own, except an inline arrow of three
// lines or less; lines are counted as `wc -l` does.

const root = fileURLToPath(new URL('../', import.meta.url));
const smallFile = 25;
const inlineArrow = 3;

type Node = treeSitter.Node;

interface House {
  /** Lines of each file, functions' lengths in lines, and the names each file exports. */
  readonly files: readonly {
    readonly path: string;
    readonly lines: number;
    readonly functions: readonly number[];
    readonly exports: readonly string[];
  }[];
}

/** Measured on 2026-11-23: files, lines, median and p90 lines of a file, longest file; median, p90 and longest function. */
const anchors: readonly (readonly [name: string, ...figures: number[]])[] = [
  ['vscode-azuretools', 127, 9975, 47, 152, 525, 7, 28, 118],
  ['vscode-hexeditor', 55, 8375, 91, 447, 787, 8, 30, 335],
  ['vscode-js-debug', 324, 54325, 95, 359, 2107, 8, 34, 293],
  ['changesets', 108, 9177, 47, 228, 421, 12, 52, 312],
  ['hono', 187, 25693, 70, 319, 2778, 11, 47, 201],
  ['op-vscode', 23, 2179, 67, 226, 372, 8, 41, 88],
];

const bodies = new Set([
  'function_declaration',
  'generator_function_declaration',
  'function_expression',
  'generator_function',
  'method_definition',
  'arrow_function',
]);

async function measure(patterns: readonly string[]): Promise<House> {
  const parser = await parserOf('typescript');
  const paths: string[] = [];
  // The real VS Code has its packages below test/.
  const notOurs = (path: string): boolean => path.endsWith('.d.ts') || path.includes('node_modules');
  for await (const path of glob(patterns, { cwd: root })) if (!notOurs(path)) paths.push(path);
  const files = paths.sort().map((path) => {
    const source = readFileSync(join(root, path), 'utf8');
    const tree = parser.parse(source)?.rootNode;
    return {
      path,
      lines: source.split('\n').length - 1,
      functions: tree ? functionsIn(tree) : [],
      exports: tree ? exportsIn(tree) : [],
    };
  });
  return { files };
}

function functionsIn(tree: Node): number[] {
  return tree.descendantsOfType([...bodies]).flatMap((node) => {
    if (!node?.childForFieldName('body')) return [];
    const length = node.endPosition.row - node.startPosition.row + 1;
    return node.type === 'arrow_function' && length <= inlineArrow ? [] : [length];
  });
}

function exportsIn(tree: Node): string[] {
  return tree.namedChildren.flatMap((node) => {
    // What is only passed on has its home elsewhere.
    if (node?.type !== 'export_statement' || node.childForFieldName('source')) return [];
    const declared = node.childForFieldName('declaration');
    const name = declared?.childForFieldName('name');
    if (name) return [name.text];
    const clause = node.namedChildren.find((child) => child?.type === 'export_clause');
    const parts = (declared ?? clause)?.namedChildren ?? [];
    return parts.flatMap((part) => {
      const given = part?.childForFieldName('alias') ?? part?.childForFieldName('name');
      return given ? [given.text] : [];
    });
  });
}

/** The value below which the share `part` of all lies. */
function share(values: readonly number[], part: number): number {
  return values.toSorted((one, other) => one - other)[Math.ceil(values.length * part) - 1] ?? 0;
}

function figures({ files }: House): number[] {
  const lines = files.map((file) => file.lines);
  const functions = files.flatMap((file) => file.functions);
  const ofFiles = [files.length, sum(lines), share(lines, 0.5), share(lines, 0.9), Math.max(0, ...lines)];
  return [...ofFiles, share(functions, 0.5), share(functions, 0.9), Math.max(0, ...functions)];
}

const sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0);

/** Names that more than one file exports: for these a reader has to look at the import line. */
function namesUsedTwice({ files }: House): string[] {
  const homes = new Map<string, Set<string>>();
  for (const { path, exports } of files)
    for (const name of exports) homes.set(name, (homes.get(name) ?? new Set()).add(path));
  return [...homes].filter(([, paths]) => paths.size > 1).map(([name, paths]) => `${name} x${paths.size}`);
}

const line = (name: string, values: readonly number[]): string =>
  name.padEnd(20) + values.map((value) => String(value).padStart(8)).join('');

const house = await measure(['src/**/*.ts', 'webview/**/*.ts']);
const rooms = ['src/core', 'src/practice', 'src/extension', 'src/cli', 'src/contract', 'webview'];
const inRoom = (room: string): House => ({
  files: house.files.filter(({ path }) => path.startsWith(`${room}/`)),
});
const tests = await measure(['test/**/*.ts']);
const twice = namesUsedTwice(house);
const exported = house.files.flatMap(({ exports }) => exports);
process.stdout.write(
  `${[
    `${'codebase'.padEnd(20)}   files   lines  median     p90     max  fn med  fn p90  fn max`,
    ...anchors.map(([name, ...values]) => line(name, values)),
    line('ours', figures(house)),
    ...rooms.map((room) => line(`  ${room}`, figures(inRoom(room)))),
    line('our tests', figures(tests)),
    '',
    `Functions: ${house.files.flatMap(({ functions }) => functions).length}.`,
    `Files below ${smallFile} lines: ${house.files.filter(({ lines }) => lines < smallFile).length}.`,
    `Exported names: ${exported.length}, ${(exported.length / house.files.length).toFixed(1)} a file.`,
    `Exported by more than one file: ${twice.length === 0 ? 'none' : twice.join(', ')}.`,
    ...walks.flatMap((walk) => ['', walkText(walk)]),
  ].join('\n')}\n`,
);
