import type { Json } from '../json.ts';
import { mailFaults } from './mail-faults.ts';

export interface MessageFilter {
  /** Properties the filter looks at, in its order. */
  readonly properties: readonly string[];
  matches(message: Json): boolean;
}

interface Clause {
  readonly property: string;
  readonly test: string;
  readonly wanted: string;
}

const kinds: Record<string, 'text' | 'time' | 'flag'> = {
  internetMessageId: 'text',
  subject: 'text',
  conversationId: 'text',
  importance: 'text',
  'from/emailAddress/address': 'text',
  receivedDateTime: 'time',
  sentDateTime: 'time',
  createdDateTime: 'time',
  hasAttachments: 'flag',
  isRead: 'flag',
  isDraft: 'flag',
};

const quoted = `'(?:[^']|'')*'`;
const clausePattern = new RegExp(
  `(?:(startswith|contains)\\(\\s*([\\w/]+)\\s*,\\s*(${quoted})\\s*\\)|([\\w/]+)\\s+(eq|ne|ge|gt|le|lt)\\s+(${quoted}|[^\\s()']+))(?:\\s+and\\s+|$)`,
  'y',
);

/** What Exchange understands of `$filter` here: comparisons, startswith and contains, joined by `and`. */
export function parseFilter(text: string): MessageFilter {
  const clauses = parseClauses(text.trim());
  return {
    properties: clauses.map((clause) => clause.property),
    matches: (message) => clauses.every((clause) => holds(clause, message)),
  };
}

function parseClauses(text: string): Clause[] {
  const pattern = new RegExp(clausePattern);
  const clauses: Clause[] = [];
  while (pattern.lastIndex < text.length) {
    const found = pattern.exec(text);
    if (!found) throw mailFaults.badFilter();
    const property = found[2] ?? found[4] ?? '';
    const literal = found[3] ?? found[6] ?? '';
    clauses.push({ property, test: found[1] ?? found[5] ?? '', wanted: comparisonValue(property, literal) });
  }
  if (clauses.length === 0) throw mailFaults.badFilter();
  return clauses;
}

/** The literal in the form the property has; text is compared without case, as Exchange does. */
function comparisonValue(property: string, literal: string): string {
  const kind = kinds[property];
  const isText = literal.startsWith("'");
  if (kind === 'text' && isText) return literal.slice(1, -1).replaceAll("''", "'").toLowerCase();
  if (kind === 'flag' && /^(true|false)$/.test(literal)) return literal;
  if (kind === 'time' && !isText && !Number.isNaN(Date.parse(literal))) {
    return new Date(literal).toISOString();
  }
  throw mailFaults.badFilter();
}

function holds({ property, test, wanted }: Clause, message: Json): boolean {
  const actual = comparable(property, message);
  switch (test) {
    case 'startswith':
      return actual.startsWith(wanted);
    case 'contains':
      return actual.includes(wanted);
    case 'eq':
      return actual === wanted;
    case 'ne':
      return actual !== wanted;
    case 'ge':
      return actual >= wanted;
    case 'gt':
      return actual > wanted;
    case 'le':
      return actual <= wanted;
    default:
      return actual < wanted;
  }
}

function comparable(property: string, message: Json): string {
  const value = property
    .split('/')
    .reduce<unknown>(
      (at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined),
      message,
    );
  const text = String(value).toLowerCase();
  return kinds[property] === 'time' ? new Date(text).toISOString() : text;
}
