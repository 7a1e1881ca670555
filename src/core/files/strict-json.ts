import { getLocation, type ParseErrorCode, printParseErrorCode, visit } from 'jsonc-parser';
import { errors } from '../words/errors.ts';
import { repeat } from '../words/faces.ts';
import { say, type Words } from '../words/say.ts';

const maximumDepth = 32;
/** Names that change an object's nature when a program copies them carelessly. */
const forbiddenNames = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Strict JSON of RFC 8259: what `JSON.parse` lets pass silently is refused too, that is a name given twice,
 * `__proto__`, a number that loses digits, endless nesting. Messages name the place and never quote a value, for it may
 * be a secret. Throws a Failure with exit code 3.
 */
export function parseStrictJson(text: string, file: string): unknown {
  checkJson(text, (offset, path, expected) => {
    throw misread(text, file, offset, path, expected);
  });
  return JSON.parse(text);
}

type Path = readonly PropertyKey[];
type Refuse = (offset: number, path: Path, expected: Words) => never;

/** Whatever is wrong first ends the visit, so endless nesting is not followed. */
function checkJson(text: string, refuse: Refuse): void {
  /** The names in each object that is open; nothing for a list. */
  const open: (Set<string> | undefined)[] = [];
  function begin(offset: number, path: Path, names?: Set<string>) {
    if (open.push(names) > maximumDepth) refuse(offset, path, say`at most ${maximumDepth} levels of nesting`);
  }
  visit(
    text,
    {
      onObjectBegin: (offset, _length, _line, _column, path) => begin(offset, path(), new Set()),
      onArrayBegin: (offset, _length, _line, _column, path) => begin(offset, path()),
      onObjectEnd: () => void open.pop(),
      onArrayEnd: () => void open.pop(),
      onObjectProperty(name, offset, _length, _line, _column, path) {
        const names = open.at(-1);
        if (forbiddenNames.has(name)) refuse(offset, [...path(), name], say`no field of this name`);
        if (names?.has(name)) refuse(offset, [...path(), name], say`each field once`);
        names?.add(name);
      },
      onLiteralValue(value, offset, length, _line, _column, path) {
        const better = betterNumber(value, text.slice(offset, offset + length));
        if (better !== undefined) refuse(offset, path(), better);
      },
      onError(code, offset) {
        const { path } = getLocation(text, offset);
        const end = missingEnd(code, open.at(-1) !== undefined);
        if (end !== undefined) refuse(offset, path.slice(0, -1), say`a comma or ${end}`);
        // The name of a field that is still to come is empty here.
        const known = path.filter((part) => part !== '');
        refuse(offset, known, expectedAt(text, offset, code));
      },
    },
    { disallowComments: true },
  );
}

function betterNumber(value: unknown, written: string): Words | undefined {
  if (typeof value !== 'number') return undefined;
  if (!Number.isFinite(value)) return say`a smaller number`;
  const losesDigits = /^-?\d+$/.test(written) && !Number.isSafeInteger(value);
  return losesDigits ? say`a number of at most 15 digits` : undefined;
}

/** What ends the object or list that lacks a comma or its end. The parser tells of an end that is missing after closing it. */
function missingEnd(code: ParseErrorCode, isInObject: boolean): string | undefined {
  switch (printParseErrorCode(code)) {
    case 'CloseBraceExpected':
      return '}';
    case 'CloseBracketExpected':
      return ']';
    case 'CommaExpected':
      return isInObject ? '}' : ']';
    default:
      return undefined;
  }
}

function expectedAt(text: string, offset: number, code: ParseErrorCode): Words {
  switch (printParseErrorCode(code)) {
    case 'InvalidCommentToken':
      return say`no comment (JSON does not allow any)`;
    case 'ColonExpected':
      return say`a colon after the field name`;
    case 'EndOfFileExpected':
      return say`nothing after the end of the JSON text`;
    case 'UnexpectedEndOfString':
    case 'InvalidCharacter':
    case 'InvalidEscapeCharacter':
    case 'InvalidUnicode':
      return say`text in double quotes that ends on its line, with JSON escapes only`;
    default:
      return nameOrValue(text, offset);
  }
}

function nameOrValue(text: string, offset: number): Words {
  const next = text[offset] ?? '';
  if ((next === ']' || next === '}') && text.slice(0, offset).trimEnd().endsWith(','))
    return say`no comma before ${next}`;
  return getLocation(text, offset).isAtPropertyKey ? say`a field name in double quotes` : say`a JSON value`;
}

const asJson = say`Correct the text at that place and ${repeat}. JSON has names and texts in double quotes, a comma between two fields and no comment; an editor such as VS Code marks what is wrong.`;

function misread(text: string, file: string, offset: number, path: Path, expected: Words) {
  const lines = text.slice(0, offset).split('\n');
  const place = say`line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
  const written = writePath(path.filter(isShown));
  return errors.badInput({
    file,
    path: written === '' ? place : say`${written} (${place})`,
    expected,
    ...(offset >= text.length ? { found: say`the end of the file` } : {}),
    next: asJson,
  });
}

/** `app.permissions[2]` */
export function writePath(path: Path): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

/** Whether the name of a field may be shown: one that is no word may be a secret that was pasted into the wrong place. */
export const isShown = (name: PropertyKey): boolean =>
  /^(?:\d+|\$?[a-z]{1,39}|__proto__)$/i.test(String(name));
