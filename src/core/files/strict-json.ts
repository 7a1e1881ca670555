import { errors } from '../advice/errors.ts';
import { say, type Words } from '../words/say.ts';

interface Cursor {
  readonly file: string;
  readonly text: string;
  at: number;
  readonly path: (string | number)[];
}

const maximumDepth = 32;
/** Names that change an object's nature when a program copies them carelessly. */
const forbiddenNames = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Strict JSON of RFC 8259: what `JSON.parse` lets pass silently is refused too, that is a name given twice,
 * `__proto__`, a number that loses digits, endless nesting. Messages name the place and never quote a value, for it may
 * be a secret. Throws a Failure with exit code 3.
 */
export function parseStrictJson(text: string, file: string): unknown {
  const cursor: Cursor = { file, text, at: 0, path: [] };
  const value = readValue(cursor);
  if (skipBlanks(cursor) !== '') throw misread(cursor, say`nothing after the end of the JSON text`);
  return value;
}

function readValue(cursor: Cursor): unknown {
  if (cursor.path.length > maximumDepth)
    throw misread(cursor, say`at most ${maximumDepth} levels of nesting`);
  switch (skipBlanks(cursor)) {
    case '{':
      return readObject(cursor);
    case '[':
      return readArray(cursor);
    case '"':
      return readString(cursor);
    default:
      return readWord(cursor);
  }
}

function readObject(cursor: Cursor): unknown {
  const entries = new Map<string, unknown>();
  cursor.at += 1;
  if (skipBlanks(cursor) === '}') return closed(cursor, {});
  do {
    if (skipBlanks(cursor) !== '"') throw misread(cursor, say`a field name in double quotes`);
    const name = readString(cursor);
    cursor.path.push(name);
    if (forbiddenNames.has(name)) throw misread(cursor, say`no field of this name`);
    if (entries.has(name)) throw misread(cursor, say`each field once`);
    if (skipBlanks(cursor) !== ':') throw misread(cursor, say`a colon after the field name`);
    cursor.at += 1;
    entries.set(name, readValue(cursor));
    cursor.path.pop();
  } while (skipComma(cursor, '}'));
  return closed(cursor, Object.fromEntries(entries));
}

function readArray(cursor: Cursor): unknown {
  const items: unknown[] = [];
  cursor.at += 1;
  if (skipBlanks(cursor) === ']') return closed(cursor, items);
  do {
    cursor.path.push(items.length);
    items.push(readValue(cursor));
    cursor.path.pop();
  } while (skipComma(cursor, ']'));
  return closed(cursor, items);
}

function closed<T>(cursor: Cursor, value: T): T {
  cursor.at += 1;
  return value;
}

function skipComma(cursor: Cursor, end: string): boolean {
  const next = skipBlanks(cursor);
  if (next === end) return false;
  if (next !== ',') throw misread(cursor, say`a comma or ${end}`);
  cursor.at += 1;
  if (skipBlanks(cursor) === end) throw misread(cursor, say`no comma before ${end}`);
  return true;
}

function readString(cursor: Cursor): string {
  const { text, at } = cursor;
  let end = at + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  try {
    const value: unknown = JSON.parse(text.slice(at, end + 1));
    cursor.at = end + 1;
    return String(value);
  } catch {
    throw misread(cursor, say`text in double quotes that ends on its line, with JSON escapes only`);
  }
}

function readWord(cursor: Cursor): unknown {
  const word = /[^\s,:[\]{}"]*/y;
  word.lastIndex = cursor.at;
  const token = word.exec(cursor.text)?.[0] ?? '';
  if (!/^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/.test(token)) {
    throw misread(
      cursor,
      token.startsWith('/') ? say`no comment (JSON does not allow any)` : say`a JSON value`,
    );
  }
  const value: unknown = JSON.parse(token);
  if (typeof value === 'number' && !Number.isFinite(value)) throw misread(cursor, say`a smaller number`);
  if (/^-?\d+$/.test(token) && !Number.isSafeInteger(value))
    throw misread(cursor, say`a number of at most 15 digits`);
  cursor.at += token.length;
  return value;
}

/** The next character that counts, `''` at the end of the text. */
function skipBlanks(cursor: Cursor): string {
  while (' \t\r\n'.includes(cursor.text[cursor.at] ?? '-')) cursor.at += 1;
  return cursor.text[cursor.at] ?? '';
}

const asJson = say`Correct the text at that place and run the same command again. JSON has names and texts in double quotes, a comma between two fields and no comment; an editor such as VS Code marks what is wrong.`;

function misread(cursor: Cursor, expected: Words) {
  const lines = cursor.text.slice(0, cursor.at).split('\n');
  const place = say`line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
  const path = writePath(cursor.path);
  return errors.badInput({
    file: cursor.file,
    path: path === '' ? place : say`${path} (${place})`,
    expected,
    ...(cursor.at >= cursor.text.length ? { found: say`the end of the file` } : {}),
    next: asJson,
  });
}

/** `app.permissions[2]` */
export function writePath(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${shortened(String(part))}`))
    .join('')
    .replace(/^\./, '');
}

function shortened(name: string): string {
  return name.length > 60 ? `${name.slice(0, 60)}...` : name;
}
