import * as z from 'zod/mini';
import { errors } from '../advice/errors.ts';
import { nearestName } from './nearest-name.ts';
import { readText } from './read-text.ts';
import { parseStrictJson, writePath } from './strict-json.ts';

/**
 * A file of JSON in the given shape. Anything else is a Failure with exit code 3: one sentence with the file, the place
 * inside it and what was expected there. It never quotes a value.
 */
export async function readJson<T>(path: string, schema: z.ZodMiniType<T>): Promise<T> {
  return parseShape(parseStrictJson(await readText(path), path), schema, path);
}

/** The value in the given shape; throws a Failure like `readJson`. `place`: how whoever wrote the file calls a place in it. */
export function parseShape<T>(
  value: unknown,
  schema: z.ZodMiniType<T>,
  file: string,
  place: (path: readonly PropertyKey[]) => string = writePath,
): T {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  // A misspelt field is also a missing one: the first name helps more.
  const { issues } = parsed.error;
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  throw issue === undefined
    ? errors.badInput({ file, path: '', expected: 'another content' })
    : refuse(issue);

  function refuse(found: z.core.$ZodIssue) {
    if (found.code !== 'unrecognized_keys') return wrongValue(found);
    return unknownField(file, found.path, found.keys[0] ?? '', fieldsAt(schema, found.path));
  }

  function wrongValue({ path, message }: z.core.$ZodIssue) {
    const found = kindOf(valueAt(value, path));
    return errors.badInput({ file, path: place(path), expected: message, found });
  }
}

function unknownField(file: string, path: PropertyKey[], name: string, known: string[]) {
  const nearest = nearestName(name, known);
  const expected = nearest === undefined ? `one of the fields ${known.join(', ')}` : `the field "${nearest}"`;
  // A name that is no word may be a secret that was pasted into the wrong place.
  const shown = nearest !== undefined || /^[$A-Za-z][A-Za-z]{0,39}$/.test(name) ? [...path, name] : path;
  return errors.badInput({ file, path: writePath(shown), expected, found: 'an unknown field' });
}

const Node = z.object({
  properties: z.optional(z.record(z.string(), z.unknown())),
  items: z.optional(z.unknown()),
});

/** Names of the fields that an object of the schema may have at a path. */
function fieldsAt(schema: z.ZodMiniType, path: readonly PropertyKey[]): string[] {
  let node: unknown = z.toJSONSchema(schema, { io: 'input', reused: 'inline' });
  for (const part of path) {
    const { properties, items } = Node.parse(node);
    node = typeof part === 'number' ? items : properties?.[String(part)];
  }
  return Object.keys(Node.parse(node).properties ?? {});
}

function valueAt(whole: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) => (value instanceof Object ? Reflect.get(value, part) : undefined),
    whole,
  );
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (value === '') return 'an empty text';
  return (
    { string: 'other text', number: 'a number', boolean: 'true or false' }[String(typeof value)] ??
    'an object'
  );
}
