import * as z from 'zod/mini';
import { errors } from '../words/errors.ts';
import { say, type Value, Words } from '../words/say.ts';
import { nearestName } from './nearest-name.ts';
import { readText } from './read-text.ts';
import { isShown, parseStrictJson, writePath } from './strict-json.ts';

/**
 * A file of JSON in the given shape. Anything else is a Failure with exit code 3: one sentence with the file, the place
 * inside it and what was expected there. It never quotes a value.
 */
export async function readJson<T>(path: string, schema: z.ZodMiniType<T>, mostMB?: number): Promise<T> {
  return parseShape(parseStrictJson(await readText(path, undefined, mostMB), path), schema, path);
}

/** The value in the given shape; throws a Failure like `readJson`. `place`: how the author of the file calls a place in it. */
export function parseShape<T>(
  value: unknown,
  schema: z.ZodMiniType<T>,
  file: Value,
  place: (path: readonly PropertyKey[]) => string = writePath,
): T {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  // A misspelt field is also a missing one: the first name helps more.
  const { issues } = parsed.error;
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  throw issue === undefined
    ? errors.badInput({ file, path: '', expected: say`other content` })
    : refuse(issue);

  function refuse(found: z.core.$ZodIssue) {
    if (found.code !== 'unrecognized_keys') return wrongValue(found);
    return unknownField(file, found.path, found.keys[0] ?? '', fieldsAt(schema, found.path));
  }

  function wrongValue(issue: z.core.$ZodIssue) {
    const found = kindOf(valueAt(value, issue.path));
    return errors.badInput({ file, path: place(issue.path), expected: expectedBy(issue), found });
  }
}

/**
 * What the schema expected, to complete "expected". Zod keeps texts only, so a schema gives it the pattern of its words; the one
 * value in it is the limit that was passed.
 */
export function expectedBy(issue: z.core.$ZodIssue): Words {
  const limit = issue.code === 'too_big' ? issue.maximum : issue.code === 'too_small' ? issue.minimum : '';
  return new Words(issue.message, [Number(limit)]);
}

function unknownField(file: Value, path: PropertyKey[], name: string, known: string[]) {
  const nearest = nearestName(name, known);
  const expected = nearest === undefined ? say`one of the fields ${known}` : say`the field "${nearest}"`;
  const shown = nearest !== undefined || isShown(name) ? [...path, name] : path;
  return errors.badInput({ file, path: writePath(shown), expected, found: say`an unknown field` });
}

/** Names of the fields that an object of the schema may have at a path. */
function fieldsAt(schema: z.core.SomeType, path: readonly PropertyKey[]): string[] {
  const around = [z.ZodMiniOptional, z.ZodMiniDefault, z.ZodMiniPrefault];
  for (const wrapper of around) if (schema instanceof wrapper) return fieldsAt(schema.def.innerType, path);
  if (schema instanceof z.ZodMiniPipe) return fieldsAt(schema.def.in, path);
  const [part, ...rest] = path;
  if (schema instanceof z.ZodMiniArray && part !== undefined) return fieldsAt(schema.def.element, rest);
  if (!(schema instanceof z.ZodMiniObject)) return [];
  if (part === undefined) return Object.keys(schema.def.shape);
  const field = schema.def.shape[String(part)];
  return field === undefined ? [] : fieldsAt(field, rest);
}

function valueAt(whole: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) => (value instanceof Object ? Reflect.get(value, part) : undefined),
    whole,
  );
}

function kindOf(value: unknown): Words {
  if (value === undefined) return say`nothing`;
  if (value === null) return say`null`;
  if (Array.isArray(value)) return say`a list`;
  if (value === '') return say`an empty text`;
  return (
    { string: say`other text`, number: say`a number`, boolean: say`true or false` }[String(typeof value)] ??
    say`an object`
  );
}
