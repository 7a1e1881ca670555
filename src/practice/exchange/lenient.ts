import * as z from 'zod/mini';

/*
 * What Graph overlooks in a body. Its SDKs differ in all of it: some write `null` for what was not set, name the type of every
 * object, or spell the parameters of an action as the metadata does, in capitals.
 */

export function maybe<T extends z.ZodMiniType>(schema: T) {
  return z.optional(z.nullable(schema));
}

/** A boolean may be written as text: Microsoft's own examples of sendMail have done so. */
export const flag = z.pipe(
  z.transform((value: unknown) => booleans.get(String(value).toLowerCase()) ?? value),
  z.boolean(),
);
const booleans = new Map([
  ['true', true],
  ['false', false],
]);

/** One of these words, in any case. */
export function oneOf<const V extends readonly [string, ...string[]]>(words: V) {
  const spelled = (value: unknown) =>
    words.find((word) => word.toLowerCase() === String(value).toLowerCase()) ?? value;
  return maybe(z.pipe(z.transform(spelled), z.enum(words)));
}

/** Only there an annotation decides what the object is. */
export const isTypeOfAttachment = (name: string, inner: unknown): boolean =>
  name === '@odata.type' && /attachment$/i.test(String(inner));

/** The object with these of its names spelled as they stand here. */
export function inSpellingOf(value: unknown, names: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const spelled = (asked: string) =>
    names.find((name) => name.toLowerCase() === asked.toLowerCase()) ?? asked;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [spelled(name), inner]));
}
