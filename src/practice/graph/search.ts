import type { Json } from '../state.ts';
import { faults } from './answer.ts';
import type { Predicate } from './filter.ts';
import { type Noun, propertyOf } from './noun.ts';

const mostNested = 50;
const tokenPattern = /\s*("[^"]*"|\(|\)|AND\b|OR\b|NOT\b)/y;

/**
 * `$search` of the directory: clauses `"displayName:time"` joined by AND, OR and NOT in capitals, with parentheses.
 * Every word of a clause's value begins a word of the property. learn.microsoft.com/graph/search-query-parameter
 */
export function parseSearch(text: string, noun: Noun): Predicate {
  const tokens = tokensOf(text);
  const nested = tokens.filter((token) => token === '(' || token === 'NOT');
  if (nested.length > mostNested) throw badSearch();
  const predicate = readOr(tokens, noun);
  if (tokens.length > 0) throw badSearch();
  return predicate;
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  const pattern = new RegExp(tokenPattern);
  const length = text.trimEnd().length;
  while (pattern.lastIndex < length) {
    const [, token] = pattern.exec(text) ?? [];
    if (token === undefined) throw badSearch();
    tokens.push(token);
  }
  return tokens;
}

function readOr(tokens: string[], noun: Noun): Predicate {
  const parts = [readAnd(tokens, noun)];
  while (takeIf(tokens, 'OR')) parts.push(readAnd(tokens, noun));
  return (item) => parts.some((part) => part(item));
}

function readAnd(tokens: string[], noun: Noun): Predicate {
  const parts = [readTerm(tokens, noun)];
  while (takeIf(tokens, 'AND')) parts.push(readTerm(tokens, noun));
  return (item) => parts.every((part) => part(item));
}

function readTerm(tokens: string[], noun: Noun): Predicate {
  if (takeIf(tokens, 'NOT')) {
    const inner = readTerm(tokens, noun);
    return (item) => !inner(item);
  }
  if (takeIf(tokens, '(')) {
    const inner = readOr(tokens, noun);
    if (!takeIf(tokens, ')')) throw badSearch();
    return inner;
  }
  return readClause(tokens.shift() ?? '', noun);
}

function readClause(clause: string, noun: Noun): Predicate {
  const [, asked, value] = /^"\s*([A-Za-z]+):(.+)"$/s.exec(clause) ?? [];
  if (asked === undefined || value === undefined) throw badSearch();
  const name = propertyOf(noun.searchable, asked);
  if (name === undefined) {
    throw faults.unsupportedQuery(
      `Property '${asked}' of resource '${noun.resource}' does not support the search operation.`,
    );
  }
  const wanted = words(value);
  return (item: Json) => {
    const held = words(String(item[name] ?? ''));
    return wanted.every((word) => held.some((candidate) => candidate.startsWith(word)));
  };
}

function takeIf(tokens: string[], token: string): boolean {
  if (tokens[0] !== token) return false;
  tokens.shift();
  return true;
}

function words(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

function badSearch() {
  return faults.badRequest(
    'Search clause must be of form "property:value" and enclosed in double quotes, e.g. $search="displayName:time"; clauses are joined by AND and OR in capitals.',
  );
}
