/** From a character up to, but not including, another. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

interface Token extends Place {
  readonly text: string;
}

const tokenPattern = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Where things lie in a JSON text that is known to be well formed. */
export interface JsonPlaces {
  /** A field's name or, for a list's item, its value. Where the path leads nowhere: the nearest thing above it. */
  nameOf(path: readonly PropertyKey[]): Place;
  /** A value, but of an object or a list only its name: a whole block underlined helps nobody. */
  valueOf(path: readonly PropertyKey[]): Place;
}

export function jsonPlaces(text: string): JsonPlaces {
  const names = new Map<string, Place>();
  const values = new Map<string, Place>();
  const tokens = [...text.matchAll(tokenPattern)].map(
    ({ 0: found, index }): Token => ({ text: found, start: index, end: index + found.length }),
  );
  const root = tokens[0] ?? { start: 0, end: text.length };
  readValue(tokens.reverse(), [], names, values);
  const nameOf = (path: readonly PropertyKey[]): Place => {
    if (path.length === 0) return { start: root.start, end: root.end };
    return names.get(keyOf(path)) ?? values.get(keyOf(path)) ?? nameOf(path.slice(0, -1));
  };
  return { nameOf, valueOf: (path) => values.get(keyOf(path)) ?? nameOf(path) };
}

/** Takes one value off the tokens, whose next is the last. */
function readValue(
  tokens: Token[],
  path: PropertyKey[],
  names: Map<string, Place>,
  values: Map<string, Place>,
): void {
  const token = tokens.pop();
  if (!token) return;
  const { text, start, end } = token;
  if (text !== '{' && text !== '[') {
    values.set(keyOf(path), { start, end });
    return;
  }
  for (let index = 0; !'}]'.includes(tokens.at(-1)?.text ?? ']'); index += 1) {
    const inner = [...path, text === '{' ? readName(tokens, path, names) : index];
    readValue(tokens, inner, names, values);
    if (tokens.at(-1)?.text === ',') tokens.pop();
  }
  tokens.pop();
}

function readName(tokens: Token[], path: PropertyKey[], names: Map<string, Place>): string {
  const name = tokens.pop();
  tokens.pop();
  if (!name) return '';
  const value = String(JSON.parse(name.text));
  names.set(keyOf([...path, value]), { start: name.start, end: name.end });
  return value;
}

function keyOf(path: readonly PropertyKey[]): string {
  return JSON.stringify(path.map(String));
}
