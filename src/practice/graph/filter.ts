import type { Json } from '../state.ts';
import { faults } from './answer.ts';
import { notPlayed, refuseNotPlayed, refusePropertyNotPlayed } from './not-played.ts';
import { type Noun, propertyOf } from './noun.ts';

export type Predicate = (item: Json) => boolean;

interface Token {
  readonly text: string;
  readonly at: number;
}

interface Reader {
  readonly source: string;
  readonly tokens: Token[];
  readonly noun: Noun;
  /** `ne` works only with `ConsistencyLevel: eventual` and `$count=true`. */
  readonly advanced: boolean;
  /** Of parentheses that are open. */
  depth: number;
}

const deepest = 50;

const tokenPattern = /\s*('(?:[^']|'')*'|[A-Za-z0-9_.$:-]+|[(),/])/y;
const propertyName = /^[A-Za-z][A-Za-z0-9]*$/;

/**
 * `$filter` as the directory understands it: eq, ne, in, startswith, any, and, or, parentheses. Text is compared
 * without regard to case. Throws the directory's 400 for anything else.
 */
export function parseFilter(source: string, noun: Noun, advanced: boolean): Predicate {
  const reader: Reader = { source, tokens: tokenize(source), noun, advanced, depth: 0 };
  const predicate = readOr(reader);
  if (reader.tokens.length > 0) throw syntaxError(reader);
  return predicate;
}

function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(tokenPattern);
  const length = source.trimEnd().length;
  while (pattern.lastIndex < length) {
    const at = pattern.lastIndex;
    const [, text] = pattern.exec(source) ?? [];
    if (text === undefined) throw syntaxErrorAt(source, at);
    tokens.push({ text, at });
  }
  return tokens;
}

function readOr(reader: Reader): Predicate {
  const parts = [readAnd(reader)];
  while (takeIf(reader, 'or')) parts.push(readAnd(reader));
  return (item) => parts.some((part) => part(item));
}

function readAnd(reader: Reader): Predicate {
  const parts = [readTerm(reader)];
  while (takeIf(reader, 'and')) parts.push(readTerm(reader));
  return (item) => parts.every((part) => part(item));
}

function readTerm(reader: Reader): Predicate {
  if (takeIf(reader, '(')) {
    reader.depth += 1;
    if (reader.depth > deepest) throw syntaxError(reader);
    const inner = readOr(reader);
    expect(reader, ')');
    reader.depth -= 1;
    return inner;
  }
  const name = take(reader);
  // Microsoft writes `startsWith` as well: learn.microsoft.com/graph/filter-query-parameter, read Nov 2026.
  if (name.toLowerCase() === 'startswith') return readStartsWith(reader);
  if (notPlayedHere.has(name.toLowerCase())) throw notPlayed(`'${name}' in a filter`);
  if (nextIs(reader, '(')) throw unsupportedFunction(name);
  if (takeIf(reader, '/')) return readAny(reader, filterable(reader, name));
  return readComparison(reader, filterable(reader, name));
}

/** The directory has the first two as advanced queries, the next two for names and instants, and the last to count a collection. */
const notPlayedHere: ReadonlySet<string> = new Set(['endswith', 'not', 'ge', 'le', 'has', '$count']);

/** learn.microsoft.com/answers/questions/574615, Oct 2021: the directory has no `contains`. What it says of other functions is not known. */
function unsupportedFunction(name: string) {
  return name.toLowerCase() === 'contains'
    ? faults.unsupportedQuery("Unsupported property filter clause operator 'Contains'.")
    : notPlayed(`'${name}' in a filter`);
}

function readStartsWith(reader: Reader): Predicate {
  expect(reader, '(');
  const asked = take(reader);
  if (nextIs(reader, '(')) throw unsupportedFunction(asked);
  const name = filterable(reader, asked);
  expect(reader, ',');
  const prefix = readLiteral(reader);
  expect(reader, ')');
  return (item) => folded(item[name]).startsWith(folded(prefix));
}

/** `tags/any(t:t eq 'x')`; the tokenizer keeps `t:t` together. */
function readAny(reader: Reader, name: string): Predicate {
  const lambda = take(reader);
  if (lambda === 'all' || lambda.startsWith('$')) throw notPlayed(`'${lambda}' in a filter`);
  if (lambda !== 'any') throw syntaxError(reader);
  expect(reader, '(');
  if (takeIf(reader, ')')) throw notPlayed("'any()' in a filter");
  const [variable, repeated] = take(reader).split(':');
  const inner = repeated === '' ? take(reader) : repeated;
  if (inner !== variable && (nextIs(reader, '(') || nextIs(reader, '/')))
    throw notPlayed(`'${inner}' of an entry in a filter`);
  if (inner === undefined || inner !== variable) throw syntaxError(reader);
  expect(reader, 'eq');
  const wanted = readLiteral(reader);
  expect(reader, ')');
  return (item) => listOf(item[name]).some((entry) => folded(entry) === folded(wanted));
}

function readComparison(reader: Reader, name: string): Predicate {
  const operator = take(reader);
  if (operator === 'in') return readIn(reader, name);
  if (operator === 'ne' && !reader.advanced) {
    throw faults.unsupportedQuery("Filter operator 'NotEqualsMatch' is not supported.");
  }
  if (notPlayedHere.has(operator)) throw notPlayed(`'${operator}' in a filter`);
  if (operator !== 'eq' && operator !== 'ne') throw unsupported(reader, name);
  refuseOtherType(reader, name);
  const wanted = readLiteral(reader);
  return (item) => (folded(item[name]) === folded(wanted)) === (operator === 'eq');
}

function readIn(reader: Reader, name: string): Predicate {
  expect(reader, '(');
  const wanted = [readLiteral(reader)];
  while (takeIf(reader, ',')) wanted.push(readLiteral(reader));
  expect(reader, ')');
  return (item) => wanted.some((literal) => folded(literal) === folded(item[name]));
}

/** github.com/microsoftgraph/msgraph-sdk-dotnet/issues/2306, Jan 2024 */
function refuseOtherType({ noun, tokens }: Reader, name: string): void {
  const wanted = noun.types?.[name] ?? 'Edm.String';
  const given = literalTypes.find(([, pattern]) => pattern.test(tokens[0]?.text ?? ''))?.[0] ?? wanted;
  if (given === wanted) return;
  throw faults.malformed(
    `Invalid filter clause: A binary operator with incompatible types was detected. Found operand types '${wanted}' and '${given}' for operator kind 'Equal'.`,
  );
}

const literalTypes = [
  ['Edm.String', /^'/],
  ['Edm.Boolean', /^(true|false)$/],
  ['Edm.Guid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i],
  ['Edm.Int32', /^-?\d+$/],
] as const;

function readLiteral(reader: Reader): unknown {
  const token = take(reader);
  if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
  if (token === 'null') return null;
  // Without quotes stand numbers, truth values, GUIDs and instants. Any other word is the name of a property.
  if (/^(true|false|-?\d[\d.]*|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\d.*)$/i.test(token))
    return token;
  if (propertyName.test(token)) throw noProperty(reader, token);
  throw syntaxError(reader);
}

function filterable(reader: Reader, asked: string): string {
  const { noun } = reader;
  if (!propertyName.test(asked)) throw syntaxError(reader);
  const name = propertyOf(noun.properties, asked);
  if (name === undefined) throw noProperty(reader, asked);
  if (!noun.filterable.includes(name)) throw notPlayed(`a filter by '${name}'`);
  return name;
}

function noProperty({ noun }: Reader, name: string) {
  refusePropertyNotPlayed(name);
  refuseNotPlayed(name);
  // What an object is linked with is no property that is looked at here.
  if (propertyOf(Object.keys(noun.expands ?? {}), name)) throw notPlayed(`a filter by '${name}'`);
  return faults.malformed(
    `Invalid filter clause: Could not find a property named '${name}' on type '${noun.type}'.`,
  );
}

function unsupported(reader: Reader, name: string) {
  return faults.unsupportedQuery(
    `Unsupported or invalid query filter clause specified for property '${name}' of resource '${reader.noun.resource}'.`,
  );
}

/** Text that compares equal for equal values; `null` differs from the text 'null'. */
function folded(value: unknown): string {
  return value === null || value === undefined ? '\u0000' : String(value).toLowerCase();
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function take(reader: Reader): string {
  const token = reader.tokens.shift();
  if (token === undefined) throw syntaxError(reader);
  return token.text;
}

function takeIf(reader: Reader, text: string): boolean {
  if (!nextIs(reader, text)) return false;
  reader.tokens.shift();
  return true;
}

function nextIs(reader: Reader, text: string): boolean {
  return reader.tokens[0]?.text === text;
}

function expect(reader: Reader, text: string): void {
  if (!takeIf(reader, text)) throw syntaxError(reader);
}

function syntaxError(reader: Reader) {
  return syntaxErrorAt(reader.source, reader.tokens[0]?.at ?? reader.source.length);
}

function syntaxErrorAt(source: string, at: number) {
  return faults.malformed(`Invalid filter clause: Syntax error at position ${at} in '${source}'.`);
}
