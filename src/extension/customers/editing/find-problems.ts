import { findNodeAtLocation, type JSONPath, type Node, parseTree } from 'jsonc-parser';
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { CustomerFile } from '../../../core/customer/customer.ts';
import { expectedBy } from '../../../core/files/read-json.ts';
import { isShown, parseStrictJson } from '../../../core/files/strict-json.ts';
import { Failure } from '../../../core/words/failure.ts';
import { type Value, Words } from '../../../core/words/say.ts';
import { coreWords } from '../../core-words.ts';

export interface EditorProblem {
  readonly message: string;
  /** From here up to, but not including, `end`. */
  readonly start: number;
  readonly end: number;
}

/** No one reads more, and a hostile file may have many. */
const most = 100;

/** What is wrong with the text of a customer file, in the words in which the commands would refuse it. */
export function findProblems(text: string): EditorProblem[] {
  try {
    return problemsOf(parseStrictJson(text, ''), text).slice(0, most);
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    return [misread(failure.words, text)];
  }
}

function problemsOf(value: unknown, text: string): EditorProblem[] {
  const parsed = z.safeParse(CustomerFile, value);
  if (parsed.success) return [];
  const root = parseTree(text);
  if (root === undefined) return [];
  return parsed.error.issues.flatMap((issue) => {
    const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
    if (issue.code !== 'unrecognized_keys')
      return { ...placeOf(root, path, 'value'), message: missingOrWrong(value, issue) };
    return issue.keys.map((name) => ({
      ...placeOf(root, [...path, name], 'name'),
      message: isShown(name) ? vscode.l10n.t('Unknown field "{0}".', name) : vscode.l10n.t('Unknown field.'),
    }));
  });
}

type Place = Omit<EditorProblem, 'message'>;

/**
 * A plain value, but of an object or a list only its name: a whole block underlined helps no one. What is not there is marked
 * at the nearest thing above it.
 */
function placeOf(root: Node, path: JSONPath, part: 'name' | 'value'): Place {
  const node = findNodeAtLocation(root, path);
  const name = node?.parent?.type === 'property' ? node.parent.children?.[0] : undefined;
  const plain = node?.children === undefined ? node : undefined;
  const marked = part === 'name' ? (name ?? plain) : (plain ?? name);
  if (marked !== undefined) return { start: marked.offset, end: marked.offset + marked.length };
  if (path.length === 0) return { start: root.offset, end: root.offset + 1 };
  return placeOf(root, path.slice(0, -1), 'name');
}

function missingOrWrong(whole: unknown, issue: z.core.$ZodIssue): string {
  const { path } = issue;
  const expected = coreWords(expectedBy(issue));
  const parent = path
    .slice(0, -1)
    .reduce<unknown>(
      (value, part) => (value instanceof Object ? Reflect.get(value, part) : undefined),
      whole,
    );
  const name = path.at(-1);
  if (typeof name === 'string' && parent instanceof Object && !Object.hasOwn(parent, name))
    return vscode.l10n.t('"{0}" is missing: expected {1}.', name, expected);
  return vscode.l10n.t('Expected {0}.', expected);
}

/** Core's sentence begins with the place: `app.permissions (line 3, column 14): expected a comma, found }.` */
function misread(sentence: Words, text: string): EditorProblem {
  const [place, expected = sentence, found] = sentence.values;
  const [line = 1, column = 1] = lineAndColumn(place ?? '');
  const before = text.split('\n').slice(0, line - 1);
  const start = before.reduce((sum, { length }) => sum + length + 1, 0) + column - 1;
  const said = (value: Value): string => (value instanceof Words ? coreWords(value) : String(value));
  return {
    start: Math.min(start, text.length),
    end: Math.min(start + 1, text.length),
    message:
      found === undefined
        ? vscode.l10n.t('Expected {0}.', said(expected))
        : vscode.l10n.t('Expected {0}, found {1}.', said(expected), said(found)),
  };
}

function lineAndColumn(place: Value): number[] {
  if (!(place instanceof Words)) return [];
  const numbers = place.values.filter((value) => typeof value === 'number');
  return numbers.length > 0 ? numbers : place.values.flatMap(lineAndColumn);
}
